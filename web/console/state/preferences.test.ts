import { expect, test } from "vitest";
import { MemoryStorage } from "../testing/server";
import { keepPreferences, readPreferences } from "./preferences";

test("at first the browser's language is spoken", () => {
  expect(readPreferences(new MemoryStorage(), ["de", "fa-IR"]).language).toBe("fa");
  expect(readPreferences(new MemoryStorage(), ["de"]).language).toBe("en");
});

test("what was chosen is kept", () => {
  const storage = new MemoryStorage();
  const chosen = { language: "ar", theme: "dark", details: false } as const;
  keepPreferences(storage, chosen);
  expect(readPreferences(storage, ["en"])).toEqual(chosen);
});

test("what was stored wrongly is not obeyed", () => {
  const storage = new MemoryStorage();
  storage.setItem("peyk.preferences", '{"language":"xx","theme":"pink"}');
  expect(readPreferences(storage, [])).toMatchObject({ language: "en", theme: "auto" });
});
