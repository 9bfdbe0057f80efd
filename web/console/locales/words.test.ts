import { expect, test } from "vitest";
import type { Text } from "../../shared/catalogue";
import { ar } from "./ar";
import { en } from "./en";
import { fa } from "./fa";
import { sayOr, words, type Key } from "./words";

const KEYS = Object.keys(en) as Key[];

test.each([
  ["fa", fa],
  ["ar", ar],
] as const)("%s has every text that English has, and no other", (_, catalogue) => {
  expect(Object.keys(catalogue).sort()).toEqual([...KEYS].sort());
});

test.each([
  ["fa", fa],
  ["ar", ar],
] as const)("%s leaves no place unfilled and fills none that English does not have", (_, catalogue) => {
  for (const key of KEYS) {
    const wanted = placesOf(en[key]);
    for (const form of formsOf(catalogue[key])) {
      for (const place of placesOf(form)) expect(wanted, key).toContain(place);
    }
    expect(placesOf(catalogue[key]), key).toEqual(wanted);
  }
});

test.each([
  ["fa", fa],
  ["ar", ar],
] as const)("%s is translated throughout", (_, catalogue) => {
  const same = KEYS.filter((key) => JSON.stringify(catalogue[key]) === JSON.stringify(en[key]));
  expect(same).toEqual(["transfer.agent"]);
});

test("Persian is written with Persian letters", () => {
  const arabicLetters = KEYS.filter((key) => formsOf(fa[key]).some((form) => /[يكىة]/.test(form)));
  expect(arabicLetters).toEqual([]);
});

test("numbers are written in the language's digits and counted by its grammar", () => {
  expect(words("fa")("queues.waiting", { count: 12 })).toBe("۱۲ گفت‌وگو در انتظار");
  expect(words("ar")("queues.waiting", { count: 2 })).toBe("محادثتان في الانتظار");
  expect(words("ar")("queues.waiting", { count: 5 })).toBe("٥ محادثات في الانتظار");
  expect(words("en")("queues.waiting", { count: 1 })).toBe("1 conversation waiting");
});

test("a name is isolated from its sentence", () => {
  expect(words("fa")("lost.agent", { name: "Sara" })).toContain("\u2068Sara\u2069");
});

test("a word of the wire that is not known yet is shown as it is", () => {
  expect(sayOr(words("en"), "reason", "asked_for_person")).toBe("Asked for a person");
  expect(sayOr(words("en"), "reason", "moon_is_full")).toBe("moon is full");
});

function formsOf(text: Text): string[] {
  return typeof text === "string" ? [text] : Object.values(text);
}

function placesOf(text: Text): string[] {
  const found = formsOf(text).flatMap((form) => [...form.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!));
  return [...new Set(found)].sort();
}
