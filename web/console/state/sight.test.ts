import { expect, test } from "vitest";
import { anchorOf, scrollFor, scrollToShow, spanOf } from "./sight";

const ROWS = Array.from({ length: 100 }, (_, n) => `r${n}`);

test("the rows in sight are drawn, and a few beside them", () => {
  expect(spanOf(0, 500, 100, 100)).toEqual({ first: 0, end: 11 });
  expect(spanOf(5000, 500, 100, 100)).toEqual({ first: 44, end: 61 });
  expect(spanOf(9500, 500, 100, 100)).toEqual({ first: 89, end: 100 });
});

test("however long the list, as many rows are drawn", () => {
  const { first, end } = spanOf(400_000, 800, 84, 10_000);
  expect(end - first).toBeLessThan(30);
});

test("a list that became short draws what is left", () => {
  expect(spanOf(5000, 500, 100, 3)).toEqual({ first: 2, end: 3 });
  expect(spanOf(5000, 500, 100, 0)).toEqual({ first: 0, end: 0 });
});

test("what stands at the upper edge stays there when rows come above it", () => {
  const anchor = anchorOf(ROWS, 1030, 100)!;
  expect(anchor).toEqual({ id: "r10", above: 30 });
  expect(scrollFor(anchor, ROWS, ["new", ...ROWS], 100)).toBe(1130);
  expect(scrollFor(anchor, ROWS, ROWS.slice(3), 100)).toBe(730);
  expect(scrollFor(anchor, ROWS, ROWS, 100)).toBeNull();
});

test("when it leaves, the next that stays takes its place", () => {
  const anchor = anchorOf(ROWS, 1030, 100)!;
  const without = ROWS.filter((id) => id !== "r10" && id !== "r11");
  expect(scrollFor(anchor, ROWS, ["new", ...without], 100)).toBe(1130);
});

test("at the very top nothing is held: what is new is to be seen", () => {
  expect(anchorOf(ROWS, 0, 100)).toBeNull();
});

test("a row is brought into sight by as little as needed", () => {
  expect(scrollToShow(3, 0, 500, 100)).toBeNull();
  expect(scrollToShow(9, 0, 500, 100)).toBe(500);
  expect(scrollToShow(2, 700, 500, 100)).toBe(200);
});
