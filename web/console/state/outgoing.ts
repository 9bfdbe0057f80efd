/** Replies and notes on their way: kept until the server has them, each under one key. */

import type { Attachment, Author, Message } from "../api/shapes";

export interface Outgoing {
  /** The Idempotency-Key: asking again after a lost connection never says a thing twice. */
  readonly key: string;
  readonly conversation: string;
  readonly kind: "message" | "note";
  readonly text: string;
  readonly attachments: readonly Attachment[];
  readonly replyTo: string | null;
  readonly at: string;
  /**
   * `held`: for a few seconds it can be called back, and the server knows nothing of it;
   * `waiting`: not yet stored, tried again by itself; `refused`: the server said no.
   */
  readonly state: "held" | "sending" | "waiting" | "refused";
  /** When a held one goes. */
  readonly until: number | null;
  readonly why: string | null;
}

export type Words = Pick<Outgoing, "conversation" | "kind" | "text"> &
  Partial<Pick<Outgoing, "attachments" | "replyTo">>;

export function add(all: readonly Outgoing[], one: Outgoing): readonly Outgoing[] {
  return [...all, one];
}

export function mark(
  all: readonly Outgoing[],
  key: string,
  state: Outgoing["state"],
  why: string | null = null,
): readonly Outgoing[] {
  return all.map((one) => (one.key === key ? { ...one, state, why, until: null } : one));
}

export function drop(all: readonly Outgoing[], key: string): readonly Outgoing[] {
  return all.filter((one) => one.key !== key);
}

/** Those that are held go now: all, or those of one conversation. */
export function released(all: readonly Outgoing[], conversation?: string): readonly Outgoing[] {
  const goes = (one: Outgoing): boolean =>
    one.state === "held" && (conversation === undefined || one.conversation === conversation);
  return all.some(goes) ? all.map((one) => (goes(one) ? { ...one, state: "waiting", until: null } : one)) : all;
}

/**
 * The next to send: the oldest of each conversation only, so that order holds, and none of a
 * conversation in which one was refused. A note does not wait for a reply that is held.
 */
export function due(all: readonly Outgoing[]): readonly Outgoing[] {
  const seen = new Set<string>();
  return all.filter((one) => {
    if (one.state === "held" || seen.has(one.conversation)) return false;
    seen.add(one.conversation);
    return one.state === "waiting";
  });
}

/** What was on its way when the page was left is tried again under the same keys. */
export function revived(stored: unknown): readonly Outgoing[] {
  if (!Array.isArray(stored)) return [];
  return stored
    .filter(isOutgoing)
    .map((one) => ({ ...one, replyTo: one.replyTo ?? null, until: null }))
    .map((one) => (one.state === "sending" ? { ...one, state: "waiting" as const } : one));
}

/** What was held when it was written down. */
export function heldAmong(stored: unknown): readonly Outgoing[] {
  return Array.isArray(stored) ? stored.filter(isOutgoing) : [];
}

/** How it looks in the transcript until the server's own telling of it arrives. */
export function asMessage(one: Outgoing, author: Author, seq: number): Message {
  return {
    id: one.key,
    conversation_id: one.conversation,
    seq,
    kind: one.kind,
    author,
    text: one.text,
    buttons: [],
    attachments: one.attachments,
    image: null,
    reply_to: one.replyTo,
    chosen: null,
    at: one.at,
    delivery: null,
    understanding: null,
  };
}

function isOutgoing(value: unknown): value is Outgoing {
  if (typeof value !== "object" || value === null) return false;
  const { key, conversation, text, attachments } = value as Partial<Outgoing>;
  return (
    typeof key === "string" &&
    typeof conversation === "string" &&
    typeof text === "string" &&
    Array.isArray(attachments)
  );
}
