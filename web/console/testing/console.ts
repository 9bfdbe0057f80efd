/** The console without a browser: its real parts over a server and a clock of the test's. */

import type { Call } from "../actions/alerts";
import { createApp, type App } from "../app";
import { FakeClock } from "./clock";
import { me, NOON } from "./samples";
import { FakeServer, MemoryStorage } from "./server";

export interface Console {
  readonly app: App;
  readonly server: FakeServer;
  readonly clock: FakeClock;
  readonly storage: MemoryStorage;
  beeps: number;
  readonly calls: Call[];
  attentive: boolean;
}

const EMPTY = { body: { items: [], next: null } };

/** A console whose server knows the agent, and nothing else. */
export function consoleAt(path: string, storage = new MemoryStorage()): Console {
  const clock = new FakeClock(NOON);
  const server = new FakeServer()
    .on("GET /me", { body: me() })
    .on("GET /queues", EMPTY)
    .on("GET /conversations/counts", { body: { with_bot: 0, waiting: 0, with_agent: 0, mine: 0, snoozed: 0 } })
    .on("GET /agents", EMPTY)
    .on("PATCH /me", { body: me() })
    .on("GET /conversations", EMPTY);
  let keys = 0;
  const made: Console = { app: undefined as never, server, clock, storage, beeps: 0, calls: [], attentive: true };
  const app = createApp({
    fetch: server.fetch,
    connect: server.connect,
    storage,
    languages: ["en"],
    path: () => path,
    go: () => undefined,
    now: clock.now,
    random: () => 0.5,
    newKey: () => `key-${++keys}`,
    after: clock.after,
    play: () => void made.beeps++,
    notify: (call) => void made.calls.push(call),
    isAttentive: () => made.attentive,
  });
  return Object.assign(made, { app });
}

/** Signed in, with the socket live at event `n`. */
export async function liveConsole(path: string, n = 10, storage?: MemoryStorage): Promise<Console> {
  const made = consoleAt(path, storage);
  await made.app.session.check();
  made.server.wire.opens();
  made.server.wire.tells({ type: "ready", n, epoch: "e1", agent: me() });
  await made.clock.pass(500);
  return made;
}
