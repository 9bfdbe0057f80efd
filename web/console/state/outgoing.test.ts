import { expect, test } from "vitest";
import { add, drop, due, mark, released, revived, type Outgoing } from "./outgoing";

function outgoing(key: string, change: Partial<Outgoing> = {}): Outgoing {
  return {
    key,
    conversation: "c1",
    kind: "message",
    text: key,
    attachments: [],
    replyTo: null,
    at: "2026-11-21T12:00:00Z",
    state: "waiting",
    until: null,
    why: null,
    ...change,
  };
}

test("only the oldest of a conversation is due, so that order holds", () => {
  const all = [outgoing("a"), outgoing("b"), outgoing("c", { conversation: "c2" })];
  expect(due(all).map(({ key }) => key)).toEqual(["a", "c"]);
});

test("nothing overtakes one that is being sent or was refused", () => {
  expect(due([outgoing("a", { state: "sending" }), outgoing("b")])).toEqual([]);
  expect(due([outgoing("a", { state: "refused" }), outgoing("b")])).toEqual([]);
});

test("a mark changes one and a drop takes one away", () => {
  const all = add([outgoing("a")], outgoing("b"));
  expect(mark(all, "b", "refused", "no").map(({ state }) => state)).toEqual(["waiting", "refused"]);
  expect(drop(all, "a").map(({ key }) => key)).toEqual(["b"]);
});

test("what was being sent when the page was left is tried again under its key", () => {
  const [one] = revived([outgoing("a", { state: "sending" })]);
  expect(one).toMatchObject({ key: "a", state: "waiting" });
});

test("what was stored wrongly is not sent", () => {
  expect(revived(null)).toEqual([]);
  expect(revived([{ key: 1 }, "x", null])).toEqual([]);
});

test("one that is held is not due until it is released, and holds back nothing but itself", () => {
  const all = [outgoing("a", { state: "held" }), outgoing("b", { conversation: "c2", state: "held" })];
  expect(due(all)).toEqual([]);
  expect(due(released(all, "c1")).map(({ key }) => key)).toEqual(["a"]);
  expect(due(released(all)).map(({ key }) => key)).toEqual(["a", "b"]);
});
