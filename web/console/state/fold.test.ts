import { expect, test } from "vitest";
import { fold } from "./fold";

test.each([
  ["كتاب", "کتاب"],
  ["عربي", "عربی"],
  ["أحمد", "احمد"],
  ["گفت‌وگو", "گفتوگو"],
  ["مُحَمَّد", "محمد"],
  ["سـلام", "سلام"],
  ["شماره ۱۲٣", "شماره 123"],
  ["Café", "cafe"],
  [" Ali ", "ali"],
])("%s is found as %s", (typed, meant) => {
  expect(fold(typed)).toBe(fold(meant));
});
