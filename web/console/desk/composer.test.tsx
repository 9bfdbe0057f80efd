// @vitest-environment happy-dom
import { expect, test } from "vitest";
import type { CannedReply } from "../api/writing";
import { liveConsole, type Console } from "../testing/console";
import { draw } from "../testing/draw";
import { ANOTHERS, conversation, message, MINE, opened } from "../testing/samples";
import { Composer } from "./composer";

const HELLO: CannedReply = {
  id: "r1",
  shortcut: "hello",
  locale: null,
  title: "Greeting",
  text: "Hello {{contact.name|there}}, this is {{agent.name}} about {{slots.order_number}}.",
  updated_at: "",
};
const mine = conversation({ state: "with_agent", owner: MINE });

async function composerOf(shown = mine): Promise<{ console: Console; place: HTMLElement }> {
  const made = await liveConsole("/console/mine/c1");
  made.server
    .on("GET /canned-replies", { body: { items: [HELLO], next: null } })
    .on("GET /conversations/c1", { body: opened({ ...shown, slots: {} } as never) })
    .on("GET /conversations/c1/messages", { body: { items: [message(1, { text: "where is it?" })], next: null } })
    .on("GET /conversations/c1/events", { body: { items: [], next: null } });
  await made.app.conversations.open("c1");
  const place = draw(made, <Composer conversation={shown} />);
  await made.clock.pass(0);
  return { console: made, place };
}

function area(place: HTMLElement): HTMLTextAreaElement {
  return place.querySelector("textarea")!;
}

async function type({ console, place }: { console: Console; place: HTMLElement }, text: string): Promise<void> {
  const field = area(place);
  field.value = text;
  field.setSelectionRange(text.length, text.length);
  field.dispatchEvent(new Event("input", { bubbles: true }));
  await console.clock.pass(0);
}

async function press(made: { console: Console; place: HTMLElement }, key: string, more: KeyboardEventInit = {}): Promise<void> {
  area(made.place).dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more }));
  await made.console.clock.pass(0);
}

test("a slash offers the replies, Enter takes one with its places filled", async () => {
  const made = await composerOf();
  await type(made, "/");
  await type(made, "/he");
  const [option] = made.place.querySelectorAll("[role=option]");
  expect(option?.textContent).toContain("/hello");
  expect(option?.textContent).toContain("Hello there, this is Sara");
  expect(area(made.place).getAttribute("aria-activedescendant")).toBe(option?.id);
  await press(made, "Enter");
  expect(made.console.app.writing.draft("c1").reply).toBe("Hello there, this is Sara about {{slots.order_number}}.");
  expect(made.place.querySelector("[role=listbox]")).toBeNull();
});

test("a place that is still open keeps the reply from being sent", async () => {
  const made = await composerOf();
  await type(made, "about {{slots.order_number}}");
  await press(made, "Enter");
  await made.console.clock.pass(60_000);
  expect(made.console.app.store.get().outgoing).toEqual([]);
  expect(made.place.querySelector(".composer__send")?.getAttribute("aria-disabled")).toBe("true");
  expect(made.place.textContent).toContain("Fill in");
});

test("Escape closes the list and leaves the words", async () => {
  const made = await composerOf();
  await type(made, "/");
  await press(made, "Escape");
  expect(made.place.querySelector("[role=listbox]")).toBeNull();
  expect(area(made.place).value).toBe("/");
});

test("Enter sends, Shift with Enter does not, and Ctrl+Z in the empty composer calls back", async () => {
  const made = await composerOf();
  await type(made, "on its way");
  await press(made, "Enter", { shiftKey: true });
  expect(made.console.app.store.get().outgoing).toEqual([]);
  await press(made, "Enter");
  expect(made.console.app.store.get().outgoing).toMatchObject([{ state: "held", text: "on its way" }]);
  expect(area(made.place).value).toBe("");
  await press(made, "z", { ctrlKey: true });
  expect(made.console.app.store.get().outgoing).toEqual([]);
  expect(area(made.place).value).toBe("on its way");
});

test("a key while a word is being composed sends nothing", async () => {
  const made = await composerOf();
  await type(made, "سلام");
  await press(made, "Enter", { isComposing: true });
  expect(made.console.app.store.get().outgoing).toEqual([]);
});

test("the quoted message stands above what is written, and can be left out", async () => {
  const made = await composerOf();
  made.console.app.writing.write("c1", { replyTo: "m1" });
  await made.console.clock.pass(0);
  expect(made.place.querySelector(".editor__quote")?.textContent).toContain("where is it?");
  made.place.querySelector<HTMLButtonElement>(".editor__quote > .button")!.click();
  await made.console.clock.pass(0);
  expect(made.console.app.writing.draft("c1").replyTo).toBeNull();
});

test("when another takes the conversation the composer says who, and keeps what was begun", async () => {
  const made = await composerOf(conversation({ state: "with_agent", owner: ANOTHERS }));
  made.console.app.writing.write("c1", { reply: "half a sentence" });
  await made.console.clock.pass(0);
  expect(made.place.querySelector("[role=status]")?.textContent).toContain("Omid");
  expect(made.place.querySelector("blockquote")?.textContent).toBe("half a sentence");
  [...made.place.querySelectorAll("button")].find((one) => one.textContent?.includes("Turn it into a note"))!.click();
  await made.console.clock.pass(0);
  expect(made.console.app.writing.draft("c1")).toMatchObject({ tab: "note", note: "half a sentence", reply: "" });
});

test("two drafts of two windows are shown until one is chosen", async () => {
  const made = await composerOf();
  const theirs = { version: "v2", kind: "reply", reply: "theirs", note: "", attachments: [], note_attachments: [], reply_to: null };
  made.console.server.on("PUT /conversations/c1/draft", { status: 409, body: { draft: theirs } });
  await type(made, "mine");
  await made.console.clock.pass(5_000);
  expect(made.place.querySelector(".other-draft")?.textContent).toContain("theirs");
  made.place.querySelector<HTMLButtonElement>(".other-draft button")!.click();
  await made.console.clock.pass(0);
  expect(area(made.place).value).toBe("theirs");
});
