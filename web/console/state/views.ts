/** The views of the list: what belongs to each, in which order, and how the server is asked. */

import type { Conversation, SavedView, Wanted } from "../api/shapes";

export const BUILT_IN = ["waiting", "mine", "unassigned", "all", "resolved", "snoozed"] as const;

export type View =
  | { readonly kind: (typeof BUILT_IN)[number] }
  | { readonly kind: "queue" | "channel" | "saved"; readonly id: string };

/** The place of a row in its list: the time it is ordered by, in microseconds, and its id. */
export interface Place {
  readonly time: number;
  readonly id: string;
}

const WANTED: Readonly<Record<(typeof BUILT_IN)[number], Wanted>> = {
  waiting: { state: "waiting" },
  mine: { state: "with_agent", owner: "me", snoozed: true },
  unassigned: { open: true, owner: "none" },
  all: {},
  resolved: { state: "resolved" },
  snoozed: { asleep: true },
};

export function viewKey(view: View): string {
  return "id" in view ? `${view.kind}/${view.id}` : view.kind;
}

/** What the view asks the list; null for a saved view that is not known, or not yet. */
export function wantedOf(view: View, saved: readonly SavedView[]): Wanted | null {
  switch (view.kind) {
    case "queue":
      return { state: "waiting", queue: view.id };
    case "channel":
      return { open: true, channel: view.id };
    case "saved":
      return saved.find(({ id }) => id === view.id)?.query ?? null;
    default:
      return WANTED[view.kind];
  }
}

/** As the server decides it, so that a row comes and goes without being asked for. */
export function belongs(wanted: Wanted, conversation: Conversation, me: string, now: number): boolean {
  const { state, queue, inbox, channel, language } = wanted;
  if (state !== undefined && conversation.state !== state) return false;
  if (wanted.open && conversation.state === "resolved") return false;
  if (queue !== undefined && conversation.queue?.id !== queue) return false;
  if (inbox !== undefined && conversation.inbox.id !== inbox) return false;
  if (channel !== undefined && conversation.channel !== channel) return false;
  if (language !== undefined && conversation.language !== language) return false;
  return ownedAs(wanted.owner, conversation, me) && sleepsAs(wanted, conversation, now);
}

/** Who waits longest comes first; everywhere else the latest change does. */
export function isOldestFirst(wanted: Wanted): boolean {
  return wanted.state === "waiting";
}

export function placeOf(wanted: Wanted, conversation: Conversation): Place {
  const at = isOldestFirst(wanted) ? conversation.waiting_since : conversation.updated_at;
  return { time: at === null ? 0 : microseconds(at), id: conversation.id };
}

export function compare(wanted: Wanted, a: Place, b: Place): number {
  const order = a.time - b.time || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
  return isOldestFirst(wanted) ? order : -order;
}

export function isMine(conversation: Conversation, me: string): boolean {
  return conversation.owner.kind === "agent" && conversation.owner.id === me;
}

export function isSnoozed(conversation: Conversation, now: number): boolean {
  return conversation.snoozed_until !== null && Date.parse(conversation.snoozed_until) > now;
}

function ownedAs(owner: string | undefined, conversation: Conversation, me: string): boolean {
  if (owner === undefined) return true;
  if (owner === "none") return conversation.owner.kind !== "agent";
  return isMine(conversation, owner === "me" ? me : owner);
}

function sleepsAs(wanted: Wanted, conversation: Conversation, now: number): boolean {
  if (wanted.asleep) return isSnoozed(conversation, now);
  const leftOut = !wanted.snoozed && (wanted.state === "waiting" || wanted.state === "with_agent");
  return !leftOut || !isSnoozed(conversation, now);
}

/** `Date.parse` ends at milliseconds; the server orders by microseconds. */
function microseconds(at: string): number {
  const digits = /\.\d{3}(\d{1,3})/.exec(at)?.[1] ?? "";
  return Date.parse(at) * 1000 + Number(digits.padEnd(3, "0"));
}
