import { expect, test } from "vitest";
import { wordsForField } from "./fields";
import { words } from "./words";

function wrong(code: string, limits: Record<string, number> = {}): string {
  return wordsForField({ field: "name", message: "English", code, limits }, words("fa"));
}

test("what is wrong with a field is said in the console's language, with its limit", () => {
  expect(wrong("taken")).toBe("این پیش‌تر به کار رفته است.");
  expect(wrong("string_too_short", { min_length: 8 })).toBe("دست‌کم ۸ نویسه.");
  expect(wrong("less_than_equal", { le: 500 })).toBe("دست‌بالا ۵۰۰.");
});

test("a name that is missing is asked for, not counted", () => {
  expect(wrong("string_too_short", { min_length: 1 })).toBe("این را باید پر کنید.");
});

test("what this console has no words for is told as the server says it", () => {
  expect(wrong("moon_is_full")).toBe("English");
  expect(wrong("string_too_long")).toBe("English");
});
