import { expect, test } from "vitest";
import { at, conversation, message } from "../testing/samples";
import { contactName, countUnread, Known, learn, markSeen, visitorMark } from "./known";

const { none } = Known;

test("a newer telling replaces an older one", () => {
  const first = learn(none, [conversation({ last_seq: 1 })]);
  expect(learn(first, [conversation({ last_seq: 2 })]).get("c1")?.last_seq).toBe(2);
});

test("an older telling that arrives late changes nothing", () => {
  const claimed = learn(none, [conversation({ state: "with_agent", ownership: 3, updated_at: at(0) })]);
  const late = conversation({ state: "waiting", ownership: 2, updated_at: at(1) });
  expect(learn(claimed, [late])).toBe(claimed);
});

test("of two tellings of one ownership and length the later updated one stands", () => {
  const first = learn(none, [conversation({ updated_at: at(2), snoozed_until: at(60) })]);
  expect(learn(first, [conversation({ updated_at: at(1) })]).get("c1")?.snoozed_until).toBe(at(60));
});

test("what a verb answers is kept as a summary", () => {
  const told = { ...conversation(), slots: { order: 1 }, handoffs: [], position: 1 };
  expect(learn(none, [told]).get("c1")).not.toHaveProperty("slots");
});

test("a blank name is no name, and nameless visitors are told apart by their id", () => {
  expect(contactName(conversation({ contact: { id: "x", name: "  ", proof: "anonymous" } }))).toBeNull();
  expect(visitorMark("0195-aaaa-bbbb-4f2a")).toBe("4F2A");
});

test("what changed since is found, what came and went too", () => {
  const many = learn(none, [1, 2, 3].map((n) => conversation({ id: `c${n}` })));
  const later = learn(many, [conversation({ id: "c2", last_seq: 2 }), conversation({ id: "c4" })]);
  expect(later.changedSince(many).sort()).toEqual(["c2", "c4"]);
  expect(later.keeping(({ id }) => id !== "c1").changedSince(later)).toEqual(["c1"]);
  expect(later.size).toBe(4);
  expect(many.get("c4")).toBeUndefined();
});

test("an event leaves what this agent has seen as it was", () => {
  const listed = learn(none, [conversation({ seen_seq: 1, unread: 2, last_seq: 3 })]);
  expect(learn(listed, [conversation({ last_seq: 4 })]).get("c1")).toMatchObject({ seen_seq: 1, unread: 2 });
});

test("a customer's message counts once as unread, another's never", () => {
  let known = learn(none, [conversation({ seen_seq: 1, unread: 0, last_seq: 1 })]);
  known = learn(known, [conversation({ last_seq: 3 })]);
  for (const told of [message(2), message(2), message(3, { author: { kind: "agent", id: "omid", name: "Omid" } })]) {
    known = countUnread(known, told);
  }
  expect(known.get("c1")?.unread).toBe(1);
});

test("a message that the list had counted already does not count again", () => {
  const known = learn(none, [conversation({ seen_seq: 0, unread: 1, last_seq: 1 })]);
  expect(countUnread(known, message(1)).get("c1")?.unread).toBe(1);
});

test("what was seen is not unread, and an earlier glance that is told late takes nothing back", () => {
  let known = learn(none, [conversation({ seen_seq: 0, unread: 3, last_seq: 3 })]);
  known = markSeen(known, "c1", 3, 0);
  expect(markSeen(known, "c1", 2, 1).get("c1")).toMatchObject({ seen_seq: 3, unread: 0 });
  expect(countUnread(known, message(3)).get("c1")?.unread).toBe(0);
});
