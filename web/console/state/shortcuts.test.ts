import { expect, test } from "vitest";
import { neighbour, shortcutOf, type Pressed } from "./shortcuts";

function press(key: string, change: Partial<Pressed> = {}): Pressed {
  return { key, code: "", ctrlKey: false, metaKey: false, altKey: false, ...change };
}

test("a key does what the sheet says", () => {
  expect(shortcutOf(press("j"))).toBe("next");
  expect(shortcutOf(press("?"))).toBe("sheet");
  expect(shortcutOf(press("x"))).toBeNull();
});

test("a key held with another is not ours", () => {
  expect(shortcutOf(press("c", { ctrlKey: true }))).toBeNull();
});

test("on a Persian keyboard the same place does the same", () => {
  expect(shortcutOf(press("ت", { code: "KeyJ" }))).toBe("next");
  expect(shortcutOf(press("؟"))).toBe("sheet");
});

test("the list is walked from end to end and not beyond", () => {
  const rows = ["a", "b", "c"];
  expect(neighbour(rows, null, 1)).toBe("a");
  expect(neighbour(rows, "a", 1)).toBe("b");
  expect(neighbour(rows, "c", 1)).toBe("c");
  expect(neighbour(rows, "gone", -1)).toBe("a");
  expect(neighbour([], "a", 1)).toBeNull();
});
