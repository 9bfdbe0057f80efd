import { describe, expect, test } from "vitest";
import { translator } from "../shared/catalogue";
import { headline, waitingLine } from "./headline";
import { en } from "./locales/en";
import type { Outgoing } from "./outgoing";
import type { AuthorKind, Message } from "./protocol";
import { type ChatState, START } from "./state";
import { addMessage, EMPTY_TRANSCRIPT } from "./transcript";
import { lines } from "./view";

const t = translator(en, "en");

function message(seq: number, kind: AuthorKind, changes: Partial<Message> = {}): Message {
  return {
    id: `m${seq}`,
    conversationId: "c1",
    seq,
    clientId: kind === "customer" ? `k${seq}` : null,
    author: { kind, name: null },
    text: `text ${seq}`,
    buttons: [],
    attachments: [],
    image: null,
    replyTo: null,
    chosen: null,
    at: `2026-11-21T10:0${seq}:00Z`,
    ...changes,
  };
}

function outgoing(changes: Partial<Outgoing> = {}): Outgoing {
  return {
    clientId: "k9",
    kind: "message",
    text: "on its way",
    attachments: [],
    replyTo: null,
    value: null,
    at: "2026-11-21T10:09:00Z",
    failure: null,
    ...changes,
  };
}

function state(messages: readonly Message[], changes: Partial<ChatState> = {}): ChatState {
  const transcript = messages.reduce((all, one) => addMessage(all, one, "told"), EMPTY_TRANSCRIPT);
  return { ...START, phase: "online", transcript, ...changes };
}

describe("the lines of the transcript", () => {
  test("what one says in a row stands together, until another speaks or time passes", () => {
    const later = message(4, "bot", { at: "2026-11-21T10:30:00Z" });
    const shown = lines(state([message(1, "customer"), message(2, "bot"), message(3, "bot"), later]));
    expect(shown.map(({ first, last }) => [first, last])).toEqual([
      [true, true],
      [true, false],
      [false, true],
      [true, true],
    ]);
  });

  test("a new day is marked", () => {
    const next = message(2, "bot", { at: "2026-11-22T14:00:00Z" });
    const shown = lines(state([message(1, "bot"), next]));
    expect(shown.map(({ newDay }) => newDay)).toEqual([true, true]);
    expect(lines(state([message(1, "bot"), message(2, "bot")])).map(({ newDay }) => newDay)).toEqual([
      true,
      false,
    ]);
  });

  test("what is on its way comes last and keeps its key when it arrives", () => {
    const before = lines(state([message(1, "bot")], { outbox: [outgoing({ clientId: "k2" })] }));
    const after = lines(state([message(1, "bot"), message(2, "customer")]));
    expect(before.map(({ key }) => key)).toEqual(after.map(({ key }) => key));
    expect(before[1]?.mark).toBe("pending");
    expect(after[1]?.mark).toBe("sent");
  });

  test("without a connection it is kept, and a refused one has failed", () => {
    const outbox = [outgoing(), outgoing({ clientId: "k10", failure: "too_long" })];
    const shown = lines(state([], { outbox, phase: "lost" }));
    expect(shown.map(({ mark }) => mark)).toEqual(["kept", "failed"]);
  });

  test("who read a message has read those before it", () => {
    const said = [message(1, "customer"), message(2, "customer"), message(3, "customer")];
    const shown = lines(state(said, { read: ["m2"] }));
    expect(shown.map(({ mark }) => mark)).toEqual(["read", "read", "sent"]);
  });

  test("buttons are settled by a press, also one still on its way or of another tab", () => {
    const asked = message(1, "bot", { buttons: [{ label: "Yes", value: "yes" }] });
    expect(lines(state([asked]))[0]).toMatchObject({ chosen: null, settled: false });
    const pressed = outgoing({ kind: "choose", replyTo: "m1", value: "yes" });
    expect(lines(state([asked], { outbox: [pressed] }))[0]).toMatchObject({ chosen: "yes", settled: true });
    const told = message(2, "customer", { replyTo: "m1", chosen: "yes" });
    expect(lines(state([asked, told]))[0]).toMatchObject({ chosen: "yes", settled: true });
  });

  test("buttons of a conversation that is over can no longer be pressed", () => {
    const asked = message(1, "bot", { buttons: [{ label: "Yes", value: "yes" }] });
    const other = message(1, "customer", { id: "n1", conversationId: "c2" });
    expect(lines(state([asked, other]))[0]).toMatchObject({ chosen: null, settled: true });
  });
});

describe("the headline tells the truth", () => {
  const status = { state: "waiting", position: 2, waitS: 230, agent: null } as const;

  test.each([
    [{ phase: "starting" }, "bot", "Connecting…"],
    [{}, "bot", "The assistant answers at once"],
    [{ status }, "waiting", "A person will join you"],
    [{ status, opening: { open: false } }, "none", "Nobody is here right now"],
    [{ opening: { open: false } }, "bot", "The assistant answers at once"],
    [{ status: { ...status, state: "with_agent", agent: "Sara" } }, "agent", "\u2068Sara\u2069 is with you"],
    [{ status: { ...status, state: "with_agent" } }, "agent", "A person is with you"],
    [{ status: { ...status, state: "resolved" } }, "resolved", "Resolved. Write to go on."],
    [{ status, phase: "lost" }, "none", "Connection lost"],
    [{ phase: "refused" }, "none", "This chat is not available"],
  ] as const)("%o", (changes, company, text) => {
    expect(headline(state([], changes), t)).toEqual({ company, text });
  });

  test.each([
    [2, 230, "You are number 2 in line · about 4 minutes"],
    [1, 20, "You are next in line · less than a minute"],
    [3, null, "You are number 3 in line"],
    [null, null, ""],
  ])("place %s, %s seconds", (position, waitS, told) => {
    expect(waitingLine(state([], { status: { ...status, position, waitS } }), t)).toBe(told);
  });
});
