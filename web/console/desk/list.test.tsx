// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Conversation } from "../api/shapes";
import { liveConsole, type Console } from "../testing/console";
import { draw } from "../testing/draw";
import { at, conversation, event, MINE } from "../testing/samples";
import type { View } from "../state/views";
import { List } from "./list";

const WAITING = { kind: "waiting" } as const;

function waiting(n: number, change: Partial<Conversation> = {}): Conversation {
  return conversation({ id: `c${n}`, number: n, waiting_since: at(-n), seen_seq: 1, unread: 0, ...change });
}

// The screen of the tests has no size; a list that is drawn needs one.
beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(840);
});
afterEach(() => vi.restoreAllMocks());

async function listOf(rows: readonly Conversation[], view: View = WAITING): Promise<{ console: Console; place: HTMLElement }> {
  const console = await liveConsole("/console/waiting");
  console.server.on("GET /conversations", { body: { items: rows, next: null } });
  console.app.lists.reload(view);
  await console.clock.pass(0);
  const place = draw(console, <List view={view} current={null} onMenu={() => undefined} />);
  await drawn();
  return { console, place };
}

/** Longer than a burst of changes is gathered. */
async function drawn(): Promise<void> {
  await new Promise((done) => setTimeout(done, 160));
}

function shown(place: HTMLElement): string[] {
  return [...place.querySelectorAll<HTMLElement>("[data-row]")].map((row) => row.dataset["row"]!);
}

function point(place: HTMLElement, type: "pointerenter" | "pointerleave"): void {
  place.querySelector(".list__scroll")!.dispatchEvent(new PointerEvent(type, { pointerType: "mouse" }));
}

async function arrives(console: Console, n: number, told: Conversation): Promise<void> {
  console.server.wire.tells({ type: "event", ...event(n, "handed_off", { conversation: told, conversation_id: told.id }) });
  await drawn();
}

test("of thousands of rows those in sight are drawn, and the list is as long as all", async () => {
  const { place } = await listOf(Array.from({ length: 3000 }, (_, n) => waiting(n + 1)));
  expect(shown(place).length).toBeLessThan(30);
  expect(shown(place)[0]).toBe("c3000");
  expect(place.querySelector<HTMLElement>(".list__rows")!.style.blockSize).toBe(`${3000 * 84}px`);
  expect(place.querySelector("[data-row]")!.getAttribute("aria-setsize")).toBe("3000");
});

test("a new conversation finds its place by itself", async () => {
  const { console, place } = await listOf([waiting(9), waiting(5)]);
  await arrives(console, 11, waiting(7));
  expect(shown(place)).toEqual(["c9", "c7", "c5"]);
});

test("under the pointer nothing moves: what is new is counted, and comes when the pointer leaves", async () => {
  const { console, place } = await listOf([waiting(9), waiting(5)]);
  point(place, "pointerenter");
  await arrives(console, 11, waiting(7));
  await arrives(console, 12, waiting(9, { state: "with_agent", owner: MINE, ownership: 3 }));
  expect(shown(place)).toEqual(["c9", "c5"]);
  expect(place.querySelector("#row-c9")!.className).toContain("row--gone");
  expect(place.querySelector(".pill")!.textContent).toContain("1 new");
  point(place, "pointerleave");
  await drawn();
  expect(shown(place)).toEqual(["c7", "c5"]);
  expect(place.querySelector(".pill")).toBeNull();
});

test("the pill lets them come at once", async () => {
  const { console, place } = await listOf([waiting(9), waiting(5)]);
  point(place, "pointerenter");
  await arrives(console, 11, waiting(7));
  place.querySelector<HTMLElement>(".pill")!.click();
  await drawn();
  expect(shown(place)).toEqual(["c9", "c7", "c5"]);
});

test("what is unread is counted and said, where this agent may have to answer", async () => {
  const bot = { kind: "bot", id: null, name: null } as const;
  const rows = [waiting(1, { unread: 3 }), waiting(2, { unread: 100 }), waiting(3, { unread: 3, state: "with_bot", owner: bot })];
  const { place } = await listOf(rows, { kind: "all" });
  const marks = (id: string): string | undefined => place.querySelector(`#row-${id} .row__unread`)?.textContent ?? undefined;
  expect(marks("c1")).toBe("33 unread messages");
  expect(marks("c2")).toBe("99+100 unread messages");
  expect(marks("c3")).toBeUndefined();
});

test("the arrow keys go from row to row", async () => {
  const { place } = await listOf([waiting(3), waiting(2), waiting(1)]);
  const first = place.querySelector<HTMLElement>("#row-c3")!;
  first.focus();
  first.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown", bubbles: true }));
  await drawn();
  expect(document.activeElement?.id).toBe("row-c2");
});

test("a saved view that is gone says so", async () => {
  const { place } = await listOf([], { kind: "saved", id: "v1" });
  expect(place.textContent).toContain("There is no such view");
});

test("an empty view says what will fill it", async () => {
  const { place } = await listOf([], { kind: "snoozed" });
  expect(place.textContent).toContain("Nothing is snoozed");
});

test("before its first page came a view shows nothing that is known by chance", async () => {
  const { console, place } = await listOf([waiting(3)]);
  console.server.on("GET /conversations", "lost");
  const view = { kind: "all" } as const;
  const other = draw(console, <List view={view} current={null} onMenu={() => undefined} />);
  await drawn();
  expect(place.isConnected).toBe(false);
  expect(shown(other)).toEqual([]);
});
