/** The conversations this console knows of, whichever list, event or answer told of them. */

import type { Conversation, Message } from "../api/shapes";

/** So many parts that a change copies one small part, however many are known. */
const PARTS = 128;

type Part = ReadonlyMap<string, Conversation>;

/** An immutable map from ids; what changed between two of them is found without comparing all. */
export class Known {
  static readonly none = new Known(Array.from({ length: PARTS }, () => new Map()), 0);

  private constructor(
    private readonly parts: readonly Part[],
    readonly size: number,
  ) {}

  get(id: string): Conversation | undefined {
    return this.parts[partOf(id)]!.get(id);
  }

  *values(): IterableIterator<Conversation> {
    for (const part of this.parts) yield* part.values();
  }

  with(conversations: readonly Conversation[]): Known {
    return this.changed((at) => {
      for (const conversation of conversations) at(conversation.id).set(conversation.id, conversation);
    });
  }

  /** Without those that nobody needs any more. */
  keeping(isNeeded: (conversation: Conversation) => boolean): Known {
    return this.changed((at) => {
      for (const conversation of this.values()) if (!isNeeded(conversation)) at(conversation.id).delete(conversation.id);
    });
  }

  /** The ids whose conversation is another one than before, is new or is gone. */
  changedSince(before: Known): string[] {
    const ids: string[] = [];
    this.parts.forEach((part, at) => {
      const old = before.parts[at]!;
      if (part === old) return;
      for (const [id, conversation] of part) if (old.get(id) !== conversation) ids.push(id);
      for (const id of old.keys()) if (!part.has(id)) ids.push(id);
    });
    return ids;
  }

  private changed(change: (at: (id: string) => Map<string, Conversation>) => void): Known {
    const fresh = new Map<number, Map<string, Conversation>>();
    change((id) => {
      const at = partOf(id);
      const part = fresh.get(at) ?? new Map(this.parts[at]);
      fresh.set(at, part);
      return part;
    });
    if (fresh.size === 0) return this;
    const parts = this.parts.map((part, at) => fresh.get(at) ?? part);
    return new Known(parts, parts.reduce((size, part) => size + part.size, 0));
  }
}

/** Takes in what was told; an older telling that arrives late changes nothing. */
export function learn(known: Known, told: readonly Conversation[]): Known {
  const fresh = told.filter((conversation) => !isStale(known.get(conversation.id), conversation));
  return known.with(fresh.map((conversation) => summaryOf(conversation, known.get(conversation.id))));
}

export function isStale(have: Conversation | undefined, told: Conversation): boolean {
  if (have === undefined) return false;
  if (told.ownership !== have.ownership) return told.ownership < have.ownership;
  if (told.last_seq !== have.last_seq) return told.last_seq < have.last_seq;
  return Date.parse(told.updated_at) < Date.parse(have.updated_at);
}

/** A customer's message that came as an event is unread until it was seen; each counts once. */
export function countUnread(known: Known, message: Message): Known {
  const have = known.get(message.conversation_id);
  if (have?.unread === undefined || message.author.kind !== "customer") return known;
  if (message.seq <= (have.counted_seq ?? have.last_seq)) return known;
  return known.with([{ ...have, unread: have.unread + 1, counted_seq: message.seq }]);
}

/** Everything up to this message was seen; `unread` is what the server says is left. */
export function markSeen(known: Known, id: string, seq: number, unread: number): Known {
  const have = known.get(id);
  if (have === undefined || (have.seen_seq ?? -1) > seq) return known;
  return known.with([{ ...have, seen_seq: seq, unread, counted_seq: Math.max(seq, have.counted_seq ?? 0) }]);
}

/** The name to show: the contact's own, or none for a visitor without one. */
export function contactName(conversation: Pick<Conversation, "contact">): string | null {
  return conversation.contact.name?.trim() || null;
}

/** Four characters that tell nameless visitors apart: the end of the id is its random part. */
export function visitorMark(contactId: string): string {
  return contactId.replace(/[^0-9a-z]/gi, "").slice(-4).toUpperCase();
}

/**
 * The socket speaks to all agents alike and leaves out what this one has seen: that stays as
 * it was known, counted up to the message that was counted last.
 */
function summaryOf(told: Conversation, have: Conversation | undefined): Conversation {
  const { slots: _s, handoffs: _h, position: _p, message: _m, ...summary } = told as Conversation &
    Record<"slots" | "handoffs" | "position" | "message", unknown>;
  if (summary.unread !== undefined) return { ...summary, counted_seq: summary.last_seq };
  if (have?.unread === undefined) return summary;
  const { seen_seq, unread, counted_seq } = have;
  return { ...summary, unread, seen_seq: seen_seq ?? 0, counted_seq: counted_seq ?? have.last_seq };
}

/** The end of an id is its random part. */
function partOf(id: string): number {
  let sum = 0;
  for (let at = Math.max(0, id.length - 4); at < id.length; at++) sum = sum * 31 + id.charCodeAt(at);
  return sum % PARTS;
}
