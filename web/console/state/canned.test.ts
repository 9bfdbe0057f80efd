import { expect, test } from "vitest";
import type { CannedReply } from "../api/writing";
import { conversation } from "../testing/samples";
import { filled, matching, openPlace, slashBefore } from "./canned";

function reply(shortcut: string, change: Partial<CannedReply> = {}): CannedReply {
  return { id: `${shortcut}-${change.locale ?? ""}`, shortcut, locale: null, title: shortcut, text: "", updated_at: "", ...change };
}

const known = {
  conversation: conversation({ number: 7, contact: { id: "c", name: "Mina", proof: "anonymous" } }),
  agent: "Sara",
  slots: { order_number: "PK-1001", size: null },
};

test("a slash begins a search at a word's beginning only", () => {
  expect(slashBefore("/", 1)).toEqual({ start: 0, query: "" });
  expect(slashBefore("Hi /Th", 6)).toEqual({ start: 3, query: "th" });
  expect(slashBefore("سلام\n/سف", 8)).toEqual({ start: 5, query: "سف" });
  expect(slashBefore("https://a.example/b", 19)).toBeNull();
  expect(slashBefore("1/2", 3)).toBeNull();
  expect(slashBefore("/th and", 7)).toBeNull();
});

test("the beginning of a shortcut comes before a word of the title and before the text", () => {
  const all = [reply("bye", { text: "thanks" }), reply("good", { title: "Say thanks" }), reply("thanks-all"), reply("thanks")];
  expect(matching(all, "thanks", null).map(({ shortcut }) => shortcut)).toEqual(["thanks", "thanks-all", "good", "bye"]);
  expect(matching(all, "nothing", null)).toEqual([]);
});

test("of one shortcut the customer's language is offered, then the one for all", () => {
  const all = [reply("hi", { locale: "en" }), reply("hi"), reply("hi", { locale: "fa" })];
  expect(matching(all, "hi", "fa").map(({ locale }) => locale)).toEqual(["fa"]);
  expect(matching(all, "hi", "ar").map(({ locale }) => locale)).toEqual([null]);
});

test("places are filled with what is known, else with their fallback, else they stay", () => {
  const text = "{{contact.name}}, {{ agent.name }} here: #{{conversation.number}}, {{slots.order_number}}";
  expect(filled(text, known)).toBe("Mina, Sara here: #7, PK-1001");
  expect(filled("size {{slots.size|unknown}}", known)).toBe("size unknown");
  expect(filled("Hello {{contact.name|}}!", { ...known, conversation: conversation() })).toBe("Hello !");
  expect(filled("size {{slots.size}}", known)).toBe("size {{slots.size}}");
});

test("what a customer wrote is never read as a place", () => {
  const named = { ...known, conversation: { ...known.conversation, contact: { ...known.conversation.contact, name: "{{agent.name}}" } } };
  expect(filled("{{contact.name}}", named)).toBe("{{agent.name}}");
});

test("a place that is still to be filled is found", () => {
  expect(openPlace("a {{slots.size}} b")).toEqual({ start: 2, end: 16, name: "slots.size" });
  expect(openPlace("all { is } said")).toBeNull();
});
