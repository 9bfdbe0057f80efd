import { expect, test } from "vitest";
import type { Conversation } from "../api/shapes";
import { at, conversation, event, message } from "../testing/samples";
import { cursorOf } from "../state/listing";
import { liveConsole, type Console } from "../testing/console";

const ALL = { kind: "all" } as const;

function row(n: number, updated: number): Conversation {
  return conversation({ id: `c${n}`, updated_at: at(updated), seen_seq: 1, unread: 0 });
}

function page(from: number, count: number, next: string | null) {
  const items = Array.from({ length: count }, (_, n) => row(from + n, -(from + n)));
  return { body: { items, next } };
}

/** A console that looks at all conversations, and has gone far down. */
async function longList(): Promise<Console> {
  const made = await liveConsole("/console/all");
  const pages = Array.from({ length: 12 }, (_, n) => page(n * 100, 100, `page ${n + 1}`));
  made.server.on("GET /conversations", ...pages);
  made.app.lists.reload(ALL);
  await made.clock.pass(0);
  for (let more = 0; more < 11; more++) {
    made.app.lists.more(ALL);
    await made.clock.pass(0);
  }
  return made;
}

test("pages are fetched one after the other as the end comes near", async () => {
  const { app } = await longList();
  expect(app.store.get().known.size).toBe(1200);
  expect(app.lists.listing(ALL).ends).toHaveLength(12);
});

test("what is far below the screen is put away, and can be fetched again", async () => {
  const { app } = await longList();
  app.lists.showing({ key: "all", end: 20, rows: [] });
  app.lists.tidy();
  expect(app.store.get().known.size).toBe(400);
  expect(cursorOf(app.lists.listing(ALL))).toBe("page 4");
});

test("what stands on the screen and what is opened is never put away", async () => {
  const { app } = await longList();
  const rows = Array.from({ length: 900 }, (_, n) => `c${n}`);
  app.lists.showing({ key: "all", end: 890, rows });
  app.lists.tidy();
  expect(app.store.get().known.get("c889")).toBeDefined();
});

test("a long day of changes ends with as little in memory as it began", async () => {
  const { app, server, clock } = await longList();
  for (let n = 0; n < 3000; n++) {
    const told = conversation({ id: `new${n}`, updated_at: at(n) });
    server.wire.tells({ type: "event", ...event(11 + n, "conversation_started", { conversation: told }) });
  }
  app.lists.showing({ key: "all", end: 20, rows: [] });
  const newest = Array.from({ length: 100 }, (_, n) => conversation({ id: `new${2999 - n}`, updated_at: at(2999 - n) }));
  server.on("GET /conversations", { body: { items: newest, next: "more" } });
  await clock.pass(20_000);
  expect(app.store.get().known.size).toBe(100);
});

test("what a customer says is unread until it was seen, and the server is told once", async () => {
  const { app, server } = await liveConsole("/console/waiting");
  server.on("GET /conversations", { body: { items: [row(1, 0)], next: null } });
  server.on("POST /conversations/c1/seen", { body: { seen_seq: 2, unread: 0 } });
  app.lists.reload({ kind: "waiting" });
  await Promise.resolve();
  await new Promise((done) => setTimeout(done));
  const told = { conversation: conversation({ last_seq: 2 }), message: message(2), conversation_id: "c1" };
  server.wire.tells({ type: "event", ...event(11, "message_added", told) });
  expect(app.store.get().known.get("c1")?.unread).toBe(1);
  await app.lists.see("c1", 2);
  expect(app.store.get().known.get("c1")?.unread).toBe(0);
  expect(server.askedFor("POST /conversations/c1/seen").map(({ body }) => body)).toEqual([{ seq: 2 }]);
});
