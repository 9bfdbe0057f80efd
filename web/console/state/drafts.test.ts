import { expect, test } from "vitest";
import { MemoryStorage } from "../testing/server";
import { emptyDraft, isSendable, keepDraft, readDraft, type DraftFile } from "./drafts";

const file: DraftFile = { key: "f", tab: "reply", name: "a.png", size: 1, attachment: null, failed: false };
const stored = { id: "a1", filename: "a.png", content_type: "image/png", size: 1, url: "/x" };

test("a draft is kept for its agent and its conversation", () => {
  const storage = new MemoryStorage();
  const draft = { ...emptyDraft, reply: "سلام" };
  keepDraft(storage, "me", "c1", draft);
  expect(readDraft(storage, "me", "c1")).toEqual(draft);
  expect(readDraft(storage, "omid", "c1")).toEqual(emptyDraft);
  expect(readDraft(storage, "me", "c2")).toEqual(emptyDraft);
});

test("an emptied draft leaves nothing behind", () => {
  const storage = new MemoryStorage();
  keepDraft(storage, "me", "c1", { ...emptyDraft, note: "x" });
  keepDraft(storage, "me", "c1", emptyDraft);
  expect(storage.getItem("peyk.draft.me.c1")).toBeNull();
});

test("a file on its way is not kept, one that arrived is", () => {
  const storage = new MemoryStorage();
  keepDraft(storage, "me", "c1", { ...emptyDraft, files: [file, { ...file, key: "g", attachment: stored }] });
  expect(readDraft(storage, "me", "c1").files.map(({ key }) => key)).toEqual(["g"]);
});

test("what was stored wrongly is no draft", () => {
  const storage = new MemoryStorage();
  storage.setItem("peyk.draft.me.c1", "{");
  expect(readDraft(storage, "me", "c1")).toEqual(emptyDraft);
});

test("words or files can be sent, blanks and files on their way cannot", () => {
  expect(isSendable({ ...emptyDraft, reply: "hi" })).toBe(true);
  expect(isSendable({ ...emptyDraft, reply: " \n " })).toBe(false);
  expect(isSendable({ ...emptyDraft, note: "hi" })).toBe(false);
  expect(isSendable({ ...emptyDraft, reply: "hi", files: [file] })).toBe(false);
  expect(isSendable({ ...emptyDraft, tab: "note", note: "hi", files: [file] })).toBe(true);
  expect(isSendable({ ...emptyDraft, files: [{ ...file, attachment: stored }] })).toBe(true);
});
