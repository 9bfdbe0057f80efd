/** Calling the agent: a sound, and a notification of the browser while they look elsewhere. */

import type { Conversation, Event } from "../api/shapes";
import { words } from "../locales/words";
import { alertOf, notifies, sounds, type AlertKind } from "../state/alerts";
import { contactName, visitorMark } from "../state/known";
import type { Route } from "../state/route";
import { openConversation, type State } from "../state/state";
import type { Parts } from "./parts";

/** What is shown outside of the page; pressed, it leads to its place. */
export interface Call {
  readonly title: string;
  readonly text: string;
  readonly language: string;
  readonly about: string;
  readonly follow: () => void;
}

export interface AlertHooks {
  readonly play: (kind: AlertKind) => void;
  readonly notify: (call: Call) => void;
  /** Whether the agent looks at this page now. */
  readonly isAttentive: () => boolean;
  readonly go: (route: Route) => void;
}

const LONGEST_TEXT = 140;
/** Where the windows of one browser agree on who makes the sound. */
const RANG = "peyk.rang";

export class Alerts {
  constructor(
    private readonly parts: Parts,
    private readonly hooks: AlertHooks,
  ) {}

  take(before: State, event: Event): void {
    const after = this.parts.store.get();
    const kind = alertOf(before, after, event, this.parts.now());
    const conversation = after.known.get(event.conversation_id ?? "");
    if (kind === null || after.me === null || conversation === undefined) return;
    const attentive = this.hooks.isAttentive();
    if (attentive && kind === "answers" && openConversation(after)?.id === conversation.id) return;
    if (sounds(kind, after.me.preferences)) this.ring(kind, event.n);
    if (!attentive && notifies(kind, after.me.preferences)) this.call(kind, conversation, event, after);
  }

  private ring(kind: AlertKind, n: number): void {
    const { storage } = this.parts;
    if (storage.getItem(RANG) === String(n)) return;
    storage.setItem(RANG, String(n));
    this.hooks.play(kind);
  }

  private call(kind: AlertKind, conversation: Conversation, event: Event, state: State): void {
    const { language } = state.preferences;
    const t = words(language);
    const name = contactName(conversation) ?? t("visitor", { mark: visitorMark(conversation.contact.id) });
    const said = wordsOf(conversation, event).slice(0, LONGEST_TEXT);
    this.hooks.notify({
      title: t(`alert.${kind}.title`, { name }),
      text: said || t(`alert.${kind}.text`),
      language,
      about: conversation.id,
      follow: () => this.hooks.go(placeOf(kind, conversation.id)),
    });
  }
}

/** What the customer said; the bot's farewell would tell nobody anything. */
function wordsOf({ last_message: last }: Conversation, { message }: Event): string {
  if (message?.author.kind === "customer") return message.text;
  return last?.author_kind === "customer" ? last.text : "";
}

function placeOf(kind: AlertKind, conversation: string): Route {
  return { place: "desk", view: { kind: kind === "waiting" ? "waiting" : "mine" }, conversation };
}
