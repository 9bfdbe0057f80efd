import { expect, test } from "vitest";
import { asLocalInput, presetsFrom } from "./snoozes";

test("all presets are still to come, also late in the evening", () => {
  for (const now of [new Date(2026, 10, 21, 9, 30), new Date(2026, 10, 21, 23, 59)]) {
    for (const { at } of presetsFrom(now)) expect(at.getTime()).toBeGreaterThan(now.getTime());
  }
});

test("the afternoon is offered while it is to come", () => {
  const names = (hour: number) => presetsFrom(new Date(2026, 10, 21, hour)).map(({ name }) => name);
  expect(names(9)).toContain("afternoon");
  expect(names(16)).not.toContain("afternoon");
});

test("a time is written as the field reads it", () => {
  const at = new Date(2026, 0, 5, 7, 3);
  expect(asLocalInput(at)).toBe("2026-01-05T07:03");
  expect(new Date(asLocalInput(at)).getTime()).toBe(at.getTime());
});
