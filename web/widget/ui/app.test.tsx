// @vitest-environment happy-dom
import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { translator } from "../../shared/catalogue";
import { Chat } from "../chat";
import { area, inbox, message } from "../fixtures";
import { en } from "../locales/en";
import type { Message } from "../protocol";
import { ChatStorage } from "../storage";
import { App } from "./app";
import { SurroundingsContext } from "./context";

const PAGE = { inbox: "demo", base: "https://chat.example/", locale: "en", identity: null, attributes: {} } as const;

let chat: Chat;
let place: HTMLElement;
let closed: number;

beforeEach(async () => {
  chat = new Chat(PAGE, new ChatStorage("demo", area()));
  place = document.createElement("div");
  document.body.append(place);
  closed = 0;
  await act(draw);
});

afterEach(() => {
  render(null, place);
  place.remove();
});

function draw(): void {
  render(
    <SurroundingsContext.Provider value={{ chat, t: translator(en, "en"), locale: "en", inbox: inbox(), choose: () => undefined }}>
      <App isOpen focusTurn={1} onClose={() => (closed += 1)} onUnread={() => undefined} />
    </SurroundingsContext.Provider>,
    place,
  );
}

async function hear(...messages: Message[]): Promise<void> {
  const ready = { conversationId: "c1", epoch: "e1", seq: 0, state: "with_bot" } as const;
  await act(() => {
    chat.store.dispatch({ type: "frame", frame: { type: "ready", ...ready } });
    for (const one of messages) {
      chat.store.dispatch({ type: "frame", frame: { type: "message", message: one } });
    }
  });
}

async function type(text: string): Promise<HTMLTextAreaElement> {
  const field = find<HTMLTextAreaElement>("textarea");
  await act(() => {
    field.value = text;
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  });
  return field;
}

async function press(key: string, more: KeyboardEventInit = {}): Promise<void> {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more });
  await act(() => void find("textarea").dispatchEvent(event));
}

function find<Found extends HTMLElement>(selector: string): Found {
  const found = place.querySelector<Found>(selector);
  if (!found) throw new Error(`There is no ${selector}`);
  return found;
}

function all(selector: string): HTMLElement[] {
  return [...place.querySelectorAll<HTMLElement>(selector)];
}

describe("writing", () => {
  test("Enter sends, Shift and Enter do not", async () => {
    const field = await type("  hello  ");
    await press("Enter", { shiftKey: true });
    expect(chat.store.state.outbox).toHaveLength(0);
    await press("Enter");
    expect(chat.store.state.outbox.map((one) => one.text)).toEqual(["hello"]);
    expect(field.value).toBe("");
  });

  test("Enter that ends the choice of a character sends nothing", async () => {
    await type("こんにちは");
    await press("Enter", { isComposing: true });
    expect(chat.store.state.outbox).toHaveLength(0);
  });

  test("nothing, or too much, cannot be sent, and too much is said", async () => {
    await type("   ");
    await press("Enter");
    await type("😀".repeat(10_000));
    expect(find(".counter").textContent).toContain("10,000 / 10,000");
    expect(find<HTMLButtonElement>(".send").disabled).toBe(false);
    await type("😀".repeat(10_001));
    expect(find(".counter").textContent).toContain("too long");
    await press("Enter");
    expect(chat.store.state.outbox).toHaveLength(0);
  });

  test("Escape closes", async () => {
    await press("Escape");
    expect(closed).toBe(1);
  });
});

describe("what was said", () => {
  test("is text and never markup, each message in its own direction", async () => {
    await hear(message(1, { text: "<img src=x onerror=alert(1)> تست فارسی و English با هم" }));
    expect(all(".text img")).toEqual([]);
    expect(find(".text").textContent).toContain("<img src=x");
    expect(find(".text").dir).toBe("auto");
  });

  test("its links open elsewhere and tell nothing of this page", async () => {
    await hear(message(1, { text: "see https://a.example/x or javascript:alert(1)" }));
    const links = all(".text a") as HTMLAnchorElement[];
    expect(links.map(({ href, rel, target }) => [href, rel, target])).toEqual([
      ["https://a.example/x", "noopener noreferrer nofollow", "_blank"],
    ]);
  });

  test("who said it can be told apart", async () => {
    const kinds = ["customer", "bot", "agent", "system"] as const;
    await hear(...kinds.map((by, at) => message(at + 1, { by })));
    expect(kinds.slice(0, 3).map((kind) => all(`.line.${kind}`).length)).toEqual([1, 1, 1]);
    expect(all(".remark")).toHaveLength(1);
  });

  test("a long text is folded until it is wanted", async () => {
    await hear(message(1, { text: "line\n".repeat(40) }));
    expect(all(".folded")).toHaveLength(1);
    await act(() => find(".fold").click());
    expect(all(".folded")).toHaveLength(0);
  });

  test("a button is pressed once, and all of them are then settled", async () => {
    const buttons = [
      { label: "Yes", value: "yes" },
      { label: "No", value: "no" },
    ];
    await hear(message(1, { buttons }));
    await act(() => find(".choice").click());
    await act(() => find(".choice").click());
    expect(chat.store.state.outbox.map(({ kind, value }) => [kind, value])).toEqual([["choose", "yes"]]);
    expect(all(".choice").map((choice) => (choice as HTMLButtonElement).disabled)).toEqual([true, true]);
  });
});

describe("how things stand", () => {
  test("a person can be asked for until one was", async () => {
    await hear(message(1));
    await act(() => find(".person-chip").click());
    expect(chat.store.state.outbox.map(({ kind }) => kind)).toEqual(["ask_for_person"]);
    const waiting = { state: "waiting", position: 2, waitS: 120, agent: null } as const;
    await act(() => chat.store.dispatch({ type: "frame", frame: { type: "state", ...waiting } }));
    expect(all(".person-chip")).toEqual([]);
    expect(find(".strip").textContent).toContain("You are number 2 in line · about 2 minutes");
  });

  test("a lost connection is said, and writing goes on", async () => {
    await hear(message(1));
    await act(() => chat.store.dispatch({ type: "lost" }));
    await type("kept");
    await press("Enter");
    expect(find(".strip.lost").textContent).toContain("Connection lost");
    expect(all(".mark.kept")).toHaveLength(1);
  });
});
