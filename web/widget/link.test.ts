import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { outgoing } from "./fixtures";
import { FakeGateway } from "./gateway.fake";
import { Link } from "./link";
import { type Session, SessionRefused } from "./session";
import { Store } from "./store";

const SESSION: Session = { token: "t1", contactId: "visitor" };

interface Tab {
  readonly store: Store;
  readonly link: Link;
  say(text: string): void;
}

function tab(gateway: FakeGateway, openSession = async (): Promise<Session> => SESSION): Tab {
  const store = new Store();
  const openSocket = (): WebSocket => gateway.openSocket();
  const link = new Link({ store, openSession, openSocket, random: () => 0.5 });
  const say = (text: string): void => {
    store.dispatch({ type: "queued", outgoing: outgoing(`client of ${text}`, { text }) });
    link.flush();
  };
  return { store, link, say };
}

function shown({ store }: Tab): readonly string[] {
  return store.state.transcript.placed.map((one) => one.message.id);
}

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

async function pass(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
}

describe("the link", () => {
  test("says hello with the token in the frame, and sends what was typed before", async () => {
    const gateway = new FakeGateway();
    const one = tab(gateway);
    one.say("typed before");
    void one.link.connect();
    await pass(100);
    expect(gateway.hellos).toEqual([{ type: "hello", token: "t1", since: 0, recent: 50 }]);
    expect(gateway.stored.map((stored) => stored.text)).toEqual(["typed before"]);
    expect(one.store.state.outbox).toEqual([]);
  });

  test("resumes from the last number, in the same conversation of the same store", async () => {
    const gateway = new FakeGateway();
    const one = tab(gateway);
    void one.link.connect();
    await pass(100);
    gateway.store("hello");
    gateway.sockets[0]?.break();
    gateway.store("missed");
    expect(one.store.state.phase).toBe("lost");
    await pass(1_000);
    expect(gateway.hellos[1]).toMatchObject({ since: 1, conversation_id: "c1", epoch: "e1" });
    expect(shown(one)).toEqual(["m1", "m2"]);
  });

  test("a message whose ack was lost is sent again and stored once", async () => {
    const gateway = new FakeGateway();
    const one = tab(gateway);
    void one.link.connect();
    await pass(100);
    gateway.losesAcks = true;
    one.say("hello");
    await pass(9_000);
    gateway.losesAcks = false;
    await pass(3_000);
    expect(gateway.visible()).toEqual(["m1"]);
    expect(shown(one)).toEqual(["m1"]);
    expect(one.store.state.outbox).toEqual([]);
  });

  test("a note, which it never sees, is asked for once and then accepted as a hole", async () => {
    const gateway = new FakeGateway();
    const one = tab(gateway);
    void one.link.connect();
    await pass(100);
    gateway.store("hello");
    gateway.store("only for agents", { note: true });
    gateway.store("for the customer");
    await pass(1_500);
    expect(gateway.hellos).toHaveLength(2);
    expect(one.store.state.phase).toBe("online");
    await pass(60_000);
    expect(gateway.hellos).toHaveLength(2);
    expect(shown(one)).toEqual(["m1", "m3"]);
  });

  test("waits longer each time, and connects at once when told to", async () => {
    const gateway = new FakeGateway();
    gateway.breaksAfter = () => 0;
    const one = tab(gateway);
    void one.link.connect();
    await pass(60_000);
    const attempts = gateway.sockets.length;
    expect(attempts).toBeGreaterThan(5);
    expect(attempts).toBeLessThan(11);
    gateway.breaksAfter = null;
    void one.link.connect();
    await pass(50);
    expect(one.store.state.phase).toBe("online");
  });

  test("a connection that went dead in silence is given up", async () => {
    const gateway = new FakeGateway();
    const one = tab(gateway);
    void one.link.connect();
    await pass(100);
    gateway.answersPings = false;
    await pass(54_000);
    expect(gateway.hellos).toHaveLength(2);
  });

  test("a token that is no longer known is replaced, and another visitor's story not shown on", async () => {
    const gateway = new FakeGateway();
    const contacts = ["visitor", "somebody else"];
    const one = tab(gateway, async () => ({ ...SESSION, contactId: contacts.shift() ?? "" }));
    void one.link.connect();
    await pass(100);
    gateway.store("private");
    expect(shown(one)).toEqual(["m1"]);
    gateway.stored.length = 0;
    gateway.sockets[0]?.break(4401);
    await pass(1_000);
    expect(shown(one)).toEqual([]);
    expect(one.store.state.phase).toBe("online");
  });

  test("an inbox that will not have us is not asked again and again", async () => {
    let asked = 0;
    const one = tab(new FakeGateway(), async () => {
      asked += 1;
      throw new SessionRefused();
    });
    void one.link.connect();
    await pass(120_000);
    expect(one.store.state.phase).toBe("refused");
    expect(asked).toBe(1);
  });

  test("a gateway that is down is asked again", async () => {
    let asked = 0;
    const one = tab(new FakeGateway(), async () => {
      asked += 1;
      if (asked < 3) throw new TypeError("Failed to fetch");
      return SESSION;
    });
    void one.link.connect();
    await pass(10_000);
    expect(one.store.state.phase).toBe("online");
  });
});

describe("many broken connections", () => {
  test("lose nothing, show nothing twice and keep the order", async () => {
    for (let seed = 1; seed <= 60; seed++) await story(seed);
  });
});

/** Two tabs write while answers and notes come and every connection breaks after a few frames. */
async function story(seed: number): Promise<void> {
  let random = seed;
  const next = (below: number): number => (random = (random * 48_271) % 2_147_483_647) % below;
  const gateway = new FakeGateway();
  gateway.breaksAfter = () => next(12);
  const tabs = [tab(gateway), tab(gateway)];
  for (const one of tabs) void one.link.connect();
  for (let step = 0; step < 40; step++) {
    const what = next(5);
    if (what < 2) tabs[what]?.say(`tab ${what} step ${step}`);
    else if (what < 4) gateway.store(`answer ${step}`, { note: what === 3 });
    await pass(next(3_000));
  }
  gateway.breaksAfter = null;
  for (const one of tabs) void one.link.connect();
  await pass(60_000);
  for (const one of tabs) {
    expect([seed, shown(one)]).toEqual([seed, gateway.visible()]);
    expect(one.store.state.outbox).toEqual([]);
    expect(inOrderTyped(gateway, tabs.indexOf(one))).toBe(true);
    one.link.close();
  }
}

function inOrderTyped(gateway: FakeGateway, tabNumber: number): boolean {
  const steps = gateway.stored
    .filter((stored) => stored.text.startsWith(`tab ${tabNumber} `))
    .map((stored) => Number(stored.text.split(" ").at(-1)));
  return steps.every((step, at) => at === 0 || step > (steps[at - 1] ?? 0));
}
