// @vitest-environment happy-dom
import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { translator } from "../../shared/catalogue";
import { Chat } from "../chat";
import { area, inbox, message } from "../fixtures";
import { en } from "../locales/en";
import type { Message, StateFrame } from "../protocol";
import { ChatStorage } from "../storage";
import { App } from "./app";
import { Surrounded } from "./context";

const PAGE = { inbox: "demo", base: "https://chat.example/", locale: "en", identity: null, attributes: {} } as const;

let chat: Chat;
let place: HTMLElement;
let closed: number;

/** What was asked of the gateway, and whether it answers. */
let asked: { path: string; body: unknown }[];
let answers: boolean;
let tones: number;

beforeEach(async () => {
  asked = [];
  answers = true;
  tones = 0;
  vi.stubGlobal("fetch", async (url: URL, init: RequestInit = {}) => {
    asked.push({ path: url.pathname + url.search, body: init.body && JSON.parse(init.body as string) });
    return new Response('{"items":[],"more":false}', { status: answers ? 200 : 503 });
  });
  vi.stubGlobal("AudioContext", FakeAudio);
  chat = new Chat(PAGE, new ChatStorage("demo", area()));
  place = document.createElement("div");
  document.body.append(place);
  closed = 0;
  await act(draw);
});

/** Counts its tones. */
class FakeAudio {
  readonly currentTime = 0;
  readonly destination = {};
  createOscillator() {
    const frequency = { value: 0, setValueAtTime: () => undefined };
    return { frequency, connect: () => ({ connect: () => undefined }), start: () => (tones += 1), stop: () => undefined };
  }
  createGain() {
    return { gain: { value: 0, linearRampToValueAtTime: () => undefined } };
  }
}

afterEach(() => {
  vi.unstubAllGlobals();
  render(null, place);
  place.remove();
});

function draw(): void {
  render(
    <Surrounded value={{ chat, t: translator(en, "en"), locale: "en", inbox: inbox(), choose: () => undefined }}>
      <App isOpen focusTurn={1} onClose={() => (closed += 1)} onUnread={() => undefined} />
    </Surrounded>,
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
    expect(find<HTMLButtonElement>(".send").disabled).toBe(false);
    await type("😀".repeat(10_001));
    expect(find(".over").textContent).toBe("The message is too long. 10,001 / 10,000");
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

/** The gateway tells how the conversation stands. */
async function stands(changes: Partial<StateFrame>): Promise<void> {
  await act(() => chat.store.dispatch({ type: "frame", frame: { type: "state", state: "resolved", ...changes } }));
}

async function submit(selector: string): Promise<void> {
  const event = new Event("submit", { bubbles: true, cancelable: true });
  await act(() => void find(selector).dispatchEvent(event));
  await answered();
}

/** What was asked has been answered, and drawn. */
async function answered(): Promise<void> {
  await act(() => new Promise<void>((resolve) => setTimeout(resolve, 5)));
}

describe("while nobody is here", () => {
  const AWAY = { state: "waiting", open: false, opensAt: "2099-01-03T09:00:00Z" } as const;

  test("it is said until when, and an address can be left, once", async () => {
    await hear(message(1));
    await stands(AWAY);
    expect(find(".strip").textContent).toContain("Nobody is here until January 3, 2099");
    find<HTMLInputElement>("input[type=email]").value = "sara@example.com";
    await submit("form.strip");
    expect(asked.at(-1)).toEqual({ path: "/chat/v1/email", body: { email: "sara@example.com" } });
    expect(all("input[type=email]")).toEqual([]);
    expect(find("p.strip").textContent).toContain("sara@example.com");
    expect(chat.storage.email).toBe("sara@example.com");
  });

  test("an address that did not get through stays to be sent again", async () => {
    answers = false;
    await hear(message(1));
    await stands(AWAY);
    await submit("form.strip");
    expect(find("input[type=email]").getAttribute("aria-invalid")).toBe("true");
  });

  test("who is with the bot sees it where a person is asked for", async () => {
    await hear(message(1));
    await stands({ ...AWAY, state: "with_bot" });
    expect(find(".person-chip").textContent).toContain("Nobody is here until");
  });
});

describe("a resolved conversation", () => {
  test("is rated, and a word may be added", async () => {
    await hear(message(1));
    await stands({ score: null });
    expect(all(".rating textarea")).toEqual([]);
    await act(() => all(".rating button")[3]?.click());
    expect(asked.at(-1)).toEqual({ path: "/chat/v1/rating", body: { score: 4 } });
    await stands({ score: 4 });
    expect(all(".rating [aria-pressed=true]").map((one) => one.ariaLabel ?? one.getAttribute("aria-label"))).toEqual(["4 of 5"]);
    find<HTMLTextAreaElement>(".rating textarea").value = "kind";
    await submit(".rating");
    expect(asked.at(-1)?.body).toEqual({ score: 4, comment: "kind" });
    expect(all(".rating textarea")).toEqual([]);
  });

  test("is not rated where nobody asks, and a rating that failed is said", async () => {
    await hear(message(1));
    await stands({});
    expect(all(".rating")).toEqual([]);
    answers = false;
    await stands({ score: null });
    await act(() => find(".rating button").click());
    await answered();
    expect(find(".rating [role=alert]").textContent).toContain("not possible");
  });
});

describe("what was said before", () => {
  test("is asked for when the beginning is in sight, until there is no more", async () => {
    await hear(message(7, { conversationId: "c1" }));
    await answered();
    const path = "/chat/v1/messages/earlier?conversation_id=c1&before=7";
    expect(asked.map((one) => one.path)).toEqual([path]);
    await hear(message(8));
    expect(asked).toHaveLength(1);
    expect(all(".greeting")).toHaveLength(1);
  });
});

describe("sound", () => {
  test("tells of what others say, not of what the customer or the past said", async () => {
    await hear(message(1, { by: "customer" }));
    expect(tones).toBe(0);
    await hear(message(2));
    expect(tones).toBe(1);
  });

  test("can be silenced, for good", async () => {
    await act(() => find(".menu input").click());
    await hear(message(2));
    expect(tones).toBe(0);
    expect(chat.storage.muted).toBe(true);
  });
});
