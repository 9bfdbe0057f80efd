import { describe, expect, test } from "vitest";
import type { Text } from "../../shared/catalogue";
import { LOCALES } from "../../shared/locale";
import { loadWords } from ".";
import { ar } from "./ar";
import { en } from "./en";
import { fa } from "./fa";

const CATALOGUES = { en, fa, ar };

function forms(text: Text): string[] {
  return typeof text === "string" ? [text] : Object.values(text);
}

function places(text: Text): string[] {
  const other = typeof text === "string" ? text : text.other;
  return [...other.matchAll(/\{\w+\}/g)].map((match) => match[0]).sort();
}

describe.each(LOCALES)("the catalogue in %s", (locale) => {
  const texts: Record<string, Text> = CATALOGUES[locale];
  const english: Record<string, Text> = CATALOGUES.en;

  test("has every text and no other", () => {
    expect(Object.keys(texts).sort()).toEqual(Object.keys(english).sort());
  });

  test("has no empty text", () => {
    const empty = Object.keys(texts).filter((key) =>
      forms(texts[key] ?? "").some((form) => form.trim() === ""),
    );
    expect(empty).toEqual([]);
  });

  test("fills the same places as English", () => {
    for (const key of Object.keys(english)) {
      expect([key, places(texts[key] ?? "")]).toEqual([key, places(english[key] ?? "")]);
    }
  });

  test("is written in its own script", () => {
    const foreign = Object.keys(texts).filter((key) =>
      forms(texts[key] ?? "").some(
        (form) => /[\u0600-\u06ff]/.test(form) !== (locale !== "en"),
      ),
    );
    expect(foreign).toEqual([]);
  });
});

test.each([
  ["en", 1, "about 1 minute"],
  ["fa", 4, "حدود ۴ دقیقه"],
  ["ar", 2, "نحو دقيقتين"],
  ["ar", 11, "نحو ١١ دقيقة"],
] as const)("the wait is told in the grammar and digits of %s for %i", async (locale, count, told) => {
  expect((await loadWords(locale))("waiting_minutes", { count })).toBe(told);
});
