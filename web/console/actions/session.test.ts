import { expect, test } from "vitest";
import { consoleAt, liveConsole } from "../testing/console";
import { conversation, event, me } from "../testing/samples";

test("who is not signed in is asked to, without a word of a session that ended", async () => {
  const { app, server } = consoleAt("/console/");
  server.on("GET /me", { status: 401 });
  await app.session.check();
  expect(app.store.get().session).toEqual({ phase: "signed_out", expired: false });
});

test("a server that cannot be reached is no reason to sign in again", async () => {
  const { app, server } = consoleAt("/console/");
  server.on("GET /me", "lost", { status: 500 });
  await app.session.check();
  expect(app.store.get().session.phase).toBe("unreachable");
  await app.session.check();
  expect(app.store.get().session.phase).toBe("unreachable");
});

test("signing in takes the token that changes need", async () => {
  const { app, server } = consoleAt("/console/");
  server
    .on("POST /session", { body: { agent: me(), csrf_token: "first" } })
    .on("PUT /me/presence", { body: {} });
  await app.session.signIn("sara@example.com", "secret");
  await app.session.setPresence("away");
  expect(server.askedFor("PUT /me/presence")[0]).toMatchObject({ csrf: "csrf", body: { status: "away" } });
  expect(app.store.get().me?.presence).toBe("away");
});

test("language and theme are the account's, but for what was chosen before signing in", async () => {
  const account = me({ locale: "fa", preferences: { ...me().preferences, theme: "dark" } });
  const fresh = consoleAt("/console/waiting");
  fresh.server.on("GET /me", { body: account });
  await fresh.app.session.check();
  expect(fresh.app.store.get().preferences).toMatchObject({ language: "fa", theme: "dark" });
  const chosen = consoleAt("/console/waiting");
  chosen.server.on("GET /me", { status: 401 }, { body: account });
  chosen.server.on("POST /session", { body: { agent: account, csrf_token: "first" } });
  await chosen.app.session.check();
  chosen.app.session.prefer({ language: "ar" });
  await chosen.app.session.signIn("sara@example.com", "secret");
  expect(chosen.app.store.get().preferences).toMatchObject({ language: "ar", theme: "dark" });
  expect(chosen.server.askedFor("PATCH /me")).toMatchObject([{ body: { locale: "ar" } }]);
});

test("what is preferred is kept with the account", async () => {
  const { app, server } = await liveConsole("/console/waiting");
  app.session.prefer({ theme: "dark" });
  app.session.prefer({ details: false });
  await app.session.setPreferences({ undo_seconds: 10 });
  expect(server.askedFor("PATCH /me").map(({ body }) => body)).toEqual([
    { preferences: { theme: "dark" } },
    { preferences: { undo_seconds: 10 } },
  ]);
  expect(app.store.get().me?.preferences.undo_seconds).toBe(10);
});

test("a preference or capacity that could not be kept is not shown", async () => {
  const { app, server } = await liveConsole("/console/waiting");
  server.on("PATCH /me", { status: 503 });
  await app.session.setPreferences({ sound_waiting: false });
  await app.session.setCapacity(3);
  expect(app.store.get().me).toMatchObject({ capacity: null, preferences: { sound_waiting: true } });
  expect(app.store.get().notices).toHaveLength(2);
});

test("what is changed in another browser is taken over here", async () => {
  const { app, server, clock } = await liveConsole("/console/waiting");
  server.on("GET /me", { body: me({ locale: "ar", capacity: 4 }) });
  server.wire.tells({ type: "event", ...event(11, "agent_changed", { conversation_id: null, data: { agent_id: "me" } }) });
  await clock.pass(0);
  expect(app.store.get().me?.capacity).toBe(4);
  expect(app.store.get().preferences.language).toBe("ar");
});

test("a new admin who comes in by the front door is led through the first steps", async () => {
  const done = { inbox: false, agent: false, bot: false };
  const first = consoleAt("/console/");
  first.server.on("GET /me", { body: me({ role: "admin" }) }).on("GET /first-steps", { body: done });
  await first.app.session.check();
  await first.clock.pass(0);
  expect(first.app.store.get().route).toEqual({ place: "start" });
  const finished = consoleAt("/console/");
  finished.server
    .on("GET /me", { body: me({ role: "admin" }) })
    .on("GET /first-steps", { body: { inbox: true, agent: true, bot: true } });
  await finished.app.session.check();
  await finished.clock.pass(0);
  expect(finished.app.store.get().route).toMatchObject({ place: "desk" });
  expect(finished.server.askedFor("PATCH /me")).toMatchObject([{ body: { preferences: { first_steps: false } } }]);
});

test("an agent, and who comes for something certain, are not led", async () => {
  const agent = await liveConsole("/console/");
  expect(agent.app.store.get().route).toMatchObject({ place: "desk" });
  const certain = consoleAt("/console/mine");
  certain.server
    .on("GET /me", { body: me({ role: "admin" }) })
    .on("GET /first-steps", { body: { inbox: false, agent: false, bot: false } });
  await certain.app.session.check();
  await certain.clock.pass(0);
  expect(certain.app.store.get().route).toMatchObject({ view: { kind: "mine" } });
});

test("a wrong password is the form's to tell", async () => {
  const { app, server } = consoleAt("/console/");
  server.on("POST /session", { status: 429, headers: { "Retry-After": "30" } });
  await expect(app.session.signIn("a", "b")).rejects.toMatchObject({ status: 429, retryAfter: 30 });
});

test("a presence that could not be set is not shown", async () => {
  const { app, server } = await liveConsole("/console/");
  server.on("PUT /me/presence", { status: 503 });
  await app.session.setPresence("offline");
  expect(app.store.get().me?.presence).toBe("online");
  expect(app.store.get().notices).toHaveLength(1);
});

test("signing out leaves nothing of one agent for the next", async () => {
  const { app, server } = await liveConsole("/console/");
  server.wire.tells({ type: "event", ...event(11, "handed_off", { conversation: conversation() }) });
  server.on("DELETE /session", { status: 204 });
  await app.session.signOut();
  const { me: nobody, known, opened, outgoing } = app.store.get();
  expect([nobody, known.size, opened.size, outgoing.length]).toEqual([null, 0, 0, 0]);
  expect(server.wire.closed).toBe(true);
});

test("a session that ended while the connection was lost is noticed", async () => {
  const { app, server, clock } = await liveConsole("/console/");
  server.on("GET /me", { status: 401 });
  server.wire.breaks();
  await clock.pass(500);
  server.wire.breaks();
  await clock.pass(0);
  expect(app.store.get().session).toEqual({ phase: "signed_out", expired: true });
});

test("a session that ended elsewhere ends here, and says so", async () => {
  const { app, server } = await liveConsole("/console/");
  server.wire.breaks(4401);
  expect(app.store.get().session).toEqual({ phase: "signed_out", expired: true });
});
