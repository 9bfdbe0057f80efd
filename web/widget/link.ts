import { retryDelay } from "./backoff";
import { readFrame } from "./frames";
import { frameOf } from "./outgoing";
import { CLOSED_TOO_MANY, CLOSED_UNAUTHORIZED, type ClientFrame } from "./protocol";
import { type Session, SessionRefused } from "./session";
import { needsResync, unsent } from "./state";
import type { Store } from "./store";
import { currentConversation } from "./transcript";

/** What the link needs from outside, so that a test can stand in for the network. */
export interface LinkParts {
  readonly store: Store;
  /** Opens the session afresh; called again when the gateway no longer knows our token. */
  readonly openSession: () => Promise<Session>;
  readonly openSocket: () => WebSocket;
  readonly random: () => number;
}

const READY_WITHIN_MS = 10_000;
const ACK_WITHIN_MS = 10_000;
const QUIET_MS = 45_000;
const PONG_WITHIN_MS = 8_000;
const GAP_WITHIN_MS = 1_000;
const TOO_MANY_MS = 15_000;
const CLOSED_NORMALLY = 1000;
/** With how many messages a conversation begins; the others come on scrolling back. */
const RECENT = 50;

/**
 * Keeps one connection to the gateway: resumes where it broke, sends what is not yet acknowledged,
 * and starts again, after a growing pause, whenever anything is wrong.
 */
export class Link {
  readonly #parts: LinkParts;
  #session: Session | null = null;
  #socket: WebSocket | null = null;
  #contactId: string | null = null;
  /** Between `ready` and the end of the connection. */
  #live = false;
  #wanted = false;
  /** Which call of `connect` is the latest: the session of an earlier one is not used. */
  #turn = 0;
  #attempt = 0;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;
  #watchTimer: ReturnType<typeof setTimeout> | undefined;
  #gapTimer: ReturnType<typeof setTimeout> | undefined;
  #quietTimer: ReturnType<typeof setTimeout> | undefined;
  readonly #sent = new Map<string, number>();

  constructor(parts: LinkParts) {
    this.#parts = parts;
    parts.store.subscribe(() => this.#watchGap());
  }

  get session(): Session | null {
    return this.#session;
  }

  /** Connects, at once, whatever the present pause. */
  async connect(): Promise<void> {
    this.#abandon();
    this.#wanted = true;
    const turn = ++this.#turn;
    const session = await this.#openSession(turn);
    if (session && this.#wanted && turn === this.#turn) this.#openSocket(session);
  }

  /** Asks for the session anew: the visitor is another, or reads another language. */
  renew(): void {
    this.#session = null;
    void this.connect();
  }

  /** Ends the connection until `connect` is called again. */
  close(): void {
    this.#wanted = false;
    this.#abandon();
    this.#parts.store.dispatch({ type: "lost" });
  }

  /** The network is gone: says so at once, and tries again after a pause. */
  drop(): void {
    this.#abandon();
    this.#lose(0);
  }

  /** Sends a frame that may be lost; false when there is no connection to send it on. */
  send(frame: ClientFrame): boolean {
    if (this.#live) this.#write(frame);
    return this.#live;
  }

  /** Sends, in order, what has not been sent on this connection. */
  flush(): void {
    if (!this.#live) return;
    for (const outgoing of unsent(this.#parts.store.state)) {
      if (this.#sent.has(outgoing.clientId)) continue;
      this.#sent.set(outgoing.clientId, Date.now());
      this.#write(frameOf(outgoing));
    }
    this.#watchAcks();
  }

  /** Asks for a sign of life; without one the connection is dead, whatever the browser thinks. */
  probe(): void {
    if (!this.#live) return;
    clearTimeout(this.#quietTimer);
    this.#quietTimer = setTimeout(() => this.drop(), PONG_WITHIN_MS);
    this.#write({ type: "ping" });
  }

  async #openSession(turn: number): Promise<Session | null> {
    if (this.#session) return this.#session;
    try {
      const session = await this.#parts.openSession();
      if (turn !== this.#turn) return null;
      this.#session = session;
      this.#recognise(session.contactId);
    } catch (error) {
      if (turn !== this.#turn) return null;
      if (error instanceof SessionRefused) this.#parts.store.dispatch({ type: "refused" });
      else this.#lose(0);
    }
    return this.#session;
  }

  /** What another person said is not shown on. */
  #recognise(contactId: string): void {
    const changed = this.#contactId !== null && this.#contactId !== contactId;
    if (changed) this.#parts.store.dispatch({ type: "forgotten" });
    this.#contactId = contactId;
  }

  #openSocket(session: Session): void {
    const socket = this.#parts.openSocket();
    this.#socket = socket;
    this.#watchTimer = setTimeout(() => this.drop(), READY_WITHIN_MS);
    const isCurrent = (): boolean => this.#socket === socket;
    socket.addEventListener("open", () => isCurrent() && this.#greet(session));
    socket.addEventListener("message", (event) => isCurrent() && this.#receive(event.data));
    socket.addEventListener("close", (event) => isCurrent() && this.#closed(event.code));
  }

  #greet(session: Session): void {
    const { store } = this.#parts;
    store.dispatch({ type: "connected" });
    const { transcript, epoch } = store.state;
    const conversation = currentConversation(transcript);
    this.#write({
      type: "hello",
      token: session.token,
      since: transcript.seq,
      recent: RECENT,
      ...(conversation && { conversation_id: conversation }),
      ...(epoch && { epoch }),
    });
  }

  #receive(data: unknown): void {
    clearTimeout(this.#quietTimer);
    this.#quietTimer = setTimeout(() => this.probe(), QUIET_MS);
    const frame = readFrame(data);
    if (frame === null) return;
    this.#parts.store.dispatch({ type: "frame", frame });
    if (frame.type !== "ready") return;
    this.#live = true;
    this.#attempt = 0;
    clearTimeout(this.#watchTimer);
    this.flush();
  }

  #closed(code: number): void {
    if (code === CLOSED_UNAUTHORIZED) this.#session = null;
    this.#abandon();
    this.#lose(code === CLOSED_TOO_MANY ? TOO_MANY_MS : 0);
  }

  #lose(atLeast: number): void {
    const delay = Math.max(atLeast, retryDelay(this.#attempt, this.#parts.random()));
    this.#attempt += 1;
    this.#parts.store.dispatch({ type: "lost" });
    clearTimeout(this.#retryTimer);
    this.#retryTimer = setTimeout(() => void this.connect(), delay);
  }

  #abandon(): void {
    const socket = this.#socket;
    this.#socket = null;
    this.#live = false;
    this.#sent.clear();
    clearTimeout(this.#retryTimer);
    clearTimeout(this.#watchTimer);
    clearTimeout(this.#quietTimer);
    clearTimeout(this.#gapTimer);
    this.#gapTimer = undefined;
    socket?.close(CLOSED_NORMALLY);
  }

  #write(frame: ClientFrame): void {
    if (this.#socket?.readyState === 1) this.#socket.send(JSON.stringify(frame));
  }

  /** A message without its ack is sent again: after a limit here, otherwise over a new connection. */
  #watchAcks(): void {
    clearTimeout(this.#watchTimer);
    const { store } = this.#parts;
    const oldest = unsent(store.state).find((outgoing) => this.#sent.has(outgoing.clientId));
    if (!oldest) return;
    const age = Date.now() - (this.#sent.get(oldest.clientId) ?? 0);
    if (age < ACK_WITHIN_MS) {
      this.#watchTimer = setTimeout(() => this.#watchAcks(), ACK_WITHIN_MS - age + 1);
    } else if (store.state.notice === null) {
      this.drop();
    } else {
      this.#sent.clear();
      this.flush();
    }
  }

  /** What stays missing for a moment is asked for, without troubling the customer. */
  #watchGap(): void {
    if (!needsResync(this.#parts.store.state)) {
      clearTimeout(this.#gapTimer);
      this.#gapTimer = undefined;
      return;
    }
    this.#gapTimer ??= setTimeout(() => void this.connect(), GAP_WITHIN_MS);
  }
}
