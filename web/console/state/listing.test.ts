import { expect, test } from "vitest";
import { at, conversation } from "../testing/samples";
import { cursorOf, cutBehind, fetched, horizonOf, unfetched } from "./listing";
import { placeOf } from "./views";

const WANTED = { state: "waiting" } as const;
const row = (minutes: number) => conversation({ id: `c${minutes}`, waiting_since: at(-minutes) });
const place = (minutes: number) => placeOf(WANTED, row(minutes));

const one = fetched(WANTED, [], { items: [row(9), row(8)], next: "a" });
const two = fetched(WANTED, one.ends, { items: [row(7), row(6)], next: "b" });

test("page after page the horizon moves on, until there is none", () => {
  expect(cursorOf(unfetched)).toBeNull();
  expect([cursorOf(one), cursorOf(two)]).toEqual(["a", "b"]);
  expect(horizonOf(two)).toEqual(place(6));
  const last = fetched(WANTED, two.ends, { items: [row(5)], next: null });
  expect(cursorOf(last)).toBeUndefined();
  expect(horizonOf(last)).toBeNull();
});

test("pages far behind a row are forgotten, and can be fetched again", () => {
  const last = fetched(WANTED, two.ends, { items: [row(5)], next: null });
  const cut = cutBehind(WANTED, last, place(8));
  expect(horizonOf(cut)).toEqual(place(8));
  expect(cursorOf(cut)).toBe("a");
  expect(cutBehind(WANTED, last, place(7)).ends).toHaveLength(2);
});

test("nothing is cut when no page ends behind the row", () => {
  expect(cutBehind(WANTED, two, place(5))).toBe(two);
});
