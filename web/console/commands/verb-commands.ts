/** The desk's verbs on the open conversation, as commands: those that are allowed now. */

import type { App } from "../app";
import type { IconName } from "../elements/icon";
import { focusComposer } from "../desk/composer";
import type { AskingVerb } from "../desk/verb-dialogs";
import { words, type Key, type Say } from "../locales/words";
import type { Command } from "../state/commands";
import { openConversation, type State } from "../state/state";
import { leave, type Verb } from "../state/verbs";

export interface VerbHooks {
  readonly ask: (verb: AskingVerb) => void;
}

interface VerbEntry {
  readonly verb: Exclude<Verb, "slots">;
  readonly icon: IconName;
  readonly shortcut?: string;
}

const ENTRIES: readonly VerbEntry[] = [
  { verb: "claim", icon: "claim" },
  { verb: "reply", icon: "reply", shortcut: "R" },
  { verb: "note", icon: "note", shortcut: "N" },
  { verb: "transfer", icon: "transfer", shortcut: "T" },
  { verb: "return", icon: "bot", shortcut: "B" },
  { verb: "snooze", icon: "snooze", shortcut: "Z" },
  { verb: "resolve", icon: "resolved", shortcut: "E" },
  { verb: "reopen", icon: "reopen" },
];

const ENGLISH = words("en");

export function verbCommands(app: App, state: State, t: Say, hooks: VerbHooks): Command[] {
  const conversation = openConversation(state);
  const { me } = state;
  if (conversation === null || me === null) return [];
  const takesOver = conversation.state === "with_agent" || conversation.state === "with_bot";
  const allowed = ENTRIES.filter(({ verb }) => leave(verb, conversation, me) === "yes");
  return allowed.map(({ verb, icon, shortcut }) => {
    const key: Key = verb === "claim" && takesOver ? "verb.takeOver" : `verb.${verb}`;
    return {
      id: `verb/${verb}`,
      group: "verbs",
      title: t(key),
      also: ENGLISH(key),
      icon,
      ...(shortcut && { shortcut }),
      run: () => carryOut(app, verb, conversation.id, conversation.state === "with_agent", hooks),
    };
  });
}

function carryOut(app: App, verb: VerbEntry["verb"], id: string, held: boolean, hooks: VerbHooks): void {
  switch (verb) {
    case "claim":
      return void app.verbs.claim(id, held);
    case "reopen":
      return void app.verbs.reopen(id);
    case "reply":
    case "note":
      app.writing.write(id, { tab: verb });
      return focusComposer();
    default:
      return hooks.ask(verb);
  }
}
