import { expect, test } from "vitest";
import { consoleAt, liveConsole, type Console } from "../testing/console";
import { ANOTHERS, message, MINE, opened } from "../testing/samples";

const PATH = "/console/mine/c1";
const REPLY = "POST /conversations/c1/replies";
const UNDO_MS = 5_000;
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
  desk.app.sending.send({ conversation: "c1", kind: "message", text: "hello" });
  await desk.clock.pass(0);
  expect(textsOf(desk)).toEqual(["message 1", "hello"]);
  expect(desk.app.store.get().outgoing).toEqual([]);
});

test("a reply whose answer was lost is asked again under the same key", async () => {
  const desk = await atDesk();
  desk.server.on(REPLY, "lost", { status: 503 }, answerWith(2, "hello"));
  desk.app.sending.send({ conversation: "c1", kind: "message", text: "hello" });
  await desk.clock.pass(10_000);
  const asked = desk.server.askedFor(REPLY);
  expect(asked).toHaveLength(3);
  expect(new Set(asked.map(({ key }) => key)).size).toBe(1);
  expect(textsOf(desk)).toEqual(["message 1", "hello"]);
});

test("two replies have two keys and are sent in order", async () => {
  const desk = await atDesk();
  desk.server.on(REPLY, "lost", answerWith(2, "one"), answerWith(3, "two"));
  desk.app.sending.send({ conversation: "c1", kind: "message", text: "one" });
  desk.app.sending.send({ conversation: "c1", kind: "message", text: "two" });
  await desk.clock.pass(10_000);
  const said = desk.server.askedFor(REPLY).map(({ body }) => (body as { text: string }).text);
  expect(said).toEqual(["one", "one", "two"]);
  expect(textsOf(desk)).toEqual(["message 1", "one", "two"]);
});

test("a reply that lost the race is refused, tells who has it, and its words come back", async () => {
  const desk = await atDesk();
  desk.server.on(REPLY, { status: 409, body: { state: "with_agent", owner: ANOTHERS, ownership: 9 } });
  desk.app.sending.send({ conversation: "c1", kind: "message", text: "hello" });
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
  desk.app.sending.send({ conversation: "c1", kind: "message", text: "hello" });
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
  desk.app.sending.send({ conversation: "c1", kind: "message", text: "hello" });
  await desk.clock.pass(0);
  expect(desk.app.store.get().session).toEqual({ phase: "signed_out", expired: true });
  expect(desk.storage.getItem("peyk.outgoing.me")).toContain("hello");
});

test("writing and sending empties the draft and says that one types no more", async () => {
  const desk = await atDesk();
  desk.server.on(REPLY, answerWith(2, "hello"));
  desk.app.writing.write("c1", { reply: "hello " });
  expect(desk.app.writing.send("c1")).toBe(true);
  await desk.clock.pass(UNDO_MS);
  expect(desk.app.writing.draft("c1").reply).toBe("");
  const typing = desk.server.wire.sent.filter(({ type }) => type === "typing").map(({ on }) => on);
  expect(typing).toEqual([true, false]);
  expect(desk.server.askedFor(REPLY)[0]?.body).toEqual({ text: "hello", attachments: [] });
});

test("a reply that is called back in time is never sent, and is a draft again", async () => {
  const desk = await atDesk();
  desk.server.on(REPLY, answerWith(2, "hello"));
  desk.app.writing.write("c1", { reply: "hello", replyTo: "m1" });
  desk.app.writing.send("c1");
  await desk.clock.pass(UNDO_MS - 1);
  const [held] = desk.app.store.get().outgoing;
  expect(held).toMatchObject({ state: "held", text: "hello" });
  desk.app.writing.undo(held!.key);
  await desk.clock.pass(UNDO_MS);
  expect(desk.server.askedFor(REPLY)).toEqual([]);
  expect(desk.app.writing.draft("c1")).toMatchObject({ reply: "hello", replyTo: "m1" });
});

test("a held reply goes before the next one, and before a verb", async () => {
  const desk = await atDesk();
  desk.server
    .on(REPLY, answerWith(2, "one"), answerWith(3, "two"))
    .on("POST /conversations/c1/resolve", { body: opened({ state: "resolved", last_seq: 3 }) });
  for (const reply of ["one", "two"]) {
    desk.app.writing.write("c1", { reply });
    desk.app.writing.send("c1");
  }
  await desk.clock.pass(0);
  expect(desk.server.askedFor(REPLY)).toHaveLength(1);
  expect(await desk.app.verbs.resolve("c1", "")).toBe(true);
  const order = desk.server.asked.filter(({ method }) => method === "POST").map(({ path }) => path.split("/").at(-1));
  expect(order).toEqual(["replies", "replies", "resolve"]);
});

test("a verb is not carried out before what was said, when that cannot be stored", async () => {
  const desk = await atDesk();
  desk.server.on(REPLY, "lost");
  desk.app.sending.send({ conversation: "c1", kind: "message", text: "hello" });
  await desk.clock.pass(0);
  expect(await desk.app.verbs.resolve("c1", "")).toBe(false);
  expect(desk.server.askedFor("POST /conversations/c1/resolve")).toEqual([]);
});

test("who leaves the page while a reply is held has sent it", async () => {
  const desk = await atDesk();
  desk.server.on(REPLY, answerWith(2, "hello"));
  desk.app.writing.write("c1", { reply: "hello" });
  desk.app.writing.send("c1");
  desk.app.leaving();
  await desk.clock.pass(0);
  expect(desk.server.askedFor(REPLY)).toHaveLength(1);
});

test("a reply that a crash cut short while it was held is a draft again", async () => {
  const desk = await atDesk();
  desk.app.writing.write("c1", { reply: "hello" });
  desk.app.writing.send("c1");
  const again = consoleAt(PATH, desk.storage);
  await again.app.session.check();
  await again.clock.pass(UNDO_MS);
  expect(again.app.writing.draft("c1").reply).toBe("");
  await again.clock.pass(UNDO_MS);
  expect(again.server.askedFor(REPLY)).toEqual([]);
  expect(again.app.writing.draft("c1").reply).toBe("hello");
});

test("a second window does not take what the first one still holds", async () => {
  const desk = await atDesk();
  desk.server.on(REPLY, answerWith(2, "hello"));
  desk.app.writing.write("c1", { reply: "hello" });
  desk.app.writing.send("c1");
  const second = consoleAt(PATH, desk.storage);
  await second.app.session.check();
  second.app.sending.send({ conversation: "c2", kind: "note", text: "x" });
  await desk.clock.pass(UNDO_MS);
  await second.clock.pass(UNDO_MS * 3);
  expect(desk.server.askedFor(REPLY)).toHaveLength(1);
  expect(second.app.writing.draft("c1").reply).toBe("");
});

test("a note goes at once, with its own files", async () => {
  const desk = await atDesk();
  const stored = { id: "a1", filename: "a.png", content_type: "image/png", size: 1, url: "/x" };
  desk.server
    .on("POST /attachments", { status: 201, body: stored })
    .on("POST /conversations/c1/notes", answerWith(2, "look"));
  desk.app.writing.write("c1", { tab: "note", note: "look" });
  await desk.app.writing.attach("c1", new File(["x"], "a.png"));
  desk.app.writing.send("c1");
  await desk.clock.pass(0);
  expect(desk.server.askedFor("POST /conversations/c1/notes")[0]?.body).toEqual({ text: "look", attachments: ["a1"] });
});
