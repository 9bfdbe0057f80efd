/** Values for tests: whole, and different only where a test says so. */

import type { Conversation, Event, Me, Message, OpenedConversation } from "../api/shapes";

export const NOON = Date.parse("2026-11-21T12:00:00Z");

export function at(minutes: number): string {
  return new Date(NOON + minutes * 60_000).toISOString();
}

export function conversation(change: Partial<Conversation> = {}): Conversation {
  return {
    id: "c1",
    number: 7,
    state: "waiting",
    owner: { kind: "queue", id: "q1", name: "General" },
    ownership: 2,
    contact: { id: "contact-1", name: null, proof: "anonymous" },
    inbox: { id: "i1", name: "Shop", channel: "chat" },
    channel: "chat",
    language: "en",
    queue: { id: "q1", name: "General" },
    waiting_since: at(-5),
    snoozed_until: null,
    handoff: null,
    last_message: null,
    last_seq: 1,
    created_at: at(-10),
    updated_at: at(-5),
    resolved_at: null,
    outcome: null,
    ...change,
  };
}

export const MINE = { kind: "agent", id: "me", name: "Sara" } as const;
export const ANOTHERS = { kind: "agent", id: "omid", name: "Omid" } as const;

export function opened(change: Partial<OpenedConversation> = {}): OpenedConversation {
  return { ...conversation(change), slots: {}, handoffs: [], position: null, ...change };
}

export function message(seq: number, change: Partial<Message> = {}): Message {
  return {
    id: `m${seq}`,
    conversation_id: "c1",
    seq,
    kind: "message",
    author: { kind: "customer", id: "contact-1", name: null },
    text: `message ${seq}`,
    buttons: [],
    attachments: [],
    image: null,
    reply_to: null,
    chosen: null,
    at: at(seq),
    delivery: null,
    understanding: null,
    ...change,
  };
}

export function event(n: number, kind: string, change: Partial<Event> = {}): Event {
  return {
    n,
    kind,
    conversation_id: "c1",
    actor: { kind: "agent", id: "omid", name: "Omid" },
    at: at(n),
    data: {},
    ...change,
  };
}

export function me(change: Partial<Me> = {}): Me {
  return {
    id: "me",
    name: "Sara",
    email: "sara@example.com",
    role: "agent",
    presence: "online",
    disabled: false,
    open_conversations: 0,
    capacity: null,
    load: 0,
    csrf_token: "csrf",
    locale: null,
    preferences: {
      sound_waiting: true,
      sound_answers: true,
      sound_given: true,
      notify_waiting: false,
      notify_answers: false,
      notify_given: false,
      undo_seconds: 5,
      theme: "auto",
      first_steps: true,
    },
    ...change,
  };
}
