import { expect, test } from "vitest";
import type { Wanted } from "../api/shapes";
import { ANOTHERS, at, conversation, MINE, NOON } from "../testing/samples";
import { belongs, compare, placeOf, viewKey, wantedOf, type View } from "./views";

function fits(view: View, change: Parameters<typeof conversation>[0] = {}, now = NOON): boolean {
  return belongs(wantedOf(view, [])!, conversation(change), "me", now);
}

const HELD = { state: "with_agent", owner: MINE } as const;

test("a snoozed conversation waits again when its time has come", () => {
  const snoozed = { snoozed_until: at(10) };
  expect(fits({ kind: "waiting" }, snoozed)).toBe(false);
  expect(fits({ kind: "snoozed" }, snoozed)).toBe(true);
  expect(fits({ kind: "waiting" }, snoozed, NOON + 11 * 60_000)).toBe(true);
});

test("a queue holds what waits in it and nothing else", () => {
  const queue = { kind: "queue", id: "q1" } as const;
  expect(fits(queue)).toBe(true);
  expect(fits(queue, { queue: { id: "q2", name: "Other" } })).toBe(false);
  expect(fits(queue, HELD)).toBe(false);
});

test("mine is what I hold, not what others hold; a snoozed one stays mine", () => {
  const mine = { kind: "mine" } as const;
  expect(fits(mine, HELD)).toBe(true);
  expect(fits(mine, { ...HELD, snoozed_until: at(10) })).toBe(true);
  expect(fits(mine, { state: "with_agent", owner: ANOTHERS })).toBe(false);
});

test("unassigned is what is open and with no agent", () => {
  const unassigned = { kind: "unassigned" } as const;
  expect(fits(unassigned)).toBe(true);
  expect(fits(unassigned, HELD)).toBe(false);
  expect(fits(unassigned, { state: "resolved" })).toBe(false);
});

test("a channel holds what is open on it", () => {
  expect(fits({ kind: "channel", id: "chat" })).toBe(true);
  expect(fits({ kind: "channel", id: "email" })).toBe(false);
  expect(fits({ kind: "channel", id: "chat" }, { state: "resolved" })).toBe(false);
});

test("a saved view asks what was saved, and nothing while it is not known", () => {
  const query = { open: true, language: "fa", owner: "omid" } as const;
  const saved = [{ id: "v1", name: "Persian", shared: false, query }];
  const wanted = wantedOf({ kind: "saved", id: "v1" }, saved)!;
  const persian = conversation({ state: "with_agent", owner: ANOTHERS, language: "fa" });
  expect(belongs(wanted, persian, "me", NOON)).toBe(true);
  expect(belongs(wanted, { ...persian, language: "ar" }, "me", NOON)).toBe(false);
  expect(belongs(wanted, { ...persian, owner: MINE }, "me", NOON)).toBe(false);
  expect(wantedOf({ kind: "saved", id: "v2" }, saved)).toBeNull();
});

test("who has waited longest comes first; elsewhere the latest change does", () => {
  const older = conversation({ id: "a", waiting_since: at(-9), updated_at: at(-9) });
  const newer = conversation({ id: "b", waiting_since: at(-1), updated_at: at(-1) });
  const order = (wanted: Wanted) => compare(wanted, placeOf(wanted, older), placeOf(wanted, newer));
  expect(order({ state: "waiting" })).toBeLessThan(0);
  expect(order({})).toBeGreaterThan(0);
});

test("microseconds decide between rows of one millisecond, as on the server", () => {
  const place = (updated_at: string, id = "a") => placeOf({}, conversation({ id, updated_at }));
  expect(compare({}, place("2026-11-21T12:00:00.000002Z"), place("2026-11-21T12:00:00.000010Z"))).toBeGreaterThan(0);
  expect(compare({}, place("2026-11-21T12:00:00Z", "a"), place("2026-11-21T12:00:00Z", "b"))).toBeGreaterThan(0);
});

test("queues with different ids have different lists", () => {
  expect(viewKey({ kind: "queue", id: "q1" })).not.toBe(viewKey({ kind: "queue", id: "q2" }));
});
