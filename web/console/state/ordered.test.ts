import { expect, test } from "vitest";
import type { Conversation } from "../api/shapes";
import { at, conversation, NOON } from "../testing/samples";
import { Known, learn } from "./known";
import { order, type Scope } from "./ordered";
import { placeOf } from "./views";

const WANTED = { state: "waiting" } as const;
const scope: Scope = { wanted: WANTED, horizon: null, me: "me", now: NOON };

function waiting(n: number, since: number, change: Partial<Conversation> = {}): Conversation {
  return conversation({ id: `c${n}`, waiting_since: at(since), ...change });
}

const three = learn(Known.none, [waiting(1, -1), waiting(2, -2), waiting(3, -3)]);

test("a change moves its row alone, and comes to what ordering anew comes to", () => {
  let known = three;
  let ordered = order(null, known, scope);
  let seed = 7;
  const random = (below: number): number => (seed = (seed * 16807) % 2147483647) % below;
  for (let step = 0; step < 300; step++) {
    const change = random(3) === 0 ? ({ state: "resolved" } as const) : {};
    known = learn(known, [waiting(random(40), -random(50), { ...change, last_seq: step + 2 })]);
    ordered = order(ordered, known, scope);
    expect(ordered.ids).toEqual(order(null, known, scope).ids);
  }
  expect(ordered.ids.length).toBeGreaterThan(5);
});

test("rows beyond what was fetched are not shown, so that none between is missing", () => {
  const horizon = placeOf(WANTED, waiting(2, -2));
  expect(order(null, three, { ...scope, horizon }).ids).toEqual(["c3", "c2"]);
});

test("as long as nothing moves the rows are the same array", () => {
  const before = order(null, three, scope);
  const after = order(before, learn(three, [waiting(2, -2, { last_seq: 9 })]), scope);
  expect(after.ids).toBe(before.ids);
});

test("a conversation that was put away leaves", () => {
  const before = order(null, three, scope);
  expect(order(before, three.keeping(({ id }) => id !== "c2"), scope).ids).toEqual(["c3", "c1"]);
});
