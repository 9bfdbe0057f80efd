import { beforeEach, expect, test } from "vitest";
import { FakeClock } from "../testing/clock";
import { event } from "../testing/samples";
import { FakeServer } from "../testing/server";
import { behind, type Connection } from "./connection";
import type { Frame } from "./frames";
import { LiveSocket } from "./socket";

let server: FakeServer;
let clock: FakeClock;
let socket: LiveSocket;
let connection: Connection;
let frames: Frame[];
let unauthorized: number;
let refused: number;

beforeEach(() => {
  server = new FakeServer();
  clock = new FakeClock(0);
  frames = [];
  unauthorized = 0;
  refused = 0;
  socket = new LiveSocket({
    connect: server.connect,
    after: clock.after,
    now: clock.now,
    random: () => 0,
    onFrame: (frame) => frames.push(frame),
    onChange: (now) => (connection = now),
    onUnauthorized: () => unauthorized++,
    onRefused: () => refused++,
  });
});

function goLive(n = 10): void {
  socket.start();
  server.wire.opens();
  server.wire.tells({ type: "ready", n, epoch: "e1" });
}

test("the first hello asks for nothing that was", () => {
  goLive();
  expect(server.wire.sent).toEqual([{ type: "hello" }]);
  expect(connection).toMatchObject({ phase: "live", n: 10 });
});

test("after a loss it resumes from the last event it took in", async () => {
  goLive();
  server.wire.tells({ type: "event", ...event(11, "claimed") });
  server.wire.breaks();
  expect(connection).toMatchObject({ phase: "lost", retryAt: 250 });
  await clock.pass(250);
  server.wire.opens();
  expect(server.wires).toHaveLength(2);
  expect(server.wire.sent).toEqual([{ type: "hello", since: 11, epoch: "e1" }]);
});

test("after a reset it does not resume", async () => {
  goLive();
  server.wire.breaks();
  await clock.pass(250);
  server.wire.opens();
  server.wire.tells({ type: "reset" });
  server.wire.tells({ type: "ready", n: 3, epoch: "e2" });
  server.wire.breaks();
  await clock.pass(250);
  server.wire.opens();
  expect(server.wire.sent).toEqual([{ type: "hello", since: 3, epoch: "e2" }]);
});

test("each failure makes it wait longer, a success begins anew", async () => {
  goLive();
  const waits: number[] = [];
  for (let attempt = 0; attempt < 3; attempt++) {
    server.wire.breaks();
    waits.push((connection.retryAt ?? 0) - clock.now());
    await clock.pass(waits.at(-1)!);
  }
  expect(waits).toEqual([250, 500, 1000]);
  server.wire.opens();
  server.wire.tells({ type: "ready", n: 10, epoch: "e1" });
  server.wire.breaks();
  expect((connection.retryAt ?? 0) - clock.now()).toBe(250);
});

test("a connection that answers no ping is lost", async () => {
  goLive();
  await clock.pass(20_000);
  expect(server.wire.sent.at(-1)).toEqual({ type: "ping" });
  await clock.pass(8_000);
  expect(connection.phase).toBe("lost");
});

test("a connection that answers is kept", async () => {
  goLive();
  for (let minute = 0; minute < 3; minute++) {
    await clock.pass(20_000);
    server.wire.tells({ type: "pong" });
  }
  expect(connection.phase).toBe("live");
  expect(server.wires).toHaveLength(1);
});

test("an answer that is ahead of what has come shows how far one is behind", async () => {
  goLive();
  await clock.pass(20_000);
  server.wire.tells({ type: "pong", n: 13 });
  expect(behind(connection)).toBe(3);
  for (const n of [11, 12, 13]) server.wire.tells({ type: "event", ...event(n, "claimed") });
  expect(behind(connection)).toBe(0);
});

test("when the browser says that the network is gone, the connection is lost at once", () => {
  goLive();
  socket.interrupt();
  expect(connection.phase).toBe("lost");
});

test("a connection that never opens is given up", async () => {
  socket.start();
  await clock.pass(8_000);
  expect(connection.phase).toBe("lost");
});

test("what an old connection still says is not heard", () => {
  goLive();
  const old = server.wire;
  old.breaks();
  old.tells({ type: "event", ...event(11, "claimed") });
  expect(frames.filter(({ type }) => type === "event")).toEqual([]);
});

test("a connection refused for want of a session is not tried again", async () => {
  goLive();
  server.wire.breaks(4401);
  await clock.pass(60_000);
  expect(unauthorized).toBe(1);
  expect(server.wires).toHaveLength(1);
});

test("a connection that never came about is told, one that broke is not", async () => {
  goLive();
  server.wire.breaks();
  expect(refused).toBe(0);
  await clock.pass(250);
  server.wire.breaks();
  expect(refused).toBe(1);
});

test("typing is told only while live", () => {
  socket.typing("c1", true);
  goLive();
  socket.typing("c1", true);
  expect(server.wire.sent.at(-1)).toEqual({ type: "typing", conversation_id: "c1", on: true });
});
