import { expect, test } from "vitest";
import { home, pathOf, routeOf, type Route } from "./route";

const ROUTES: readonly Route[] = [
  { place: "desk", view: { kind: "waiting" }, conversation: null },
  { place: "desk", view: { kind: "mine" }, conversation: "c1" },
  { place: "desk", view: { kind: "queue", id: "q 1/ä" }, conversation: "c1" },
  { place: "desk", view: { kind: "queue", id: "q1" }, conversation: null },
  { place: "settings", page: "inboxes" },
  { place: "search", q: "", filters: {} },
  { place: "search", q: "a/b #7", filters: { kind: "note", from: "2026-11-01" } },
];

test.each(ROUTES)("an address leads back to where it was taken from: $place", (route) => {
  expect(routeOf(pathOf(route))).toEqual(route);
});

test("an address that says nothing known leads home", () => {
  for (const path of ["/console", "/console/", "/console/nowhere/x", "/else", "/console/%E0%A4%A"]) {
    expect(routeOf(path)).toEqual(home);
  }
  expect(routeOf("/console/settings/unknown")).toEqual({ place: "settings", page: "account" });
});
