/** The console's WebSocket: resumes from the last event, and comes back after every loss. */

import { backOff, type Connection, unconnected } from "./connection";
import { frameOf, type Frame } from "./frames";

/** The part of a browser's WebSocket that is needed. */
export interface Wire {
  onopen: ((event: Event) => void) | null;
  onmessage: ((event: MessageEvent) => void) | null;
  onclose: ((event: CloseEvent) => void) | null;
  send(data: string): void;
  close(): void;
}

export interface LiveOptions {
  readonly connect: () => Wire;
  readonly after: (ms: number, run: () => void) => () => void;
  readonly now: () => number;
  readonly random: () => number;
  readonly onFrame: (frame: Frame) => void;
  readonly onChange: (connection: Connection) => void;
  readonly onUnauthorized: () => void;
  /** No connection came about: a browser does not tell whether for want of a session. */
  readonly onRefused: () => void;
}

const UNAUTHORIZED = 4401;
const PING_MS = 20_000;
const PONG_MS = 8_000;

export class LiveSocket {
  private connection: Connection = unconnected;
  private epoch: string | null = null;
  private wire: Wire | null = null;
  private attempt = 0;
  private looksAt: string | null = null;
  private stopTimer: () => void = () => undefined;
  private stopPing: () => void = () => undefined;

  constructor(private readonly options: LiveOptions) {}

  start(): void {
    this.stopTimer();
    this.drop();
    this.change({ phase: this.connection.everLive ? "lost" : "connecting", retryAt: null });
    const wire = this.options.connect();
    this.wire = wire;
    wire.onopen = () => this.hello();
    wire.onmessage = ({ data }) => this.take(frameOf(data));
    wire.onclose = ({ code }) => this.lost(code);
    this.stopTimer = this.options.after(PONG_MS, () => this.lost(0));
  }

  stop(): void {
    this.stopTimer();
    this.drop();
    this.epoch = null;
    this.attempt = 0;
    this.connection = unconnected;
    this.options.onChange(this.connection);
  }

  /** The network came back, or the agent does not want to wait. */
  retryNow(): void {
    if (this.connection.phase !== "live") this.start();
  }

  /** The network is gone: nothing will come, whatever the connection says of itself. */
  interrupt(): void {
    if (this.connection.phase === "live") this.lost(0);
  }

  typing(conversation: string, on: boolean): void {
    if (this.connection.phase !== "live") return;
    this.send({ type: "typing", conversation_id: conversation, on });
  }

  /** What is on the screen; said again now and then, as the server forgets who falls silent. */
  viewing(conversation: string | null): void {
    if (this.looksAt === conversation) return;
    this.looksAt = conversation;
    this.sayViewing();
  }

  private sayViewing(): void {
    if (this.connection.phase !== "live") return;
    this.send({ type: "viewing", conversation_id: this.looksAt });
  }

  private hello(): void {
    const { n } = this.connection;
    const resume = n === null ? {} : { since: n, epoch: this.epoch };
    this.send({ type: "hello", ...resume });
  }

  private take(frame: Frame | null): void {
    if (frame === null) return;
    if (frame.type === "reset") this.change({ n: null, latest: null });
    if (frame.type === "ready") this.becomeLive(frame.n, frame.epoch);
    if (frame.type === "pong") return this.ponged(frame.n);
    if (frame.type === "event") this.advance(frame.n);
    this.options.onFrame(frame);
  }

  private becomeLive(n: number, epoch: string): void {
    this.attempt = 0;
    this.epoch = epoch;
    this.stopTimer();
    this.change({
      phase: "live",
      retryAt: null,
      everLive: true,
      n: this.connection.n ?? n,
      latest: n,
    });
    this.schedulePing();
    if (this.looksAt !== null) this.sayViewing();
  }

  /** Alive; and by what it says, perhaps ahead of what has come. */
  private ponged(n: number | null | undefined): void {
    if (typeof n === "number") this.change({ latest: Math.max(this.connection.latest ?? 0, n) });
    this.schedulePing();
  }

  private advance(n: number): void {
    const { latest, n: last } = this.connection;
    this.change({ n: Math.max(last ?? 0, n), latest: Math.max(latest ?? 0, n) });
  }

  private lost(code: number): void {
    const refused = this.connection.phase !== "live";
    this.stopTimer();
    this.drop();
    if (code === UNAUTHORIZED) return this.options.onUnauthorized();
    if (refused) this.options.onRefused();
    const wait = backOff(this.attempt++, this.options.random);
    this.change({ phase: "lost", retryAt: this.options.now() + wait });
    this.stopTimer = this.options.after(wait, () => this.start());
  }

  /** A half-open connection looks alive: only an answer shows that it is. */
  private schedulePing(): void {
    this.stopPing();
    this.stopPing = this.options.after(PING_MS, () => {
      this.send({ type: "ping" });
      if (this.looksAt !== null) this.sayViewing();
      this.stopPing = this.options.after(PONG_MS, () => this.lost(0));
    });
  }

  private send(frame: Record<string, unknown>): void {
    try {
      this.wire?.send(JSON.stringify(frame));
    } catch {
      this.lost(0);
    }
  }

  private drop(): void {
    this.stopPing();
    const wire = this.wire;
    this.wire = null;
    if (wire === null) return;
    wire.onopen = wire.onmessage = wire.onclose = null;
    wire.close();
  }

  private change(change: Partial<Connection>): void {
    this.connection = { ...this.connection, ...change };
    this.options.onChange(this.connection);
  }
}
