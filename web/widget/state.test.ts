import { describe, expect, test } from "vitest";
import { CONNECTED, LOST, ack, after, frame, numbers, outgoing, ready, say, typed } from "./fixtures";
import { frameOf } from "./outgoing";
import { type Action, needsResync, reduce, unsent } from "./state";

describe("what the customer sends", () => {
  test("stays in the outbox until it is acknowledged, and is then said once", () => {
    const waiting = after(CONNECTED, ready(0), typed("a"));
    expect(waiting.outbox).toHaveLength(1);
    expect(numbers(waiting)).toEqual([]);
    const stored = reduce(waiting, ack("a", 1));
    expect(stored.outbox).toEqual([]);
    expect(numbers(stored)).toEqual([1]);
    expect(stored.transcript.placed[0]?.message.text).toBe("typed a");
  });

  test("two equal acks are one message", () => {
    const state = after(CONNECTED, ready(0), typed("a"), ack("a", 1), ack("a", 1));
    expect(numbers(state)).toEqual([1]);
    expect(needsResync(state)).toBe(false);
  });

  test("what was typed while offline is kept in order for the next connection", () => {
    const state = after(CONNECTED, ready(0), LOST, typed("a"), typed("b"), typed("a"));
    expect(unsent(state).map((one) => one.clientId)).toEqual(["a", "b"]);
  });

  test("a message stored before the connection broke is not kept to be sent again", () => {
    const state = after(
      CONNECTED,
      ready(0),
      typed("a"),
      LOST,
      CONNECTED,
      say(1, { by: "customer", clientId: "a", text: "typed a" }),
      ready(1),
    );
    expect(state.outbox).toEqual([]);
    expect(numbers(state)).toEqual([1]);
  });

  test("the late ack of a message that came by itself changes nothing", () => {
    const state = after(
      CONNECTED,
      ready(0),
      typed("a"),
      say(1, { by: "customer", clientId: "a" }),
      ack("a", 1),
    );
    expect(numbers(state)).toEqual([1]);
    expect(needsResync(state)).toBe(false);
  });

  test("an ack of something we do not hold asks for a fresh connection", () => {
    const state = after(CONNECTED, ready(0), ack("other", 1));
    expect(needsResync(state)).toBe(true);
    expect(needsResync(reduce(state, say(1, { by: "customer", clientId: "other" })))).toBe(false);
  });

  test("a refused message stays, says why, and is not sent again until retried", () => {
    const refused = after(
      CONNECTED,
      ready(0),
      typed("a"),
      frame({ type: "error", code: "too_long", clientId: "a" }),
    );
    expect(refused.outbox[0]?.failure).toBe("too_long");
    expect(unsent(refused)).toEqual([]);
    expect(unsent(reduce(refused, { type: "retried", clientId: "a" }))).toHaveLength(1);
    expect(reduce(refused, { type: "dropped", clientId: "a" }).outbox).toEqual([]);
  });

  test("a limit or an outage leaves the message to be sent later", () => {
    const state = after(
      CONNECTED,
      ready(0),
      typed("a"),
      frame({ type: "error", code: "too_many", clientId: "a" }),
    );
    expect(unsent(state)).toHaveLength(1);
    expect(state.notice).toBe("too_many");
  });

  test("a pressed button becomes a message that says what was chosen", () => {
    const choice = outgoing("a", { kind: "choose", replyTo: "c1-m1", value: "yes", text: "Yes" });
    expect(frameOf(choice)).toEqual({
      type: "choose",
      client_id: "a",
      message_id: "c1-m1",
      value: "yes",
    });
    const state = after(CONNECTED, ready(0), say(1), { type: "queued", outgoing: choice }, ack("a", 2));
    expect(state.transcript.placed[1]?.message).toMatchObject({ replyTo: "c1-m1", chosen: "yes" });
  });
});

describe("live news", () => {
  test("typing ends with the message it promised", () => {
    const typing = frame({ type: "typing", author: { kind: "agent", name: "Sara" }, on: true });
    const state = after(CONNECTED, ready(0), typing);
    expect(state.typing?.name).toBe("Sara");
    expect(reduce(state, say(1, { by: "bot" })).typing?.name).toBe("Sara");
    expect(reduce(state, say(1, { by: "agent" })).typing).toBeNull();
    expect(reduce(state, LOST).typing).toBeNull();
  });

  test("a message that was read stays so, whatever is told later", () => {
    const receipt = (status: string): Action => frame({ type: "receipt", messageId: "c1-m1", status });
    const state = after(CONNECTED, ready(0), receipt("read"), receipt("delivered"));
    expect(state.read).toEqual(["c1-m1"]);
  });
});
