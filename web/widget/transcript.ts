import type { Message } from "./protocol";

/** A message in its place: the chapter is the conversation's place among those shown. */
export interface Placed {
  readonly chapter: number;
  readonly message: Message;
}

/**
 * All that was said, over one or more conversations of this contact, and how far it is complete.
 *
 * `seq` is the number from which a reconnect asks: everything up to it has been seen. Numbers that
 * came before their predecessors wait in `ahead`; a gap that stays means that something was missed,
 * or that it was a note, which customers never get: only the gateway can tell, so we ask it.
 */
export interface Transcript {
  readonly conversations: readonly string[];
  readonly placed: readonly Placed[];
  readonly seq: number;
  /** How far which conversation was at the time of `ready`: up to there, holes are none of ours. */
  readonly settled: Settled;
  readonly ahead: readonly number[];
}

export interface Settled {
  readonly conversationId: string | null;
  readonly seq: number;
}

export const EMPTY_TRANSCRIPT: Transcript = {
  conversations: [],
  placed: [],
  seq: 0,
  settled: { conversationId: null, seq: 0 },
  ahead: [],
};

export function currentConversation(transcript: Transcript): string | null {
  return transcript.conversations.at(-1) ?? null;
}

export function currentChapter(transcript: Transcript): number {
  return Math.max(0, transcript.conversations.length - 1);
}

/** Goes on in this conversation; when it is a new one, its numbers start afresh. */
export function enterConversation(transcript: Transcript, id: string | null): Transcript {
  if (id === null || transcript.conversations.includes(id)) return transcript;
  const first = transcript.conversations.length === 0;
  const conversations = [...transcript.conversations, id];
  return first
    ? { ...transcript, conversations }
    : { ...transcript, conversations, seq: 0, ahead: [] };
}

/**
 * Takes a message in, once, at its place, and moves on as far as nothing is missing.
 * What is told comes in order; an ack may overtake what was said before it.
 */
export function addMessage(
  transcript: Transcript,
  message: Message,
  by: "told" | "acknowledged",
): Transcript {
  const entered = enterConversation(transcript, message.conversationId);
  const chapter = chapterOf(entered, message);
  const placed = place(entered.placed, { chapter, message });
  const added = { ...entered, placed };
  return chapter === currentChapter(entered) ? advance(added, message.seq, by === "told") : added;
}

/** Puts what came before in front: more of the first conversation shown, or of the one before. */
export function addEarlier(transcript: Transcript, messages: readonly Message[]): Transcript {
  const id = messages[0]?.conversationId;
  if (!id) return transcript;
  const isShown = transcript.conversations.includes(id);
  const conversations = isShown ? transcript.conversations : [id, ...transcript.conversations];
  const chapter = conversations.indexOf(id);
  const before = isShown
    ? transcript.placed
    : transcript.placed.map((one) => ({ ...one, chapter: one.chapter + 1 }));
  const placed = messages.reduce((all, message) => place(all, { chapter, message }), before);
  return { ...transcript, conversations, placed };
}

/**
 * What `ready` says. When it names a later conversation than ours, the rest of ours comes first:
 * we go over with the first message of the other, so that a break between loses neither.
 */
export function settle(transcript: Transcript, settled: Settled): Transcript {
  const isFirst = transcript.conversations.length === 0;
  const entered = isFirst ? enterConversation(transcript, settled.conversationId) : transcript;
  return { ...entered, settled, ahead: [] };
}

/** The latest was said just now, not before this connection. */
export function isFresh({ placed, settled }: Transcript): boolean {
  const latest = placed.at(-1)?.message;
  return latest?.conversationId !== settled.conversationId || (latest?.seq ?? 0) > settled.seq;
}

export function hasGap(transcript: Transcript): boolean {
  return transcript.ahead.length > 0;
}

function chapterOf(transcript: Transcript, message: Message): number {
  const { conversationId } = message;
  if (conversationId === null) return currentChapter(transcript);
  return transcript.conversations.indexOf(conversationId);
}

function place(placed: readonly Placed[], added: Placed): readonly Placed[] {
  const others = placed.filter((one) => one.message.id !== added.message.id);
  let end = others.length;
  while (end > 0 && isAfter(others[end - 1] as Placed, added)) end--;
  return [...others.slice(0, end), added, ...others.slice(end)];
}

function isAfter(one: Placed, other: Placed): boolean {
  if (one.chapter !== other.chapter) return one.chapter > other.chapter;
  return one.message.seq > other.message.seq;
}

function advance(transcript: Transcript, seq: number, told: boolean): Transcript {
  const settled = told ? settledHere(transcript) : 0;
  if (seq <= settled) return absorb({ ...transcript, seq: Math.max(transcript.seq, seq) });
  const base = Math.max(transcript.seq, settled);
  if (seq <= base) return transcript;
  return absorb({ ...transcript, ahead: [...transcript.ahead, seq] }, base);
}

/** Of a conversation that is over nothing new will come: all of it is what was missed. */
function settledHere({ conversations, settled }: Transcript): number {
  if (settled.conversationId === null) return 0;
  const place = conversations.indexOf(settled.conversationId);
  if (place === conversations.length - 1) return settled.seq;
  return place === -1 ? Number.POSITIVE_INFINITY : 0;
}

function absorb(transcript: Transcript, base = transcript.seq): Transcript {
  let end = base;
  while (transcript.ahead.includes(end + 1)) end++;
  const seq = end === base ? transcript.seq : end;
  return { ...transcript, seq, ahead: transcript.ahead.filter((one) => one > end) };
}
