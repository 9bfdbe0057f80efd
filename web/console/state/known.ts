/** The conversations this console knows of, whichever list, event or answer told of them. */

import type { Conversation } from "../api/shapes";

export type Known = ReadonlyMap<string, Conversation>;

/** Takes in what was told; an older telling that arrives late changes nothing. */
export function learn(known: Known, told: readonly Conversation[]): Known {
  const fresh = told.filter((conversation) => !isStale(known.get(conversation.id), conversation));
  if (fresh.length === 0) return known;
  const next = new Map(known);
  for (const conversation of fresh) next.set(conversation.id, summaryOf(conversation));
  return next;
}

export function isStale(have: Conversation | undefined, told: Conversation): boolean {
  if (have === undefined) return false;
  if (told.ownership !== have.ownership) return told.ownership < have.ownership;
  if (told.last_seq !== have.last_seq) return told.last_seq < have.last_seq;
  return Date.parse(told.updated_at) < Date.parse(have.updated_at);
}

/** The name to show: the contact's own, or none for a visitor without one. */
export function contactName(conversation: Pick<Conversation, "contact">): string | null {
  return conversation.contact.name?.trim() || null;
}

/** Four characters that tell nameless visitors apart: the end of the id is its random part. */
export function visitorMark(contactId: string): string {
  return contactId.replace(/[^0-9a-z]/gi, "").slice(-4).toUpperCase();
}

function summaryOf(told: Conversation): Conversation {
  const { slots: _s, handoffs: _h, position: _p, message: _m, ...summary } = told as Conversation &
    Record<"slots" | "handoffs" | "position" | "message", unknown>;
  return summary;
}
