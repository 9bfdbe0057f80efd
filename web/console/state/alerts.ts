/** What an agent is called for, wherever they look: decided from what an event changed. */

import type { AccountPreferences, Event } from "../api/shapes";
import type { State } from "./state";
import { isMine, isSnoozed } from "./views";

/** A conversation began to wait; a customer wrote in one's own; one was given to oneself. */
export type AlertKind = "waiting" | "answers" | "given";

export const ALERT_KINDS: readonly AlertKind[] = ["waiting", "answers", "given"];

/** What was missed during a long absence is on the screen; it does not ring once more. */
const STALE_MS = 120_000;

/** Kinds that bring a conversation nobody here knew of to the queue. */
const BRINGS_TO_QUEUE: ReadonlySet<string> = new Set(["handed_off", "transferred", "unsnoozed"]);

export function alertOf(before: State, after: State, event: Event, now: number): AlertKind | null {
  const me = after.me;
  if (me === null || event.actor.id === me.id || now - Date.parse(event.at) > STALE_MS) return null;
  if (me.presence !== "offline" && beganWaiting(before, after, event, now)) return "waiting";
  if (wasGiven(after, event)) return "given";
  return wasAnswered(after, event) ? "answers" : null;
}

export function sounds(kind: AlertKind, preferences: AccountPreferences): boolean {
  return preferences[`sound_${kind}`];
}

export function notifies(kind: AlertKind, preferences: AccountPreferences): boolean {
  return preferences[`notify_${kind}`];
}

/** True if a conversation began to wait by this event, and not by this agent's own doing. */
export function beganWaiting(before: State, after: State, event: Event, now: number): boolean {
  const id = event.conversation_id;
  if (id === null || event.actor.id === after.me?.id) return false;
  const is = after.known.get(id);
  if (is?.state !== "waiting" || isSnoozed(is, now)) return false;
  const was = before.known.get(id);
  if (was === undefined) return BRINGS_TO_QUEUE.has(event.kind);
  return was.state !== "waiting" || event.kind === "unsnoozed";
}

function wasGiven({ me }: State, { kind, data }: Event): boolean {
  const to = data["to"] as { kind?: unknown; id?: unknown } | undefined;
  return kind === "transferred" && to?.kind === "agent" && to.id === me?.id;
}

function wasAnswered(after: State, { conversation_id: id, message }: Event): boolean {
  if (id === null || message?.author.kind !== "customer") return false;
  const conversation = after.known.get(id);
  return conversation !== undefined && conversation.state === "with_agent" && isMine(conversation, after.me?.id ?? "");
}
