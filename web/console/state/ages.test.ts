import { expect, test } from "vitest";
import { at, NOON } from "../testing/samples";
import { ageOf, waited } from "./ages";

test("waiting ages from fresh over warm to late", () => {
  expect([at(-1), at(-2), at(-9), at(-10)].map((since) => ageOf(since, NOON))).toEqual([
    "fresh",
    "warm",
    "warm",
    "late",
  ]);
});

test("hours are told with their minutes while these still matter", () => {
  expect(waited(at(-125), NOON, "en")).toBe("2 hr 5 min");
  expect(waited(at(-120), NOON, "en")).toBe("2 hr");
  expect(waited(at(-11 * 60 - 5), NOON, "en")).toBe("11 hr");
});

test("times are told in the digits of the language", () => {
  expect(waited(at(-12), NOON, "fa")).toContain("۱۲");
  expect(waited(at(-12), NOON, "ar")).toContain("١٢");
});

test("a clock that is behind the server's shows no time below nothing", () => {
  expect(waited(at(5), NOON, "en")).toBe("0 sec");
});
