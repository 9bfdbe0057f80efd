import { describe, expect, test } from "vitest";
import { ack, CONNECTED, frame, LOST, ready, say, typed } from "./fixtures";
import { tellNews } from "./news";
import { type Action, START } from "./state";
import { Store } from "./store";

/** What the page is told while these things happen. */
function told(...actions: Action[]): unknown[] {
  const store = new Store();
  const news: unknown[] = [];
  expect(store.state).toBe(START);
  tellNews(store, (name, detail) => {
    news.push(name === "message" ? (detail as { id: string }).id : { name, ...detail });
  });
  for (const action of actions) store.dispatch(action);
  return news;
}

const WITH_BOT = { name: "state", state: "with_bot", agent: null, position: null };

describe("what the page is told", () => {
  test("what was said before the page came is no news", () => {
    expect(told(CONNECTED, say(1), say(2), ready(2))).toEqual([WITH_BOT]);
  });

  test("each new message is told once, also the visitor's own", () => {
    const news = told(CONNECTED, ready(0), say(1), say(1), typed("a"), ack("a", 2), say(2, { by: "customer", clientId: "a" }));
    expect(news).toEqual([WITH_BOT, "c1-m1", "c1-m2"]);
  });

  test("what was missed while the connection was lost is told when it comes", () => {
    const news = told(CONNECTED, say(1), ready(1), LOST, CONNECTED, say(2), ready(2));
    expect(news).toEqual([WITH_BOT, "c1-m2"]);
  });

  test("a state is told when it changes, not when it is repeated", () => {
    const waiting = { type: "state", state: "waiting", position: 2, waitS: 60, agent: null } as const;
    const news = told(CONNECTED, ready(0), frame(waiting), frame({ ...waiting, waitS: 30 }), frame({ ...waiting, position: 1 }));
    expect(news).toEqual([
      WITH_BOT,
      { name: "state", state: "waiting", agent: null, position: 2 },
      { name: "state", state: "waiting", agent: null, position: 1 },
    ]);
  });
});
