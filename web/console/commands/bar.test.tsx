// @vitest-environment happy-dom
import { beforeAll, expect, test, vi } from "vitest";
import { draw } from "../testing/draw";
import { liveConsole, type Console } from "../testing/console";
import { conversation, me, opened } from "../testing/samples";
import { CommandBar } from "./bar";

beforeAll(() => {
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function () {
    this.open = false;
  };
});

const hooks = { ask: vi.fn(), sheet: vi.fn() };

interface Drawn {
  readonly console: Console;
  readonly input: HTMLInputElement;
  readonly titles: () => string[];
  readonly type: (text: string) => Promise<void>;
  readonly press: (key: string) => Promise<void>;
}

async function bar(path = "/console/waiting", console?: Console): Promise<Drawn> {
  const it = console ?? (await liveConsole(path));
  const place = draw(it, <CommandBar hooks={hooks} onClose={() => undefined} />);
  const input = place.querySelector("input")!;
  return {
    console: it,
    input,
    titles: () => [...place.querySelectorAll(".command__title bdi:first-child")].map((each) => each.textContent),
    type: async (text) => {
      input.value = text;
      input.dispatchEvent(new Event("input", { bubbles: true }));
      await new Promise((go) => setTimeout(go, 20));
    },
    press: async (key) => {
      input.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
      await new Promise((go) => setTimeout(go, 20));
    },
  };
}

test("a few letters and Enter lead to a page", async () => {
  const { console, type, press, titles } = await bar();
  await type("cont");
  expect(titles()[0]).toBe("Contacts");
  await press("Enter");
  expect(console.app.store.get().route).toEqual({ place: "contacts", contact: null });
});

test("the arrows choose, and what is chosen is told to screen readers", async () => {
  const { input, press } = await bar();
  expect(input.getAttribute("aria-activedescendant")).toMatch(/go\/waiting$/);
  await press("ArrowDown");
  expect(input.getAttribute("aria-activedescendant")).toMatch(/go\/mine$/);
  await press("ArrowUp");
  await press("ArrowUp");
  expect(input.getAttribute("aria-activedescendant")).toMatch(/own\/out$/);
});

test("theme and presence are set from it", async () => {
  const { console, type, press } = await bar();
  await type("theme dark");
  await press("Enter");
  expect(console.app.store.get().preferences.theme).toBe("dark");
});

test("conversations and contacts of the server are found", async () => {
  const console = await liveConsole("/console/waiting");
  const listed = { id: "k1", name: "Mina", email: "mina@example.com", addresses: [], conversations: 2, created_at: "", last_seen_at: null };
  console.server
    .on("GET /conversations", { body: { items: [conversation({ contact: { id: "k1", name: "Mina", proof: "claimed" } })], next: null } })
    .on("GET /contacts", { body: { items: [listed], next: null } });
  const { type, titles, press } = await bar("", console);
  await type("Mina");
  await vi.waitFor(() => expect(titles()).toEqual(["Mina #7", "Mina"]), 3_000);
  await press("ArrowDown");
  await press("Enter");
  expect(console.app.store.get().route).toEqual({ place: "contacts", contact: "k1" });
});

test("the verbs of the open conversation come first, and only those that are allowed", async () => {
  const console = await liveConsole("/console/waiting/c1");
  console.app.conversations.take(opened());
  const { titles, type, press } = await bar("", console);
  expect(titles().slice(0, 6)).toEqual(["Claim", "Note", "Transfer", "Return to the bot", "Snooze", "Resolve"]);
  await type("transf");
  await press("Enter");
  expect(hooks.ask).toHaveBeenCalledWith("transfer");
});

test("pages that one's role does not reach are not offered", async () => {
  const { titles } = await bar();
  expect(titles()).not.toContain("Settings: \u2068Inboxes\u2069");
  const console = await liveConsole("/console/waiting");
  console.app.store.update((state) => ({ ...state, me: me({ role: "admin" }) }));
  const admin = await bar("", console);
  expect(admin.titles().join()).toContain("Inboxes");
});
