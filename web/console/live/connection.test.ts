import { expect, test } from "vitest";
import { backOff, behind, unconnected } from "./connection";
import { frameOf } from "./frames";

test("attempts grow apart to a ceiling, and not all in the same moment", () => {
  const longest = [0, 1, 2, 20].map((attempt) => backOff(attempt, () => 1));
  expect(longest).toEqual([500, 1000, 2000, 20_000]);
  expect(backOff(3, () => 0)).toBe(2000);
});

test("behind is what the server has and we have not", () => {
  expect(behind({ ...unconnected, n: 5, latest: 9 })).toBe(4);
  expect(behind({ ...unconnected, n: 9, latest: 9 })).toBe(0);
  expect(behind(unconnected)).toBe(0);
});

test("a frame that is not as it must be is no frame", () => {
  const bad = ["", "[", "7", '{"type":"new"}', '{"type":"event"}', '{"type":"ready","n":"1"}', null, new ArrayBuffer(1)];
  for (const data of bad) expect(frameOf(data)).toBeNull();
  expect(frameOf('{"type":"pong"}')).toEqual({ type: "pong" });
});
