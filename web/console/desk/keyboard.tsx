/** The keyboard at the desk. */

import { useEffect, useRef } from "preact/hooks";
import { useApp } from "../elements/use";
import type { App } from "../app";
import { isCommandKey, neighbour, shortcutOf, type Shortcut } from "../state/shortcuts";
import { searching } from "../state/route";
import { openConversation } from "../state/state";
import { leave } from "../state/verbs";
import { claimNext } from "./sidebar";
import { resolveAtOnce, returnAtOnce } from "./at-once";
import { focusComposer } from "./composer";
import type { AskingVerb } from "./verb-dialogs";

export interface KeyboardHooks {
  readonly ask: (verb: AskingVerb) => void;
  readonly sheet: () => void;
  readonly command: () => void;
}

export function useKeyboard(hooks: KeyboardHooks): void {
  const app = useApp();
  const latest = useRef(hooks);
  latest.current = hooks;
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || document.querySelector("dialog[open]")) return;
      if (isCommandKey(event)) {
        event.preventDefault();
        return latest.current.command();
      }
      if (isWriting(event.target)) return;
      const shortcut = shortcutOf(event);
      if (shortcut === null) return;
      event.preventDefault();
      obey(shortcut, app, latest.current, event.shiftKey);
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [app]);
}

function obey(shortcut: Shortcut, app: App, hooks: KeyboardHooks, shift: boolean): void {
  switch (shortcut) {
    case "sheet":
      return hooks.sheet();
    case "search":
      return app.go(searching);
    case "claim":
      return void claimNext(app);
    case "next":
      return move(app, 1);
    case "previous":
      return move(app, -1);
    case "reply":
    case "note":
      return write(app, shortcut);
    default:
      return ask(app, shortcut, hooks, shift);
  }
}

function move(app: App, step: 1 | -1): void {
  const { route } = app.store.get();
  if (route.place !== "desk") return;
  const next = neighbour(app.lists.rows(route.view), route.conversation, step);
  if (next === null || next === route.conversation) return;
  app.go({ ...route, conversation: next });
}

function write(app: App, tab: "reply" | "note"): void {
  const conversation = openConversation(app.store.get());
  if (conversation === null) return;
  app.writing.write(conversation.id, { tab });
  focusComposer();
}

/** One key resolves and returns at once; with Shift it asks for an outcome or a note first. */
function ask(app: App, verb: AskingVerb, hooks: KeyboardHooks, shift: boolean): void {
  const state = app.store.get();
  const conversation = openConversation(state);
  if (conversation === null || state.me === null) return;
  const answer = leave(verb, conversation, state.me);
  if (answer === "yes" && verb === "resolve" && !shift) void resolveAtOnce(app, conversation);
  else if (answer === "yes" && verb === "return" && !shift) void returnAtOnce(app, conversation);
  else if (answer === "yes") hooks.ask(verb);
  else if (answer !== "absent") app.notices.tell((t) => t(`why.${answer}`, { name: conversation.owner.name ?? "" }));
}

function isWriting(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest("input, textarea, select, [contenteditable]") !== null;
}
