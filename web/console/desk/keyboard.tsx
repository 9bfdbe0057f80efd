/** The keyboard at the desk, and the sheet that tells of it. */

import { useEffect, useRef } from "preact/hooks";
import { Dialog } from "../elements/dialog";
import { useApp, useWords } from "../elements/use";
import type { App } from "../app";
import { SHORTCUTS, neighbour, shortcutOf, type Shortcut } from "../state/shortcuts";
import { openConversation } from "../state/state";
import { leave } from "../state/verbs";
import { claimNext } from "./sidebar";
import { focusComposer } from "./composer";
import type { AskingVerb } from "./verb-dialogs";

export interface KeyboardHooks {
  readonly ask: (verb: AskingVerb) => void;
  readonly sheet: () => void;
}

export function useKeyboard(hooks: KeyboardHooks): void {
  const app = useApp();
  const latest = useRef(hooks);
  latest.current = hooks;
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || isWriting(event.target) || document.querySelector("dialog[open]")) return;
      const shortcut = shortcutOf(event);
      if (shortcut === null) return;
      event.preventDefault();
      obey(shortcut, app, latest.current);
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [app]);
}

export function ShortcutSheet({ onClose }: { readonly onClose: () => void }) {
  const { t } = useWords();
  return (
    <Dialog title={t("shortcuts")} onClose={onClose}>
      <dl class="shortcuts">
        {SHORTCUTS.map(({ key, does }) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{t(`shortcut.${does}`)}</dd>
          </div>
        ))}
        <div>
          <dt>
            <kbd>Enter</kbd>
          </dt>
          <dd>{t("shortcut.send")}</dd>
        </div>
        <div>
          <dt>
            <kbd>Shift</kbd> <kbd>Enter</kbd>
          </dt>
          <dd>{t("shortcut.line")}</dd>
        </div>
      </dl>
    </Dialog>
  );
}

function obey(shortcut: Shortcut, app: App, hooks: KeyboardHooks): void {
  switch (shortcut) {
    case "sheet":
      return hooks.sheet();
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
      return ask(app, shortcut, hooks);
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

function ask(app: App, verb: AskingVerb, hooks: KeyboardHooks): void {
  const state = app.store.get();
  const conversation = openConversation(state);
  if (conversation === null || state.me === null) return;
  const answer = leave(verb, conversation, state.me);
  if (answer === "yes") hooks.ask(verb);
  else if (answer !== "absent") app.notices.tell((t) => t(`why.${answer}`, { name: conversation.owner.name ?? "" }));
}

function isWriting(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest("input, textarea, select, [contenteditable]") !== null;
}
