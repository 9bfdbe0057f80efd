import { expect, test } from "vitest";
import { formatComing, formatDay } from "./time";

const NOW = new Date(2026, 10, 22, 20, 0);

/** So many days from now, at nine. */
function nine(days: number): Date {
  return new Date(2026, 10, 22 + days, 9, 0);
}

test.each([
  ["en", new Date(2026, 10, 22, 23, 30), "11:30 PM"],
  ["en", nine(1), "tomorrow 9:00 AM"],
  ["en", nine(3), "Wednesday 9:00 AM"],
  ["en", nine(9), "December 1 9:00 AM"],
  ["fa", nine(1), "فردا ۹:۰۰"],
  ["ar", nine(1), "غدًا ٩:٠٠ ص"],
] as const)("in %s a moment to come is named as people name it", (locale, at, named) => {
  expect(formatComing(at, NOW, locale).replace(/\s/gu, " ")).toBe(named);
});

test.each([
  [0, "Today"],
  [-1, "Yesterday"],
  [-3, "Thursday"],
  [-9, "November 13"],
])("%i days from now is %s", (days, named) => {
  expect(formatDay(nine(days), NOW, "en")).toBe(named);
});
