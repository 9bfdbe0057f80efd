import { expect, test } from "vitest";
import { liveConsole } from "../testing/console";
import { ANOTHERS, MINE, opened } from "../testing/samples";
import { words } from "../locales/words";

const CLAIM = "POST /conversations/c1/claim";

test("a claim makes the conversation mine", async () => {
  const { app, server } = await liveConsole("/console/waiting");
  server.on(CLAIM, { body: opened({ state: "with_agent", owner: MINE, ownership: 3 }) });
  expect(await app.verbs.claim("c1")).toBe(true);
  expect(app.store.get().known.get("c1")?.owner).toEqual(MINE);
});

test("a lost race tells who has it now, and fetches how it stands", async () => {
  const { app, server, clock } = await liveConsole("/console/waiting");
  server
    .on(CLAIM, { status: 409, body: { state: "with_agent", owner: ANOTHERS, ownership: 3 } })
    .on("GET /conversations/c1", { body: opened({ state: "with_agent", owner: ANOTHERS, ownership: 3 }) })
    .on("GET /conversations/c1/messages", { body: { items: [], next: null } })
    .on("GET /conversations/c1/events", { body: { items: [], next: null } });
  expect(await app.verbs.claim("c1")).toBe(false);
  await clock.pass(0);
  const [notice] = app.store.get().notices;
  expect(notice?.say(words("en"))).toBe("\u2068Omid\u2069 has this conversation now.");
  expect(app.store.get().known.get("c1")?.owner).toEqual(ANOTHERS);
});

test("a verb whose answer was lost is asked again under the same key", async () => {
  const { app, server, clock } = await liveConsole("/console/waiting");
  server.on(CLAIM, "lost", "lost", { body: opened({ owner: MINE, state: "with_agent", ownership: 3 }) });
  const done = app.verbs.claim("c1");
  await clock.pass(5_000);
  expect(await done).toBe(true);
  const asked = server.askedFor(CLAIM);
  expect(asked).toHaveLength(3);
  expect(new Set(asked.map(({ key }) => key)).size).toBe(1);
});

test("two verbs never share a key", async () => {
  const { app, server } = await liveConsole("/console/waiting");
  server.on(CLAIM, { body: opened() });
  await app.verbs.claim("c1");
  await app.verbs.claim("c1");
  const [first, second] = server.askedFor(CLAIM);
  expect(first?.key).not.toBe(second?.key);
});

test("claiming when nobody waits says so", async () => {
  const { app, server } = await liveConsole("/console/waiting");
  server.on("POST /conversations/next", { status: 204 });
  expect(await app.verbs.claimNext()).toBeNull();
  expect(app.store.get().notices[0]?.say(words("en"))).toBe("Nobody is waiting.");
});
