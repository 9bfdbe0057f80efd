import { expect, test } from "vitest";
import type { KeptDraft } from "../api/writing";
import { liveConsole, type Console } from "../testing/console";
import { MemoryStorage } from "../testing/server";

const DRAFT = "/conversations/c1/draft";
const NONE: KeptDraft = { version: null, kind: "reply", reply: "", note: "", attachments: [], note_attachments: [], reply_to: null };

function kept(reply: string, version: string): KeptDraft {
  return { ...NONE, reply, version };
}

async function atDesk(stands: KeptDraft, storage?: MemoryStorage): Promise<Console> {
  const made = await liveConsole("/console/mine", 10, storage);
  made.server.on(`GET ${DRAFT}`, { body: stands });
  made.app.writing.open("c1");
  await made.clock.pass(0);
  return made;
}

function saved({ server }: Console): unknown[] {
  return server.askedFor(`PUT ${DRAFT}`).map(({ body }) => {
    const { version, reply } = body as KeptDraft;
    return [version, reply];
  });
}

test("what one wrote in another browser is there", async () => {
  const { app } = await atDesk(kept("from the phone", "v1"));
  expect(app.writing.draft("c1")).toMatchObject({ reply: "from the phone", version: "v1", unsaved: false });
});

test("a burst of keys is saved once, over the version that was known", async () => {
  const desk = await atDesk(kept("a", "v1"));
  desk.server.on(`PUT ${DRAFT}`, { body: kept("abc", "v2") });
  desk.app.writing.write("c1", { reply: "ab" });
  desk.app.writing.write("c1", { reply: "abc" });
  await desk.clock.pass(5_000);
  expect(saved(desk)).toEqual([["v1", "abc"]]);
  expect(desk.app.writing.draft("c1")).toMatchObject({ version: "v2", unsaved: false });
});

test("without a connection it is tried again", async () => {
  const desk = await atDesk(NONE);
  desk.server.on(`PUT ${DRAFT}`, "lost", { status: 503 }, { body: kept("a", "v1") });
  desk.app.writing.write("c1", { reply: "a" });
  await desk.clock.pass(20_000);
  expect(saved(desk)).toEqual([[null, "a"], [null, "a"], [null, "a"]]);
  expect(desk.app.writing.draft("c1").unsaved).toBe(false);
});

test("a save whose answer was lost is no conflict with itself", async () => {
  const desk = await atDesk(NONE);
  desk.server.on(`PUT ${DRAFT}`, "lost", { status: 409, body: { draft: kept("ab", "v1") } }, { body: kept("a new word", "v2") });
  desk.app.writing.write("c1", { reply: "ab" });
  await desk.clock.pass(1_000);
  desk.app.writing.write("c1", { reply: "a new word" });
  await desk.clock.pass(10_000);
  expect(saved(desk)).toEqual([[null, "ab"], [null, "a new word"], ["v1", "a new word"]]);
  expect(desk.app.writing.draft("c1")).toMatchObject({ other: null, version: "v2", unsaved: false });
});

test("newer words of another browser are not written over, and none are lost", async () => {
  const desk = await atDesk(kept("a", "v1"));
  desk.server.on(`PUT ${DRAFT}`, { status: 409, body: { draft: kept("theirs", "v2") } }, { body: kept("mine", "v3") });
  desk.app.writing.write("c1", { reply: "mine" });
  await desk.clock.pass(60_000);
  expect(saved(desk)).toEqual([["v1", "mine"]]);
  expect(desk.app.writing.draft("c1")).toMatchObject({ reply: "mine", other: { reply: "theirs" } });
  desk.app.writing.choose("c1", "mine");
  await desk.clock.pass(5_000);
  expect(saved(desk)).toEqual([["v1", "mine"], ["v2", "mine"]]);
  expect(desk.app.writing.draft("c1")).toMatchObject({ reply: "mine", other: null, version: "v3" });
});

test("what was sent takes its draft away, and what the other browser wrote comes up", async () => {
  const desk = await atDesk(kept("a", "v1"));
  desk.server.on(`PUT ${DRAFT}`, { status: 409, body: { draft: kept("theirs", "v2") } });
  desk.app.writing.write("c1", { reply: "mine" });
  await desk.clock.pass(5_000);
  desk.app.writing.send("c1");
  expect(desk.app.writing.draft("c1")).toMatchObject({ reply: "theirs", version: "v2", other: null });
});

test("what was written offline is saved after a reload", async () => {
  const storage = new MemoryStorage();
  const before = await atDesk(NONE, storage);
  before.server.on(`PUT ${DRAFT}`, "lost");
  before.app.writing.write("c1", { reply: "offline" });
  await before.clock.pass(1_000);
  const after = await atDesk(NONE, storage);
  after.server.on(`PUT ${DRAFT}`, { body: kept("offline", "v1") });
  await after.clock.pass(5_000);
  expect(saved(after)).toEqual([[null, "offline"]]);
  expect(after.app.writing.draft("c1")).toMatchObject({ reply: "offline", version: "v1", unsaved: false });
});

test("what was written elsewhere while the page lay behind others comes up when one looks again", async () => {
  const desk = await liveConsole("/console/mine/c1");
  desk.server.on(`GET ${DRAFT}`, { body: NONE }, { body: kept("from the phone", "v1") });
  desk.app.writing.open("c1");
  await desk.clock.pass(0);
  desk.app.looking(false);
  desk.app.looking(true);
  await desk.clock.pass(0);
  expect(desk.app.writing.draft("c1").reply).toBe("from the phone");
});
