import { expect, test } from "vitest";
import { consoleAt, liveConsole, type Console } from "../testing/console";
import { ANOTHERS, at, conversation, event, me, message, MINE, opened } from "../testing/samples";
import { horizonOf, unfetched } from "../state/listing";
import { order } from "../state/ordered";
import { wantedOf } from "../state/views";

const withBot = conversation({ state: "with_bot", owner: { kind: "bot", id: null, name: null }, ownership: 1, waiting_since: null });

function waitingRows({ app }: Console): string[] {
  const { listings, known, me: agent } = app.store.get();
  const horizon = horizonOf(listings.get("waiting") ?? unfetched);
  const wanted = wantedOf({ kind: "waiting" }, [])!;
  return [...order(null, known, { wanted, horizon, me: agent!.id, now: app.now() }).ids];
}

function tell({ server }: Console, ...told: Parameters<typeof event>): void {
  server.wire.tells({ type: "event", ...event(...told) });
}

test("a conversation that is handed off appears in the list without reloading, and is heard", async () => {
  const console = await liveConsole("/console/waiting");
  tell(console, 11, "conversation_started", { conversation: withBot });
  expect(waitingRows(console)).toEqual([]);
  tell(console, 12, "handed_off", { conversation: conversation() });
  expect(waitingRows(console)).toEqual(["c1"]);
  expect(console.beeps).toBe(1);
});

test("it is heard once, however many events tell of it", async () => {
  const console = await liveConsole("/console/waiting");
  tell(console, 11, "conversation_started", { conversation: withBot });
  tell(console, 12, "message_added", { conversation: conversation({ last_seq: 2 }), message: message(2) });
  tell(console, 13, "handed_off", { conversation: conversation({ last_seq: 2 }) });
  expect(console.beeps).toBe(1);
});

test("one's own transfer and a silenced console make no sound", async () => {
  const console = await liveConsole("/console/waiting");
  tell(console, 11, "transferred", { conversation: conversation(), actor: { kind: "agent", id: "me", name: "Sara" } });
  void console.app.session.setPreferences({ sound_waiting: false });
  tell(console, 12, "handed_off", { conversation_id: "c2", conversation: conversation({ id: "c2" }) });
  expect(console.beeps).toBe(0);
});

test("a claim by another takes the conversation out of the list", async () => {
  const console = await liveConsole("/console/waiting");
  tell(console, 11, "handed_off", { conversation: conversation() });
  tell(console, 12, "claimed", { conversation: conversation({ state: "with_agent", owner: ANOTHERS, ownership: 3 }) });
  expect(waitingRows(console)).toEqual([]);
});

async function withOpenConversation(): Promise<Console> {
  const console = await liveConsole("/console/mine/c1");
  console.server
    .on("GET /conversations/c1", { body: opened({ state: "with_agent", owner: MINE }) })
    .on("GET /conversations/c1/messages", { body: { items: [message(1)], next: null } })
    .on("GET /conversations/c1/events", { body: { items: [], next: null } });
  await console.app.conversations.open("c1");
  return console;
}

function seqs({ app }: Console): number[] {
  return app.store.get().opened.get("c1")?.transcript.messages.map(({ seq }) => seq) ?? [];
}

test("a message appears in the open transcript, once, and ends the typing", async () => {
  const console = await withOpenConversation();
  const author = { kind: "customer", id: "contact-1", name: null };
  console.server.wire.tells({ type: "typing", conversation_id: "c1", author, on: true });
  expect(console.app.store.get().typing.has("c1")).toBe(true);
  tell(console, 11, "message_added", { message: message(2) });
  tell(console, 11, "message_added", { message: message(2) });
  expect(seqs(console)).toEqual([1, 2]);
  expect(console.app.store.get().typing.has("c1")).toBe(false);
});

test("typing that is never ended ends by itself", async () => {
  const console = await withOpenConversation();
  const author = { kind: "customer", id: "contact-1", name: null };
  console.server.wire.tells({ type: "typing", conversation_id: "c1", author, on: true });
  await console.clock.pass(7_000);
  expect(console.app.store.get().typing.size).toBe(0);
});

test("a gap in the transcript is fetched", async () => {
  const console = await withOpenConversation();
  console.server.on("GET /conversations/c1/messages", { body: { items: [message(2), message(3)], next: null } });
  tell(console, 11, "message_added", { message: message(3) });
  await console.clock.pass(1_000);
  expect(seqs(console)).toEqual([1, 2, 3]);
});

test("what the bot made of a message is fetched once the turn is over", async () => {
  const console = await withOpenConversation();
  const understanding = { turn_id: "t1", intent: "greet" };
  const understood = { ...message(1), understanding };
  console.server.on("GET /conversations/c1/messages", { body: { items: [understood], next: null } });
  tell(console, 11, "handed_off", { conversation: conversation() });
  await console.clock.pass(1_000);
  const [first] = console.app.store.get().opened.get("c1")!.transcript.messages;
  expect(first?.understanding).toEqual(understanding);
});

test("a contact who was given a name is called by it at once", async () => {
  const console = await liveConsole("/console/waiting");
  tell(console, 11, "handed_off", { conversation: conversation() });
  const named = conversation({ contact: { id: "contact-1", name: "Maryam", proof: "anonymous" } });
  console.server.on("GET /conversations", { body: { items: [named], next: null } });
  tell(console, 12, "contact_changed", { conversation_id: null, data: { contact_id: "contact-1" } });
  await console.clock.pass(0);
  expect(console.app.store.get().known.get("c1")?.contact.name).toBe("Maryam");
});

test("how far an answer has come is shown as it is told", async () => {
  const console = await withOpenConversation();
  tell(console, 11, "delivery_changed", { data: { message_id: "m1", state: "failed", error: "gone", attempts: 3 } });
  const [first] = console.app.store.get().opened.get("c1")!.transcript.messages;
  expect(first?.delivery).toEqual({ id: "", state: "failed", error: "gone", attempts: 3 });
});

test("what the desk did stands in the transcript", async () => {
  const console = await withOpenConversation();
  tell(console, 11, "snoozed");
  expect(console.app.store.get().opened.get("c1")?.transcript.events.map(({ kind }) => kind)).toEqual(["snoozed"]);
});

test("after a reset everything is fetched anew", async () => {
  const console = await withOpenConversation();
  const asked = () => console.server.askedFor("GET /conversations").length;
  const before = asked();
  console.server.wire.breaks();
  await console.clock.pass(1_000);
  console.server.wire.opens();
  console.server.wire.tells({ type: "reset" });
  console.server.wire.tells({ type: "ready", n: 2, epoch: "e2", agent: me() });
  await console.clock.pass(1_000);
  expect(asked()).toBe(before + 1);
  expect(seqs(console)).toEqual([1]);
});

test("a list fetched before the socket was live is fetched again once it is", async () => {
  const console = consoleAt("/console/waiting");
  const page = { body: { items: [conversation({ updated_at: at(0) })], next: null } };
  console.server.on("GET /conversations", { body: { items: [], next: null } }, page);
  await console.app.session.check();
  await console.clock.pass(100);
  expect(waitingRows(console)).toEqual([]);
  console.server.wire.opens();
  console.server.wire.tells({ type: "ready", n: 1, epoch: "e1", agent: me() });
  await console.clock.pass(100);
  expect(waitingRows(console)).toEqual(["c1"]);
});
