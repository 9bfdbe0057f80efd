/** A server of a test's own: answers by address, remembers what it was asked. */

import type { Wire } from "../live/socket";

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
  readonly key: string | null;
  readonly csrf: string | null;
}

export type Answer = { readonly status?: number; readonly body?: unknown; readonly headers?: Record<string, string> } | "lost";

export class FakeServer {
  readonly asked: Asked[] = [];
  readonly wires: FakeWire[] = [];
  private readonly answers = new Map<string, Answer[]>();

  /** The answers to "POST /path", in order; the last one is given from then on. */
  on(request: string, ...answers: Answer[]): this {
    this.answers.set(request, answers);
    return this;
  }

  askedFor(request: string): Asked[] {
    return this.asked.filter(({ method, path }) => `${method} ${path}` === request);
  }

  readonly fetch = async (input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> => {
    const asked = askedOf(String(input), init);
    this.asked.push(asked);
    const answers = this.answers.get(`${asked.method} ${asked.path}`) ?? [];
    const answer = (answers.length > 1 ? answers.shift() : answers[0]) ?? { status: 404, body: {} };
    if (answer === "lost") throw new TypeError("Failed to fetch");
    const { status = 200, body = null, headers = {} } = answer;
    return new Response(status === 204 ? null : JSON.stringify(body), { status, headers });
  };

  readonly connect = (): Wire => {
    const wire = new FakeWire();
    this.wires.push(wire);
    return wire;
  };

  /** The connection in use. */
  get wire(): FakeWire {
    const wire = this.wires.at(-1);
    if (wire === undefined) throw new Error("No connection was made.");
    return wire;
  }
}

export class FakeWire implements Wire {
  onopen: ((event: Event) => void) | null = null;
  onmessage: ((event: MessageEvent) => void) | null = null;
  onclose: ((event: CloseEvent) => void) | null = null;
  readonly sent: Record<string, unknown>[] = [];
  closed = false;

  send(data: string): void {
    this.sent.push(JSON.parse(data) as Record<string, unknown>);
  }

  close(): void {
    this.closed = true;
  }

  opens(): void {
    this.onopen?.(new Event("open"));
  }

  tells(frame: unknown): void {
    this.onmessage?.({ data: JSON.stringify(frame) } as MessageEvent);
  }

  breaks(code = 1006): void {
    this.onclose?.({ code } as CloseEvent);
  }
}

export class MemoryStorage {
  private readonly values = new Map<string, string>();

  getItem(key: string): string | null {
    return this.values.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    this.values.set(key, value);
  }

  removeItem(key: string): void {
    this.values.delete(key);
  }
}

function askedOf(url: string, init: RequestInit): Asked {
  const headers = new Headers(init.headers);
  return {
    method: init.method ?? "GET",
    path: url.replace("/api/v1", "").split("?")[0] ?? "",
    body: typeof init.body === "string" ? JSON.parse(init.body) : null,
    key: headers.get("Idempotency-Key"),
    csrf: headers.get("X-CSRF-Token"),
  };
}
