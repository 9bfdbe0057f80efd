/** The views of the list: what belongs to each, in which order, and how the server is asked. */

import type { ConversationQuery } from "../api/api";
import type { Conversation } from "../api/shapes";

export type View =
  | { readonly kind: "waiting" | "mine" | "all" | "resolved" }
  | { readonly kind: "queue"; readonly id: string };

export function viewKey(view: View): string {
  return view.kind === "queue" ? `queue/${view.id}` : view.kind;
}

export function queryOf(view: View): ConversationQuery {
  switch (view.kind) {
    case "waiting":
      return { state: "waiting" };
    case "queue":
      return { state: "waiting", queue: view.id };
    case "mine":
      return { state: "with_agent", owner: "me", snoozed: true };
    case "resolved":
      return { state: "resolved" };
    case "all":
      return {};
  }
}

export function belongs(view: View, conversation: Conversation, me: string, now: number): boolean {
  switch (view.kind) {
    case "waiting":
      return isWaiting(conversation, now);
    case "queue":
      return isWaiting(conversation, now) && conversation.queue?.id === view.id;
    case "mine":
      return conversation.state === "with_agent" && isMine(conversation, me);
    case "resolved":
      return conversation.state === "resolved";
    case "all":
      return true;
  }
}

export function compare(view: View, a: Conversation, b: Conversation): number {
  const order =
    view.kind === "waiting" || view.kind === "queue"
      ? time(a.waiting_since) - time(b.waiting_since)
      : time(b.updated_at) - time(a.updated_at);
  return order || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

export function isMine(conversation: Conversation, me: string): boolean {
  return conversation.owner.kind === "agent" && conversation.owner.id === me;
}

export function isSnoozed(conversation: Conversation, now: number): boolean {
  return conversation.snoozed_until !== null && time(conversation.snoozed_until) > now;
}

function isWaiting(conversation: Conversation, now: number): boolean {
  return conversation.state === "waiting" && !isSnoozed(conversation, now);
}

function time(at: string | null): number {
  return at === null ? 0 : Date.parse(at);
}
