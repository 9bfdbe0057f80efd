import { expect, test } from "vitest";
import { ANOTHERS, at, conversation, MINE, NOON } from "../testing/samples";
import { fetched, rowsOf, unfetched } from "./listing";
import { learn } from "./known";
import { belongs, compare, viewKey } from "./views";

const waiting = { kind: "waiting" } as const;

test("a snoozed conversation waits again when its time has come", () => {
  const snoozed = conversation({ snoozed_until: at(10) });
  expect(belongs(waiting, snoozed, "me", NOON)).toBe(false);
  expect(belongs(waiting, snoozed, "me", NOON + 11 * 60_000)).toBe(true);
});

test("a queue holds what waits in it and nothing else", () => {
  const queue = { kind: "queue", id: "q1" } as const;
  expect(belongs(queue, conversation(), "me", NOON)).toBe(true);
  expect(belongs(queue, conversation({ queue: { id: "q2", name: "Other" } }), "me", NOON)).toBe(false);
  expect(belongs(queue, conversation({ state: "with_agent", owner: MINE }), "me", NOON)).toBe(false);
});

test("mine is what I hold, not what others hold", () => {
  const mine = { kind: "mine" } as const;
  expect(belongs(mine, conversation({ state: "with_agent", owner: MINE }), "me", NOON)).toBe(true);
  expect(belongs(mine, conversation({ state: "with_agent", owner: ANOTHERS }), "me", NOON)).toBe(false);
});

test("who has waited longest comes first; elsewhere the latest change does", () => {
  const older = conversation({ id: "a", waiting_since: at(-9), updated_at: at(-9) });
  const newer = conversation({ id: "b", waiting_since: at(-1), updated_at: at(-1) });
  expect(compare(waiting, older, newer)).toBeLessThan(0);
  expect(compare({ kind: "all" }, older, newer)).toBeGreaterThan(0);
});

test("rows beyond what was fetched are not shown, so that none between is missing", () => {
  const items = [1, 2, 3].map((n) => conversation({ id: `c${n}`, waiting_since: at(-n) }));
  const known = learn(new Map(), items);
  const page = fetched({ items: [items[2]!, items[1]!], next: "more" });
  expect(rowsOf(waiting, page, known, "me", NOON).map(({ id }) => id)).toEqual(["c3", "c2"]);
  expect(rowsOf(waiting, unfetched, known, "me", NOON)).toHaveLength(3);
});

test("queues with different ids have different lists", () => {
  expect(viewKey({ kind: "queue", id: "q1" })).not.toBe(viewKey({ kind: "queue", id: "q2" }));
});
