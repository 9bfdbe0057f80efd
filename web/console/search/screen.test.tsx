// @vitest-environment happy-dom
import { expect, test } from "vitest";
import type { Hit } from "../api/shapes";
import { liveConsole, type Console } from "../testing/console";
import { draw } from "../testing/draw";
import { conversation, NOON } from "../testing/samples";
import { searching } from "../state/route";
import { useSelect } from "../elements/use";
import { SearchScreen } from "./screen";

const HIT: Hit = {
  kind: "message",
  at: new Date(NOON).toISOString(),
  snippet: [
    { text: "my ", hit: false },
    { text: "parcel", hit: true },
  ],
  conversation: conversation({ number: 12 }),
  contact: null,
  message: { id: "m1", seq: 1, author: { kind: "customer", id: null, name: null } },
};

function Screen() {
  const route = useSelect((state) => state.route);
  return route.place === "search" ? <SearchScreen search={route} onMenu={() => undefined} /> : null;
}

async function screen(): Promise<{ console: Console; place: HTMLElement }> {
  const console = await liveConsole("/console/search");
  console.app.go(searching);
  return { console, place: draw(console, <Screen />) };
}

async function type(place: HTMLElement, text: string): Promise<void> {
  const input = place.querySelector<HTMLInputElement>("input[type=search]")!;
  input.value = text;
  input.dispatchEvent(new Event("input", { bubbles: true }));
  await new Promise((done) => setTimeout(done, 20));
}

async function paused(): Promise<void> {
  await new Promise((done) => setTimeout(done, 600));
}

function asked({ server }: Console): number {
  return server.askedFor("GET /search").length;
}

test("it asks once the typing pauses, and marks what was looked for", async () => {
  const { console, place } = await screen();
  console.server.on("GET /search", { body: { items: [HIT], next: null } });
  for (const text of ["p", "par", "parcel"]) await type(place, text);
  await paused();
  expect(asked(console)).toBe(1);
  expect(place.querySelector("mark")!.textContent).toBe("parcel");
  expect(place.querySelector(".hit")!.textContent).toContain("#12");
  expect(console.app.store.get().route).toMatchObject({ place: "search", q: "parcel" });
});

test("nothing is asked for signs alone, and the screen says what can be found", async () => {
  const { console, place } = await screen();
  await type(place, "?!");
  await paused();
  expect(asked(console)).toBe(0);
  expect(place.textContent).toContain("Find anything that was said");
});

test("a search without a result says so", async () => {
  const { console, place } = await screen();
  console.server.on("GET /search", { body: { items: [], next: null } });
  await type(place, "zebra");
  await paused();
  expect(place.textContent).toContain("Nothing found for \u2068zebra\u2069");
});

test("a search that failed can be tried again", async () => {
  const { console, place } = await screen();
  console.server.on("GET /search", "lost", { body: { items: [HIT], next: null } });
  await type(place, "parcel");
  await paused();
  const again = [...place.querySelectorAll("button")].find((button) => button.textContent === "Try again")!;
  again.click();
  await paused();
  expect(place.querySelector("mark")).not.toBeNull();
});

test("a filter is kept in the address and asked for", async () => {
  const { console, place } = await screen();
  console.server.on("GET /search", { body: { items: [HIT], next: null } });
  await type(place, "parcel");
  const notes = [...place.querySelectorAll("button")].find((button) => button.textContent === "Notes")!;
  notes.click();
  await paused();
  expect(console.app.store.get().route).toMatchObject({ q: "parcel", filters: { kind: "note" } });
  expect(notes.getAttribute("aria-pressed")).toBe("true");
});

test("more is fetched behind what is shown", async () => {
  const { console, place } = await screen();
  const other = { ...HIT, message: { ...HIT.message!, id: "m2" } };
  console.server.on("GET /search", { body: { items: [HIT], next: "x" } }, { body: { items: [other], next: null } });
  await type(place, "parcel");
  await paused();
  [...place.querySelectorAll("button")].find((button) => button.textContent === "Show more")!.click();
  await paused();
  expect(place.querySelectorAll(".hit")).toHaveLength(2);
});
