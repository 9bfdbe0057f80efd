import type { Message } from "./protocol";

/** What the gateway has stored, notes included: customers get none of those. */
export interface Stored {
  readonly seq: number;
  readonly id: string;
  readonly clientId: string | null;
  readonly note: boolean;
  readonly text: string;
}

type Listener = (event: { data?: unknown; code?: number }) => void;

/** A gateway in memory that keeps the protocol's promises, and whose network keeps none. */
export class FakeGateway {
  readonly stored: Stored[] = [];
  readonly sockets: FakeSocket[] = [];
  readonly hellos: Record<string, unknown>[] = [];
  /** How many frames pass before the next connection breaks; null: it holds. */
  breaksAfter: (() => number) | null = null;
  /** Swallows acks while true, as a network that dies between storing and telling. */
  losesAcks = false;
  answersPings = true;

  openSocket(): WebSocket {
    const socket = new FakeSocket(this, this.breaksAfter?.() ?? Number.POSITIVE_INFINITY);
    this.sockets.push(socket);
    setTimeout(() => socket.accept(), 1);
    return socket as unknown as WebSocket;
  }

  store(text: string, more: { note?: boolean; clientId?: string; from?: FakeSocket } = {}): Stored {
    const { note = false, clientId = null, from } = more;
    const seq = this.stored.length + 1;
    const stored = { seq, id: `m${seq}`, clientId, note, text };
    this.stored.push(stored);
    for (const socket of this.sockets) if (socket !== from && !note) socket.tell(messageFrame(stored));
    return stored;
  }

  /** A frame of the widget arrives: stored once, acknowledged as often as it comes. */
  take(socket: FakeSocket, frame: Record<string, unknown>): void {
    if (frame["type"] === "hello") this.#resume(socket, frame);
    else if (frame["type"] === "ping") this.answersPings && socket.tell({ type: "pong" });
    else if (typeof frame["client_id"] === "string") this.#say(socket, frame["client_id"], frame);
  }

  visible(): readonly string[] {
    return this.stored.filter((stored) => !stored.note).map((stored) => stored.id);
  }

  #resume(socket: FakeSocket, hello: Record<string, unknown>): void {
    this.hellos.push(hello);
    socket.greeted = true;
    const { length } = this.stored;
    const state = { seq: length, state: "with_bot", epoch: "e1" };
    socket.tell({ type: "ready", conversation_id: length > 0 ? "c1" : null, ...state });
    const missed = this.stored.slice(Number(hello["since"])).filter((stored) => !stored.note);
    for (const stored of missed) socket.tell(messageFrame(stored));
  }

  #say(socket: FakeSocket, clientId: string, frame: Record<string, unknown>): void {
    const known = this.stored.find((stored) => stored.clientId === clientId);
    const stored = known ?? this.store(String(frame["text"]), { clientId, from: socket });
    const ids = { client_id: clientId, message_id: stored.id, conversation_id: "c1" };
    if (!this.losesAcks) socket.tell({ type: "ack", ...ids, seq: stored.seq });
  }
}

export class FakeSocket {
  readyState = 0;
  greeted = false;
  readonly #gateway: FakeGateway;
  readonly #listeners = new Map<string, Listener[]>();
  #left: number;

  constructor(gateway: FakeGateway, breaksAfter: number) {
    this.#gateway = gateway;
    this.#left = breaksAfter;
  }

  addEventListener(name: string, listener: Listener): void {
    this.#listeners.set(name, [...(this.#listeners.get(name) ?? []), listener]);
  }

  accept(): void {
    if (this.readyState !== 0) return;
    this.readyState = 1;
    this.#emit("open", {});
  }

  send(text: string): void {
    if (this.#passes()) this.#gateway.take(this, JSON.parse(text) as Record<string, unknown>);
  }

  tell(frame: Record<string, unknown>): void {
    if (this.greeted && this.#passes()) this.#emit("message", { data: JSON.stringify(frame) });
  }

  close(): void {
    this.readyState = 3;
  }

  /** The connection ends from the other side. */
  break(code = 1006): void {
    if (this.readyState === 3) return;
    this.readyState = 3;
    this.#emit("close", { code });
  }

  #passes(): boolean {
    if (this.readyState !== 1) return false;
    this.#left -= 1;
    if (this.#left >= 0) return true;
    setTimeout(() => this.break(), 0);
    return false;
  }

  #emit(name: string, event: Parameters<Listener>[0]): void {
    for (const listener of this.#listeners.get(name) ?? []) listener(event);
  }
}

function messageFrame(stored: Stored): Record<string, unknown> {
  const kind: Message["author"]["kind"] = stored.clientId ? "customer" : "bot";
  return {
    type: "message",
    id: stored.id,
    seq: stored.seq,
    conversation_id: "c1",
    client_id: stored.clientId,
    author: { kind, name: null },
    text: stored.text,
    buttons: [],
    attachments: [],
    image: null,
    reply_to: null,
    chosen: null,
    at: "2026-11-21T10:00:00Z",
  };
}
