import type { Inbox } from "./inbox";
import type { Outgoing } from "./outgoing";
import type { AuthorKind, Message, ReadyFrame, ServerFrame } from "./protocol";
import { type Action, type ChatState, reduce, START } from "./state";
import type { Area } from "./storage";

export function message(seq: number, changes: Partial<Message> & { by?: AuthorKind } = {}): Message {
  const { by = "bot", ...rest } = changes;
  return {
    id: `${rest.conversationId ?? "c1"}-m${seq}`,
    conversationId: "c1",
    seq,
    clientId: null,
    author: { kind: by, name: null },
    text: `text ${seq}`,
    buttons: [],
    attachments: [],
    image: null,
    replyTo: null,
    chosen: null,
    at: "2026-11-21T10:00:00Z",
    ...rest,
  };
}

export function outgoing(clientId: string, changes: Partial<Outgoing> = {}): Outgoing {
  return {
    clientId,
    kind: "message",
    text: `typed ${clientId}`,
    attachments: [],
    replyTo: null,
    value: null,
    at: "2026-11-21T10:00:00Z",
    failure: null,
    ...changes,
  };
}

export const say = (seq: number, changes?: Parameters<typeof message>[1]): Action =>
  frame({ type: "message", message: message(seq, changes) });

export const ack = (clientId: string, seq: number, conversationId: string | null = "c1"): Action =>
  frame({ type: "ack", clientId, messageId: `${conversationId ?? "c1"}-m${seq}`, conversationId, seq });

export const ready = (seq: number, changes: Partial<ReadyFrame> = {}): Action =>
  frame({ type: "ready", conversationId: "c1", epoch: "e1", seq, state: "with_bot", ...changes });

export const typed = (clientId: string, changes?: Partial<Outgoing>): Action => ({
  type: "queued",
  outgoing: outgoing(clientId, changes),
});

export const CONNECTED: Action = { type: "connected" };
export const LOST: Action = { type: "lost" };

export function frame(received: ServerFrame): Action {
  return { type: "frame", frame: received };
}

export function after(...actions: Action[]): ChatState {
  return actions.reduce(reduce, START);
}

export function numbers(state: ChatState): number[] {
  return state.transcript.placed.map((one) => one.message.seq);
}

/** A browser's storage in memory. */
export function area(): Area {
  const items = new Map<string, string>();
  return {
    get length() {
      return items.size;
    },
    key: (at) => [...items.keys()][at] ?? null,
    getItem: (name) => items.get(name) ?? null,
    setItem: (name, value) => void items.set(name, value),
    removeItem: (name) => void items.delete(name),
  };
}

/** An inbox as the gateway tells of it. */
export function inbox(changes: Partial<Inbox> = {}): Inbox {
  return {
    name: "Nilgoon",
    appearance: { accent: "#0f766e", position: "end", launcher: "icon", scheme: "auto", offset: 20 },
    theme: { strong: "#0c5c56", on: "#ffffff", link_light: "#0f766e", link_dark: "#65a7a2" },
    locale: "en",
    locales: ["en", "fa", "ar"],
    texts: {},
    greeting: {},
    ...changes,
  };
}
