import { expect, test } from "vitest";
import { filtered, isAsking, nothing, queryOf, searchOf, searchParts, type Search } from "./search";

const SEARCHES: readonly Search[] = [
  nothing,
  { q: "کتاب من / #7", filters: {} },
  { q: "parcel", filters: { kind: "note", channel: "email", author: "customer" } },
  { q: "", filters: { from: "2026-11-01", to: "2026-11-21" } },
];

test.each(SEARCHES)("an address leads back to the search: $q", (search) => {
  expect(searchOf(searchParts(search))).toEqual(search);
});

test("what an address has wrong is left out", () => {
  expect(searchOf(["x", "kind=thought&from=yesterday&channel=&color=red"])).toEqual({ q: "x", filters: {} });
});

test("a filter is set and taken away", () => {
  const search = filtered(nothing, "channel", "email");
  expect(search.filters).toEqual({ channel: "email" });
  expect(filtered(search, "channel", "")).toEqual(nothing);
});

test("the last day counts as a whole", () => {
  const { from, to } = queryOf({ q: " x ", filters: { from: "2026-11-21", to: "2026-11-21" } });
  expect(Date.parse(to!) - Date.parse(from!)).toBe(24 * 3600_000);
});

test("signs alone ask for nothing", () => {
  expect(["", " ", "?!", "🙂"].map((q) => isAsking({ q, filters: {} }))).toEqual([false, false, false, false]);
  expect(isAsking({ q: "ك", filters: {} })).toBe(true);
});
