import { describe, expect, test } from "vitest";
import { copied, daysFor, endOf, nextSpan, readHours, shownEnd, usualHours, withSpans, wrongSpans } from "./hours";

describe("the hours of an inbox", () => {
  test("a week begins and rests as its readers are used to", () => {
    expect(daysFor("en")[0]).toBe("mon");
    expect(daysFor("fa")[0]).toBe("sat");
    expect(usualHours("fa", "Asia/Tehran").weekly.fri).toEqual([]);
    expect(usualHours("en", "UTC").weekly.fri).toEqual([["09:00", "17:00"]]);
  });

  test("days that are not stored are closed", () => {
    const hours = readHours({ timezone: "UTC", weekly: { mon: [["08:00", "12:00"]] } });
    expect(hours?.weekly.mon).toEqual([["08:00", "12:00"]]);
    expect(hours?.weekly.sun).toEqual([]);
    expect(readHours(null)).toBeNull();
  });

  test("hours are copied to the days that are open", () => {
    const hours = withSpans(usualHours("en", "UTC"), "mon", [["10:00", "14:00"]]);
    const after = copied(hours, "mon");
    expect(after.weekly.thu).toEqual([["10:00", "14:00"]]);
    expect(after.weekly.sun).toEqual([]);
  });

  test("further hours begin after a break, and end with the day at the latest", () => {
    expect(nextSpan([])).toEqual(["09:00", "17:00"]);
    expect(nextSpan([["09:00", "12:00"]])).toEqual(["13:00", "16:00"]);
    expect(nextSpan([["09:00", "22:00"]])).toEqual(["23:00", "24:00"]);
  });

  test.each([
    [[["09:00", "17:00"]], null],
    [[["18:00", "24:00"], ["09:00", "12:00"]], null],
    [[["09:00", "12:00"], ["12:00", "13:00"]], null],
    [[["17:00", "09:00"]], "order"],
    [[["09:00", "09:00"]], "order"],
    [[["09:00", "12:00"], ["11:59", "13:00"]], "overlap"],
    [[["", "12:00"]], "empty"],
  ] as const)("%j is %s", (spans, wrong) => {
    expect(wrongSpans(spans)).toBe(wrong);
  });

  test("midnight at the end of a span is the end of the day", () => {
    expect(endOf("00:00")).toBe("24:00");
    expect(shownEnd("24:00")).toBe("00:00");
    expect(endOf("17:00")).toBe("17:00");
  });
});
