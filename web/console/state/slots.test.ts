import { expect, test } from "vitest";
import { addedSlot, changedSlots, readSlot, showSlot, slotTitle } from "./slots";

test("a slot is shown as people read it", () => {
  expect(slotTitle("order_number")).toBe("order number");
  expect([showSlot(null), showSlot(4821), showSlot(["a"])]).toEqual(["", "4821", '["a"]']);
});

test("what is typed stays of the kind that it replaces", () => {
  expect(readSlot("5", 4)).toBe(5);
  expect(readSlot("5", "4")).toBe("5");
  expect(readSlot("true", false)).toBe(true);
  expect(readSlot('["b"]', ["a"])).toEqual(["b"]);
  expect(readSlot("[", ["a"])).toEqual(["a"]);
  expect(readSlot("  ", "x")).toBeNull();
});

test("only what was changed is sent", () => {
  expect(changedSlots({ a: "1", b: "2" }, { a: "1", b: "3" })).toEqual({ b: "3" });
});

test("a slot that was not known is added under the bot's kind of name", () => {
  expect(addedSlot(" order number ", "PK-1001 ")).toEqual({ order_number: "PK-1001" });
  expect(addedSlot("", "x")).toEqual({});
  expect(addedSlot("x", " ")).toEqual({});
});
