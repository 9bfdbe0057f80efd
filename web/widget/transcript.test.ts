import { describe, expect, test } from "vitest";
import { CONNECTED, LOST, ack, after, frame, message, numbers, ready, say, typed } from "./fixtures";
import { type Action, needsResync, reduce, unsent } from "./state";
import { currentConversation } from "./transcript";

describe("looking back", () => {
  const older = (messages: Parameters<typeof message>[0][], more: boolean, conversationId = "c1"): Action => ({
    type: "looked_back",
    messages: messages.map((seq) => message(seq, { conversationId })),
    more,
  });

  test("what came before stands in front, once, and what is missed is still asked for from the end", () => {
    const state = after(CONNECTED, ready(9), say(8), say(9), older([6, 7, 8], true));
    expect(numbers(state)).toEqual([6, 7, 8, 9]);
    expect([state.transcript.seq, needsResync(state), state.fromStart]).toEqual([9, false, false]);
  });

  test("the conversation before stands before the one going on, which stays so", () => {
    const state = after(CONNECTED, ready(1), say(1), older([4, 5], false, "c0"), say(2));
    expect(numbers(state)).toEqual([4, 5, 1, 2]);
    expect(currentConversation(state.transcript)).toBe("c1");
    expect(state.fromStart).toBe(true);
    expect(numbers(reduce(state, older([2, 3], false, "c0")))).toEqual([2, 3, 4, 5, 1, 2]);
  });

  test("nothing comes before the first word of a new visitor", () => {
    expect(after(CONNECTED, ready(0, { conversationId: null, state: null })).fromStart).toBe(true);
    expect(after(CONNECTED, ready(3)).fromStart).toBe(false);
  });
});

describe("resuming", () => {
  test("missed messages arrive once and in order, whether before or after `ready`", () => {
    const before = after(CONNECTED, say(1), say(2), ready(2));
    const afterwards = after(CONNECTED, ready(2), say(1), say(2));
    expect(numbers(before)).toEqual([1, 2]);
    expect(numbers(afterwards)).toEqual([1, 2]);
    expect([before.transcript.seq, afterwards.transcript.seq]).toEqual([2, 2]);
  });

  test("what is sent again is not shown again", () => {
    const state = after(CONNECTED, say(1), say(2), ready(2), LOST, CONNECTED, say(2), say(3), ready(3));
    expect(numbers(state)).toEqual([1, 2, 3]);
  });

  test("an ack that overtakes the missed messages does not make them forgotten", () => {
    const broken = after(CONNECTED, say(1), ready(1), LOST, CONNECTED, ready(4), typed("a"), ack("a", 5), LOST);
    expect(broken.transcript.seq).toBe(1);
    const told = [CONNECTED, ready(5), say(2), say(3), say(4)].reduce(reduce, broken);
    const state = reduce(told, say(5, { by: "customer", clientId: "a" }));
    expect(numbers(state)).toEqual([1, 2, 3, 4, 5]);
    expect(needsResync(state)).toBe(false);
  });

  test("a repeated ack amid the missed messages finds its place", () => {
    const state = after(CONNECTED, typed("a"), ready(3), ack("a", 2), say(1), say(3));
    expect(numbers(state)).toEqual([1, 2, 3]);
    expect([state.transcript.seq, needsResync(state)]).toEqual([3, false]);
  });

  test("numbers that only agents see leave no gap once the gateway has resumed us", () => {
    const state = after(CONNECTED, say(1), say(4), ready(5), say(6));
    expect(state.transcript.seq).toBe(6);
    expect(needsResync(state)).toBe(false);
  });

  test("a connection that breaks amid the missed messages resumes from the last of them", () => {
    const state = after(CONNECTED, ready(4), say(1), say(2), LOST);
    expect(state.transcript.seq).toBe(2);
  });

  test("`ready` brings the state, and keeps the details of the same state", () => {
    const waiting = frame({ type: "state", state: "waiting", position: 2, waitS: 120, agent: null });
    const state = after(CONNECTED, ready(0), waiting, LOST, CONNECTED, ready(0, { state: "waiting" }));
    expect(state.status?.position).toBe(2);
    const resolved = after(CONNECTED, ready(0), waiting, LOST, CONNECTED, ready(0, { state: "resolved" }));
    expect(resolved.status).toMatchObject({ state: "resolved", position: null });
  });
});

describe("order", () => {
  const online = after(CONNECTED, ready(0));

  test("messages out of order are shown in order, and the gap closes by itself", () => {
    const open = [say(1), say(3)].reduce(reduce, online);
    expect(needsResync(open)).toBe(true);
    expect(open.transcript.seq).toBe(1);
    const closed = reduce(open, say(2));
    expect(numbers(closed)).toEqual([1, 2, 3]);
    expect(closed.transcript.seq).toBe(3);
    expect(needsResync(closed)).toBe(false);
  });

  test("an ack may overtake the message before it", () => {
    const open = [typed("a"), ack("a", 2)].reduce(reduce, online);
    expect(needsResync(open)).toBe(true);
    const closed = reduce(open, say(1));
    expect(numbers(closed)).toEqual([1, 2]);
    expect(needsResync(closed)).toBe(false);
  });

  test("a gap that stays is asked for from before it, and then accepted", () => {
    const open = [say(1), say(3)].reduce(reduce, online);
    const resumed = [LOST, CONNECTED, say(3), ready(3)].reduce(reduce, open);
    expect(numbers(resumed)).toEqual([1, 3]);
    expect(needsResync(resumed)).toBe(false);
    expect(reduce(resumed, say(4)).transcript.seq).toBe(4);
  });

  test("nothing needs a fresh connection while there is none", () => {
    expect(needsResync(after(CONNECTED, ready(0), say(2), LOST))).toBe(false);
  });

  test("any shuffle of frames and repeats ends in the same transcript", () => {
    for (let seed = 1; seed <= 300; seed++) {
      const state = shuffled(seed).reduce(reduce, online);
      expect(numbers(state)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
      expect(state.transcript.seq).toBe(8);
      expect(needsResync(state)).toBe(false);
    }
  });
});

describe("another conversation", () => {
  const old = after(CONNECTED, say(1), say(2), ready(2));

  test("begins its numbers afresh and keeps the old messages above", () => {
    const state = [say(1, { conversationId: "c2" }), say(2, { conversationId: "c2" })].reduce(reduce, old);
    expect(state.transcript.placed.map((one) => one.message.id)).toEqual([
      "c1-m1",
      "c1-m2",
      "c2-m1",
      "c2-m2",
    ]);
    expect(currentConversation(state.transcript)).toBe("c2");
    expect(state.transcript.seq).toBe(2);
  });

  test("may be opened by our own message", () => {
    const state = [typed("a"), ack("a", 1, "c2")].reduce(reduce, old);
    expect(currentConversation(state.transcript)).toBe("c2");
    expect(numbers(state)).toEqual([1, 2, 1]);
    expect(needsResync(state)).toBe(false);
  });

  test("may be found open after a reconnect", () => {
    const again = [LOST, CONNECTED, say(1, { conversationId: "c2" }), ready(1, { conversationId: "c2" })];
    const state = again.reduce(reduce, old);
    expect(state.transcript.seq).toBe(1);
    expect(numbers(state)).toEqual([1, 2, 1]);
  });

  test("a break before the rest of the old one came loses neither", () => {
    const broken = [LOST, CONNECTED, ready(2, { conversationId: "c2" }), say(3), LOST].reduce(reduce, old);
    expect([currentConversation(broken.transcript), broken.transcript.seq]).toEqual(["c1", 3]);
    const again = [CONNECTED, ready(2, { conversationId: "c2" }), say(5)];
    const rest = [say(1, { conversationId: "c2" }), say(2, { conversationId: "c2" })];
    const state = [...again, ...rest].reduce(reduce, broken);
    expect(numbers(state)).toEqual([1, 2, 3, 5, 1, 2]);
    expect([currentConversation(state.transcript), state.transcript.seq]).toEqual(["c2", 2]);
    expect(needsResync(state)).toBe(false);
  });

  test("a late message of the old one finds its old place", () => {
    const state = [say(1, { conversationId: "c2" }), say(3)].reduce(reduce, old);
    expect(state.transcript.placed.map((one) => one.message.id)).toEqual(["c1-m1", "c1-m2", "c1-m3", "c2-m1"]);
    expect(state.transcript.seq).toBe(1);
  });

  test("the first one is adopted when its name comes only after the first ack", () => {
    const first = after(CONNECTED, ready(0, { conversationId: null }), typed("a"), ack("a", 1, null));
    const state = reduce(first, say(2));
    expect(numbers(state)).toEqual([1, 2]);
    expect(needsResync(state)).toBe(false);
  });
});

describe("another epoch", () => {
  test("forgets what a restored store no longer knows, and keeps what was not yet sent", () => {
    const old = after(CONNECTED, say(1), say(2), say(3), ready(3), typed("a"));
    const state = [LOST, CONNECTED, say(1, { id: "restored" }), ready(1, { epoch: "e2" })].reduce(reduce, old);
    expect(state.transcript.placed.map((one) => one.message.id)).toEqual(["restored"]);
    expect(state.transcript.seq).toBe(1);
    expect(state.epoch).toBe("e2");
    expect(unsent(state)).toHaveLength(1);
  });
});

/** Messages 1 to 8, some twice, in an order that only the seed decides. */
function shuffled(seed: number): Action[] {
  let random = seed;
  const next = (): number => (random = (random * 48_271) % 2_147_483_647) / 2_147_483_647;
  const actions = [1, 2, 3, 4, 5, 6, 7, 8, 3, 5, 8].map((seq) => say(seq));
  return actions
    .map((action) => ({ action, key: next() }))
    .sort((one, other) => one.key - other.key)
    .map((one) => one.action);
}
