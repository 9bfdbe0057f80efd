import { expect, test } from "vitest";
import { liveConsole, type Console } from "../testing/console";
import { ANOTHERS, at, conversation, event, me, message, MINE } from "../testing/samples";

const mine = conversation({ state: "with_agent", owner: MINE, ownership: 3 });

function tell({ server }: Console, ...told: Parameters<typeof event>): void {
  const [n, kind, change] = told;
  server.wire.tells({ type: "event", ...event(n, kind, { at: at(0), ...change }) });
}

function customerWrites(console: Console, n: number, about = mine): void {
  const actor = { kind: "customer", id: "contact-1", name: null };
  tell(console, n, "message_added", { conversation: about, message: message(n), actor });
}

async function away(preferences: Partial<ReturnType<typeof me>["preferences"]> = {}): Promise<Console> {
  const console = await liveConsole("/console/waiting");
  console.attentive = false;
  await console.app.session.setPreferences(preferences);
  return console;
}

test("a new waiting conversation is heard, and shown outside of the page if that is wished", async () => {
  const console = await away({ notify_waiting: true });
  tell(console, 11, "handed_off", { conversation: conversation({ contact: { id: "contact-1", name: "Mina", proof: "claimed" } }) });
  expect(console.beeps).toBe(1);
  expect(console.calls).toMatchObject([{ title: "\u2068Mina\u2069 is waiting", about: "c1", language: "en" }]);
  console.calls[0]!.follow();
  expect(console.app.store.get().route).toEqual({ place: "desk", view: { kind: "waiting" }, conversation: "c1" });
});

test("what a customer writes in a conversation of one's own is heard; in another's it is not", async () => {
  const console = await away({ notify_answers: true });
  customerWrites(console, 11, conversation({ state: "with_agent", owner: ANOTHERS }));
  expect([console.beeps, console.calls.length]).toEqual([0, 0]);
  customerWrites(console, 12, { ...mine, last_seq: 12 });
  expect(console.beeps).toBe(1);
  expect(console.calls).toMatchObject([{ text: "message 12" }]);
});

test("what one is looking at does not ring", async () => {
  const console = await liveConsole("/console/mine/c1");
  customerWrites(console, 11);
  expect(console.beeps).toBe(0);
  console.attentive = false;
  customerWrites(console, 12, { ...mine, last_seq: 12 });
  expect(console.beeps).toBe(1);
});

test("a conversation that is given to one is heard", async () => {
  const console = await away({ notify_given: true });
  tell(console, 11, "transferred", { conversation: mine, data: { to: { kind: "agent", id: "me" } } });
  expect([console.beeps, console.calls.length]).toEqual([1, 1]);
});

test("each sound and each notification is silenced by itself", async () => {
  const console = await away({ sound_answers: false, notify_waiting: true });
  customerWrites(console, 11);
  expect(console.beeps).toBe(0);
  tell(console, 12, "handed_off", { conversation_id: "c2", conversation: conversation({ id: "c2" }) });
  expect([console.beeps, console.calls.length]).toEqual([1, 1]);
});

test("while one looks at the page nothing is shown outside of it", async () => {
  const console = await liveConsole("/console/waiting");
  await console.app.session.setPreferences({ notify_waiting: true });
  tell(console, 11, "handed_off", { conversation: conversation() });
  expect([console.beeps, console.calls.length]).toEqual([1, 0]);
});

test("what was missed long ago does not ring when it is caught up", async () => {
  const console = await away({ notify_waiting: true });
  tell(console, 11, "handed_off", { conversation: conversation(), at: at(-10) });
  expect([console.beeps, console.calls.length]).toEqual([0, 0]);
});

test("who is offline is not called to the queue", async () => {
  const console = await liveConsole("/console/waiting");
  console.server.on("PUT /me/presence", { body: {} });
  await console.app.session.setPresence("offline");
  tell(console, 11, "handed_off", { conversation: conversation() });
  expect(console.beeps).toBe(0);
});

test("of several windows of one browser only one makes the sound", async () => {
  const first = await liveConsole("/console/waiting");
  const second = await liveConsole("/console/waiting", 10, first.storage);
  for (const console of [first, second]) tell(console, 11, "handed_off", { conversation: conversation() });
  expect([first.beeps, second.beeps]).toEqual([1, 0]);
});
