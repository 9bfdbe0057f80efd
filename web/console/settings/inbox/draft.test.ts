import { describe, expect, test } from "vitest";
import type { Inbox } from "../../api/shapes";
import { changeOf, draftOf, shownInbox, sitesOf, wrongFields } from "./draft";

const INBOX: Inbox = { id: "1", name: "Nilgoon", channel: "chat", disabled: false, key: "demo", settings: {} };

function inbox(settings: Record<string, unknown>): Inbox {
  return { ...INBOX, settings };
}

describe("the settings of an inbox", () => {
  test("an inbox without any begins with what the widget does then", () => {
    const draft = draftOf(INBOX);
    expect(draft.appearance).toEqual({ accent: "#0f766e", position: "end", launcher: "icon", scheme: "auto", offset: 20 });
    expect(draft).toMatchObject({ locale: "en", locales: ["en", "fa", "ar"], hours: null, rating: true, sites: "" });
    expect(wrongFields(draft)).toEqual([]);
  });

  test("settings that the page does not know are kept", () => {
    const before = inbox({ identity: { alg: "HS256", key: "k".repeat(32) }, limits: { sockets: 3 } });
    const { settings } = changeOf(draftOf(before), before);
    expect(settings).toMatchObject(before.settings ?? {});
  });

  test("what was stored comes back as it was", () => {
    const stored = {
      appearance: { accent: "#123456", position: "start", launcher: "text", scheme: "dark", offset: 4 },
      locale: "fa",
      locales: ["fa", "en"],
      texts: { fa: { title: "فروشگاه" } },
      greeting: { fa: "سلام" },
      hours: { timezone: "UTC", weekly: { mon: [["09:00", "17:00"]], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] }, closed_on: ["2026-03-21"] },
      rating: false,
      allowed_sites: ["https://shop.example"],
    };
    expect(changeOf(draftOf(inbox(stored)), inbox(stored))).toEqual({ name: "Nilgoon", disabled: false, settings: stored });
  });

  test("one greeting for all languages stays what all are greeted with", () => {
    const draft = draftOf(inbox({ greeting: "Hi", locale: "en" }));
    expect(shownInbox(draft).greeting).toEqual({ en: "Hi", fa: "Hi", ar: "Hi" });
  });

  test("a site is what stands before the path", () => {
    expect(sitesOf("https://shop.example/a?b\nhttp://localhost:3000, https://shop.example")).toEqual([
      "https://shop.example",
      "http://localhost:3000",
    ]);
  });

  test("what cannot be saved is named", () => {
    const draft = draftOf(INBOX);
    const wrong = {
      ...draft,
      name: " ",
      sites: "shop.example",
      appearance: { ...draft.appearance, accent: "red", offset: -1 },
      hours: { timezone: "UTC", closed_on: [], weekly: { mon: [["17:00", "09:00"]] } as never },
    };
    expect(wrongFields(wrong)).toEqual(["name", "accent", "offset", "sites", "hours"]);
    expect(shownInbox(wrong).appearance.accent).toBe("#0f766e");
  });
});
