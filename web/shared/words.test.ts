import { describe, expect, test } from "vitest";
import { translator } from "./catalogue";
import { formatNumber, formatSize, localDigits } from "./digits";
import { direction, matchLocale } from "./locale";
import { formatClock, formatDay, formatDuration } from "./time";

describe("languages", () => {
  test("the first language that Peyk speaks is taken", () => {
    expect(matchLocale([null, "de-DE", "fa-IR", "en"])).toBe("fa");
    expect(matchLocale(["AR_eg"])).toBe("ar");
    expect(matchLocale(["fr", undefined, ""])).toBeNull();
  });

  test("Persian and Arabic are written from right to left", () => {
    expect([direction("en"), direction("fa"), direction("ar")]).toEqual(["ltr", "rtl", "rtl"]);
  });
});

describe("numbers and sizes", () => {
  test("digits are those of the language", () => {
    expect(localDigits("12", "fa")).toBe("۱۲");
    expect(localDigits("12", "ar")).toBe("١٢");
    expect(formatNumber(1200, "en")).toBe("1,200");
    expect(formatNumber(7, "ar")).toBe("٧");
  });

  test("sizes are scaled", () => {
    expect(formatSize(340_000, "en")).toBe("340 kB");
    expect(formatSize(2_500_000, "en")).toBe("2.5 MB");
  });
});

describe("times", () => {
  const now = new Date(2026, 10, 21, 0, 10);

  test("days are named from where the reader stands", () => {
    expect(formatDay(new Date(2026, 10, 21, 0, 1), now, "en")).toBe("Today");
    expect(formatDay(new Date(2026, 10, 20, 23, 59), now, "en")).toBe("Yesterday");
    expect(formatDay(new Date(2026, 10, 18, 12), now, "en")).toBe("Wednesday");
    expect(formatDay(new Date(2025, 10, 18, 12), now, "en")).toBe("November 18, 2025");
  });

  test("Persian readers get their calendar and digits", () => {
    expect(formatDay(new Date(2025, 2, 21, 12), now, "fa")).toContain("۱۴۰۴");
    expect(formatClock(new Date(2026, 10, 21, 14, 5), "fa")).toBe("۱۴:۰۵");
  });

  test("durations show their largest unit", () => {
    expect(formatDuration(45, "en")).toBe("45 sec");
    expect(formatDuration(200, "en")).toBe("3 min");
    expect(formatDuration(7300, "en")).toBe("2 hr");
  });
});

describe("texts", () => {
  const texts = {
    hello: "Hello {name}, {gone}",
    minutes: { one: "{count} minute", other: "{count} minutes" },
  } as const;

  test("places are filled and unknown ones stay visible", () => {
    expect(translator(texts, "en")("hello", { name: "Sara" })).toBe("Hello Sara, {gone}");
  });

  test("the form follows the number", () => {
    const t = translator(texts, "en");
    expect(t("minutes", { count: 1 })).toBe("1 minute");
    expect(t("minutes", { count: 4 })).toBe("4 minutes");
  });
});
