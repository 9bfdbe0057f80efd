import { expect, test } from "vitest";
import { holdStill } from "./still";

test("a list that is not held is as it should be", () => {
  expect(holdStill(["a", "b"], ["b", "c"], false)).toEqual({ rows: ["b", "c"], held: 0 });
});

test("while held nothing moves, and what left stays in its place", () => {
  expect(holdStill(["a", "b", "c"], ["c", "a"], true).rows).toEqual(["a", "b", "c"]);
});

test("while held new rows above are counted, not shown", () => {
  expect(holdStill(["a", "b"], ["new", "a", "newer", "b"], true)).toEqual({ rows: ["a", "b"], held: 2 });
});

test("new rows after everything shown move nothing, and are shown", () => {
  expect(holdStill(["a", "b"], ["a", "b", "c"], true)).toEqual({ rows: ["a", "b", "c"], held: 0 });
});

test("an empty list has nothing to hold", () => {
  expect(holdStill([], ["a"], true)).toEqual({ rows: ["a"], held: 0 });
});
