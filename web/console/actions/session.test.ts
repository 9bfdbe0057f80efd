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

test("the account's language is spoken where none was chosen, and only there", async () => {
  const persian = { body: me({ locale: "fa" }) };
  const fresh = consoleAt("/console/");
  fresh.server.on("GET /me", persian);
  await fresh.app.session.check();
  expect(fresh.app.store.get().preferences.language).toBe("fa");
  const chosen = consoleAt("/console/");
  chosen.server.on("GET /me", persian);
  chosen.app.session.prefer({ language: "ar" });
  await chosen.app.session.check();
  expect(chosen.app.store.get().preferences.language).toBe("ar");
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
