/** A conversation's messages and events as one column, in order, each once. */

import type { Event, Handoff, Message } from "../api/shapes";

export interface Transcript {
  readonly messages: readonly Message[];
  readonly events: readonly Event[];
}

export const emptyTranscript: Transcript = { messages: [], events: [] };

export function lastSeq(transcript: Transcript): number {
  return transcript.messages.at(-1)?.seq ?? 0;
}

/** Takes messages in, in any order and as often as they come. A later telling replaces. */
export function withMessages(transcript: Transcript, told: readonly Message[]): Transcript {
  if (told.length === 0) return transcript;
  const byId = new Map(transcript.messages.map((message) => [message.id, message]));
  for (const message of told) byId.set(message.id, message);
  const messages = [...byId.values()].sort((a, b) => a.seq - b.seq);
  return { ...transcript, messages };
}

/** True if a message between those held is missing, so that the server must be asked again. */
export function hasGap(transcript: Transcript): boolean {
  return transcript.messages.some(({ seq }, index) => seq !== index + firstSeq(transcript));
}

/** The number up to which nothing is missing: where to ask on from. */
export function completeUpTo(transcript: Transcript): number {
  let complete = firstSeq(transcript) - 1;
  for (const { seq } of transcript.messages) {
    if (seq !== complete + 1) break;
    complete = seq;
  }
  return Math.max(0, complete);
}

/** What desk members did, and what customers gave: thin lines between what was said. */
const TOLD_KINDS: ReadonlySet<string> = new Set([
  "claimed",
  "transferred",
  "returned_to_bot",
  "snoozed",
  "unsnoozed",
  "resolved",
  "reopened",
  "delivery_retried",
  "address_left",
  "rated",
]);

export function withEvents(transcript: Transcript, told: readonly Event[]): Transcript {
  const have = new Set(transcript.events.map((event) => event.n));
  const fresh = told.filter((event) => TOLD_KINDS.has(event.kind) && !have.has(event.n));
  if (fresh.length === 0) return transcript;
  const events = [...transcript.events, ...fresh].sort((a, b) => a.n - b.n);
  return { ...transcript, events };
}

export type Entry =
  | { readonly kind: "day"; readonly key: string; readonly at: string }
  | { readonly kind: "message"; readonly key: string; readonly at: string; readonly message: Message; readonly first: boolean }
  | { readonly kind: "unread"; readonly key: string; readonly at: string }
  | { readonly kind: "handoff"; readonly key: string; readonly at: string; readonly handoff: Handoff; readonly cause: string | null }
  | { readonly kind: "event"; readonly key: string; readonly at: string; readonly event: Event };

/** The column to draw: messages, handoffs and events at their places, days marked. */
export function entriesOf(
  transcript: Transcript,
  handoffs: readonly Handoff[],
  dayOf: (at: string) => string,
): Entry[] {
  return withDays(markFirsts(inOrder(transcript, handoffs)), dayOf);
}

function inOrder(transcript: Transcript, handoffs: readonly Handoff[]): Entry[] {
  const others: Entry[] = [
    ...handoffs.map((handoff) => handoffEntry(handoff, transcript.messages)),
    ...transcript.events.map((event) => eventEntry(event)),
  ].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  const entries: Entry[] = [];
  let next = 0;
  for (const message of transcript.messages) {
    while (next < others.length && isBefore(others[next]!, message)) entries.push(others[next++]!);
    entries.push({ kind: "message", key: message.id, at: message.at, message, first: true });
  }
  return [...entries, ...others.slice(next)];
}

function isBefore(entry: Entry, message: Message): boolean {
  const difference = Date.parse(entry.at) - Date.parse(message.at);
  // What the customer said led to the handoff; what is told of it at the same time comes after.
  if (difference !== 0) return difference < 0;
  return message.author.kind !== "customer";
}

/** What the customer said last before it is what led to it. */
function handoffEntry(handoff: Handoff, messages: readonly Message[]): Entry {
  const cause = messages.findLast(({ seq, author }) => seq <= handoff.from_seq && author.kind === "customer")?.id ?? null;
  return { kind: "handoff", key: `handoff-${handoff.id}`, at: handoff.at, handoff, cause };
}

function eventEntry(event: Event): Entry {
  return { kind: "event", key: `event-${event.n}`, at: event.at, event };
}

/** A run of messages of one author within five minutes names its author once. */
const RUN_MS = 5 * 60_000;

function markFirsts(entries: readonly Entry[]): Entry[] {
  return entries.map((entry, index) => {
    const before = entries[index - 1];
    if (entry.kind !== "message" || before?.kind !== "message") return entry;
    return { ...entry, first: !isOneRun(before.message, entry.message) };
  });
}

function isOneRun(before: Message, after: Message): boolean {
  return (
    before.kind === after.kind &&
    before.author.kind === after.author.kind &&
    before.author.id === after.author.id &&
    Date.parse(after.at) - Date.parse(before.at) < RUN_MS
  );
}

function withDays(entries: readonly Entry[], dayOf: (at: string) => string): Entry[] {
  const marked: Entry[] = [];
  let day: string | null = null;
  for (const entry of entries) {
    const its = dayOf(entry.at);
    if (its !== day) marked.push({ kind: "day", key: `day-${its}`, at: entry.at });
    marked.push(its !== day && entry.kind === "message" ? { ...entry, first: true } : entry);
    day = its;
  }
  return marked;
}

function firstSeq(transcript: Transcript): number {
  return transcript.messages[0]?.seq === undefined ? 1 : Math.min(1, transcript.messages[0].seq);
}
