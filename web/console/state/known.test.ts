import { expect, test } from "vitest";
import { at, conversation } from "../testing/samples";
import { contactName, learn, visitorMark } from "./known";

const none = new Map();

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
