import { expect, test } from "vitest";
import { consoleAt, liveConsole, type Console } from "../testing/console";
import { ANOTHERS, message, MINE, opened } from "../testing/samples";

const PATH = "/console/mine/c1";
const REPLY = "POST /conversations/c1/replies";
const mine = opened({ state: "with_agent", owner: MINE });

async function atDesk(): Promise<Console> {
  const made = await liveConsole(PATH);
  made.server
    .on("GET /conversations/c1", { body: mine })
    .on("GET /conversations/c1/messages", { body: { items: [message(1)], next: null } })
    .on("GET /conversations/c1/events", { body: { items: [], next: null } });
  await made.app.conversations.open("c1");
  return made;
}

function answerWith(seq: number, text: string) {
  const stored = message(seq, { text, author: { kind: "agent", id: "me", name: "Sara" } });
  return { status: 201, body: { ...mine, last_seq: seq, message: stored } };
}

function textsOf({ app }: Console): string[] {
  return app.store.get().opened.get("c1")?.transcript.messages.map(({ text }) => text) ?? [];
}

test("a reply that was stored stands in the transcript and is no longer on its way", async () => {
  const desk = await atDesk();
  desk.server.on(REPLY, answerWith(2, "hello"));
  desk.app.sending.send("c1", "message", "hello", []);
  await desk.clock.pass(0);
  expect(textsOf(desk)).toEqual(["message 1", "hello"]);
  expect(desk.app.store.get().outgoing).toEqual([]);
});

test("a reply whose answer was lost is asked again under the same key", async () => {
  const desk = await atDesk();
  desk.server.on(REPLY, "lost", { status: 503 }, answerWith(2, "hello"));
  desk.app.sending.send("c1", "message", "hello", []);
  await desk.clock.pass(10_000);
  const asked = desk.server.askedFor(REPLY);
  expect(asked).toHaveLength(3);
  expect(new Set(asked.map(({ key }) => key)).size).toBe(1);
  expect(textsOf(desk)).toEqual(["message 1", "hello"]);
});

test("two replies have two keys and are sent in order", async () => {
  const desk = await atDesk();
  desk.server.on(REPLY, "lost", answerWith(2, "one"), answerWith(3, "two"));
  desk.app.sending.send("c1", "message", "one", []);
  desk.app.sending.send("c1", "message", "two", []);
  await desk.clock.pass(10_000);
  const said = desk.server.askedFor(REPLY).map(({ body }) => (body as { text: string }).text);
  expect(said).toEqual(["one", "one", "two"]);
  expect(textsOf(desk)).toEqual(["message 1", "one", "two"]);
});

test("a reply that lost the race is refused, tells who has it, and its words come back", async () => {
  const desk = await atDesk();
  desk.server.on(REPLY, { status: 409, body: { state: "with_agent", owner: ANOTHERS, ownership: 9 } });
  desk.app.sending.send("c1", "message", "hello", []);
  await desk.clock.pass(0);
  const [refused] = desk.app.store.get().outgoing;
  expect(refused?.state).toBe("refused");
  expect(desk.app.store.get().notices).toHaveLength(1);
  desk.app.writing.bringBack(desk.app.sending.takeBack(refused!.key)!);
  expect(desk.app.writing.draft("c1").reply).toBe("hello");
  expect(desk.app.store.get().outgoing).toEqual([]);
});

test("what was on its way when the page was left is sent when it comes back", async () => {
  const desk = await atDesk();
  desk.server.on(REPLY, "lost");
  desk.app.sending.send("c1", "message", "hello", []);
  await desk.clock.pass(0);
  const again = consoleAt(PATH, desk.storage);
  again.server.on(REPLY, answerWith(2, "hello"));
  await again.app.session.check();
  await again.clock.pass(0);
  const keys = [...desk.server.askedFor(REPLY), ...again.server.askedFor(REPLY)].map(({ key }) => key);
  expect(new Set(keys).size).toBe(1);
  expect(again.app.store.get().outgoing).toEqual([]);
});

test("a session that ended keeps the reply for after signing in", async () => {
  const desk = await atDesk();
  desk.server.on(REPLY, { status: 401 });
  desk.app.sending.send("c1", "message", "hello", []);
  await desk.clock.pass(0);
  expect(desk.app.store.get().session).toEqual({ phase: "signed_out", expired: true });
  expect(desk.storage.getItem("peyk.outgoing.me")).toContain("hello");
});

test("writing and sending empties the draft and says that one types no more", async () => {
  const desk = await atDesk();
  desk.server.on(REPLY, answerWith(2, "hello"));
  desk.app.writing.write("c1", { reply: "hello " });
  expect(desk.app.writing.send("c1")).toBe(true);
  await desk.clock.pass(0);
  expect(desk.app.writing.draft("c1").reply).toBe("");
  const typing = desk.server.wire.sent.filter(({ type }) => type === "typing").map(({ on }) => on);
  expect(typing).toEqual([true, false]);
  expect(desk.server.askedFor(REPLY)[0]?.body).toEqual({ text: "hello", attachments: [] });
});
