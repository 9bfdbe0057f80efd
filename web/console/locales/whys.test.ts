import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { en } from "./en";
import { wordsForWhy } from "./whys";
import { words } from "./words";

const PYTHON = readFileSync(new URL("../../../gateway/model/why.py", import.meta.url), "utf-8");
const CODES = [...PYTHON.matchAll(/^ {4}"(\w+)": /gm)].map((match) => match[1]!);

test("every code of the gateway has words", () => {
  expect(CODES.length).toBeGreaterThan(20);
  expect(CODES.filter((code) => !(`why.code.${code}` in en))).toEqual([]);
});

test("a handoff is explained in the console's language, with its numbers", () => {
  const whys = [
    { code: "not_understood", params: {} },
    { code: "score_below", params: { score: 0.31, limit: 0.6 } },
    { code: "queue_of_inbox", params: { queue: "Support", inbox: "Shop" } },
  ];
  expect(wordsForWhy(whys, "", words("fa"), "fa")).toBe(
    "ربات نفهمید. امتیازش \u2068۳۱٪\u2069 بود، پایین‌تر از \u2068۶۰٪\u2069. به صف \u2068Support\u2069: صف صندوق \u2068Shop\u2069 است.",
  );
});

test("how the bot failed is said in words", () => {
  const late = [{ code: "bot_failed", params: { why: "late" } }];
  expect(wordsForWhy(late, "", words("en"), "en")).toContain("it took too long");
});

test("what this console has no words for is told as the server says it", () => {
  const unknown = [{ code: "asked_for_person", params: {} }, { code: "moon_is_full", params: {} }];
  expect(wordsForWhy(unknown, "The moon is full.", words("ar"), "ar")).toBe("The moon is full.");
  expect(wordsForWhy([], "An older one.", words("ar"), "ar")).toBe("An older one.");
});
