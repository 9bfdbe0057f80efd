import { expect, test } from "vitest";
import { MemoryStorage } from "../testing/server";
import { EMOJI, GROUPS, moved, noteEmoji, recentEmoji } from "./emoji";

test("no emoji stands twice", () => {
  const all = GROUPS.flatMap((group) => EMOJI[group]);
  expect(all.filter((one, at) => all.indexOf(one) !== at)).toEqual([]);
});

test("those used last come first, each once", () => {
  const storage = new MemoryStorage();
  for (const one of ["👍", "🙏", "👍"]) noteEmoji(storage, one);
  expect(recentEmoji(storage)).toEqual(["👍", "🙏"]);
});

test("arrows follow the direction of the page and stop at the ends", () => {
  expect(moved(1, "ArrowRight", 20, 9, false)).toBe(2);
  expect(moved(1, "ArrowRight", 20, 9, true)).toBe(0);
  expect(moved(1, "ArrowDown", 20, 9, true)).toBe(10);
  expect(moved(0, "ArrowLeft", 20, 9, false)).toBe(0);
  expect(moved(15, "ArrowDown", 20, 9, false)).toBe(15);
  expect(moved(3, "End", 20, 9, false)).toBe(19);
});
