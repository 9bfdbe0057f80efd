import { expect, test } from "vitest";
import type { KeptDraft } from "../api/writing";
import { emptyDraft, type Draft } from "./drafts";
import { keptMine, merged, taken } from "./merging";

function kept(reply: string, version: string | null = "v2"): KeptDraft {
  return { version, kind: "reply", reply, note: "", attachments: [], note_attachments: [], reply_to: null };
}

function written(reply: string, change: Partial<Draft> = {}): Draft {
  return { ...emptyDraft, reply, version: "v1", unsaved: true, ...change };
}

test("what was saved from here gives way to what another browser wrote since", () => {
  expect(merged(written("old", { unsaved: false }), kept("new"))).toMatchObject({ reply: "new", version: "v2", unsaved: false });
  expect(merged(written("old", { unsaved: false }), kept("", null))).toMatchObject({ reply: "", version: null });
});

test("the same words are the same draft", () => {
  expect(merged(written("same"), kept("same"))).toMatchObject({ version: "v2", unsaved: false });
});

test("who wrote on from the other's words has the longer ones", () => {
  expect(merged(written("Hello Mina"), kept("Hello"))).toMatchObject({ reply: "Hello Mina", version: "v2", unsaved: true });
  expect(merged(written("Hello"), kept("Hello Mina"))).toMatchObject({ reply: "Hello Mina", version: "v2", unsaved: false });
});

test("what was written here stays when nothing stands on the server any more", () => {
  expect(merged(written("mine"), kept("", null))).toMatchObject({ reply: "mine", version: null, unsaved: true });
});

test("of two different texts none is lost: the agent chooses", () => {
  const both = merged(written("mine"), kept("theirs"));
  expect(both).toMatchObject({ reply: "mine", version: "v1", other: kept("theirs") });
  expect(keptMine(both, both.other!)).toMatchObject({ reply: "mine", version: "v2", unsaved: true, other: null });
  expect(taken(both, both.other!)).toMatchObject({ reply: "theirs", version: "v2", unsaved: false, other: null });
});
