// @vitest-environment happy-dom
import { expect, test } from "vitest";
import type { DeliveryState } from "../api/shapes";
import { liveConsole, type Console } from "../testing/console";
import { draw } from "../testing/draw";
import { ANOTHERS, message, MINE, opened } from "../testing/samples";
import { AnswerableContext } from "./message-actions";
import { MessageView } from "./message";
import { Viewers } from "./viewers";

const RETRY = "POST /conversations/c1/deliveries/d1/retry";
const SARA = { kind: "agent", id: "me", name: "Sara" } as const;

async function atDesk(owner: typeof MINE | typeof ANOTHERS = MINE): Promise<Console> {
  const made = await liveConsole("/console/mine/c1");
  made.server
    .on("GET /conversations/c1", { body: opened({ state: "with_agent", owner }) })
    .on("GET /conversations/c1/messages", { body: { items: [message(1, { text: "where?" }), said("sent")], next: null } })
    .on("GET /conversations/c1/events", { body: { items: [], next: null } });
  await made.app.conversations.open("c1");
  return made;
}

function said(state: DeliveryState, error: string | null = null) {
  return message(2, { author: SARA, delivery: { id: "d1", state, error, attempts: 2 }, reply_to: "m1" });
}

test("what did not get out says why, and is sent again with one press", async () => {
  const desk = await atDesk();
  const again = { ...said("pending"), delivery: { id: "d2", state: "pending", error: null, attempts: 0 } };
  desk.server.on(RETRY, { body: { ...opened({ state: "with_agent", owner: MINE }), message: again } });
  const place = draw(desk, <MessageView message={said("failed", "blocked")} first />);
  expect(place.querySelector(".trouble")?.textContent).toContain("blocked");
  place.querySelector<HTMLButtonElement>(".trouble button")!.click();
  await desk.clock.pass(0);
  expect(desk.server.askedFor(RETRY)).toHaveLength(1);
  const held = desk.app.store.get().opened.get("c1")?.transcript.messages.find(({ id }) => id === "m2");
  expect(held?.delivery).toMatchObject({ id: "d2", state: "pending" });
});

test("what may have arrived says so; what another decides on offers nothing", async () => {
  const desk = await atDesk(ANOTHERS);
  const place = draw(desk, <MessageView message={said("uncertain")} first />);
  expect(place.querySelector(".trouble")?.textContent).toContain("It may have arrived.");
  expect(place.querySelector(".trouble button")).toBeNull();
});

test("a retry by another agent is seen here", async () => {
  const desk = await atDesk();
  const data = { message_id: "m2", delivery_id: "d9", state: "pending", error: null, attempts: 0 };
  desk.server.wire.tells({
    type: "event", n: 11, kind: "delivery_retried", conversation_id: "c1",
    actor: { kind: "agent", id: "omid", name: "Omid" }, at: "2026-11-21T12:00:00Z", data,
  });
  const { messages, events } = desk.app.store.get().opened.get("c1")!.transcript;
  expect(messages.at(-1)?.delivery).toEqual({ id: "d9", state: "pending", error: null, attempts: 0 });
  expect(events.at(-1)?.kind).toBe("delivery_retried");
});

test("a quote shows what was answered, and answering quotes", async () => {
  const desk = await atDesk();
  const place = draw(
    desk,
    <AnswerableContext.Provider value="c1">
      <MessageView message={said("sent")} first />
    </AnswerableContext.Provider>,
  );
  expect(place.querySelector(".quoted")?.textContent).toContain("where?");
  place.querySelector<HTMLButtonElement>(".message__actions button")!.click();
  expect(desk.app.writing.draft("c1")).toMatchObject({ replyTo: "m2", tab: "reply" });
});

test("a message of an earlier conversation is not answered here", async () => {
  const desk = await atDesk();
  const place = draw(
    desk,
    <AnswerableContext.Provider value="c2">
      <MessageView message={said("sent")} first />
    </AnswerableContext.Provider>,
  );
  expect(place.querySelector('[aria-label="Reply to this message"]')).toBeNull();
});

test("who else looks is named, oneself is not, and who writes comes first", async () => {
  const desk = await atDesk();
  const place = draw(desk, <Viewers conversation="c1" />);
  const look = (...agents: string[]): void =>
    desk.server.wire.tells({ type: "viewing", conversation_id: "c1", agents: agents.map((id) => ({ id, name: id })) });
  look("me");
  await desk.clock.pass(0);
  expect(place.textContent).toBe("");
  look("me", "Omid", "Lale");
  await desk.clock.pass(0);
  expect(place.querySelector(".viewers__words")?.textContent).toBe("\u2068Omid\u2069 and 1 more are looking too");
  desk.server.wire.tells({ type: "typing", conversation_id: "c1", author: { kind: "agent", id: "Omid", name: "Omid" }, on: true });
  await desk.clock.pass(0);
  expect(place.querySelector(".viewers__words")?.textContent).toBe("\u2068Omid\u2069 is writing…");
});

test("the server is told what stands on the screen, again and again, and not while it is hidden", async () => {
  const desk = await atDesk();
  desk.app.go({ place: "desk", view: { kind: "mine" }, conversation: "c1" });
  const looked = () => desk.server.wire.sent.filter(({ type }) => type === "viewing").map((frame) => frame["conversation_id"]);
  expect(looked().at(-1)).toBe("c1");
  const before = looked().length;
  await desk.clock.pass(21_000);
  expect(looked().length).toBeGreaterThan(before);
  desk.app.looking(false);
  expect(looked().at(-1)).toBeNull();
});
