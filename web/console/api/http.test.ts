import { expect, test } from "vitest";
import { FakeServer } from "../testing/server";
import { Http } from "./http";
import { newKey } from "./key";
import { ConnectionLost, Problem } from "./problem";

function httpOver(server: FakeServer, onSignedOut = (): void => undefined): Http {
  return new Http({ fetch: server.fetch, base: "/api/v1", onSignedOut });
}

test("a changing request carries the CSRF token and its key", async () => {
  const server = new FakeServer().on("POST /queues", { status: 201, body: { id: "q1" } });
  const http = httpOver(server);
  http.csrf = "secret";
  expect(await http.send("/queues", { method: "POST", body: { name: "x" }, key: "k1" })).toEqual({ id: "q1" });
  expect(server.asked[0]).toMatchObject({ csrf: "secret", key: "k1", body: { name: "x" } });
});

test("reading carries neither", async () => {
  const server = new FakeServer().on("GET /me", { body: {} });
  const http = httpOver(server);
  http.csrf = "secret";
  await http.send("/me");
  expect(server.asked[0]).toMatchObject({ csrf: null, key: null });
});

test("a no is a problem with the server's words, fields and time to wait", async () => {
  const body = { title: "Bad", detail: "x", errors: [{ field: "name", message: "empty" }] };
  const server = new FakeServer().on("GET /me", { status: 429, body, headers: { "Retry-After": "7" } });
  const problem = await httpOver(server).send("/me").catch((error: unknown) => error);
  expect(problem).toBeInstanceOf(Problem);
  expect(problem).toMatchObject({ status: 429, retryAfter: 7, message: "x", fields: [{ field: "name", message: "empty" }] });
});

test("a no without a readable body is a problem still", async () => {
  const http = new Http({
    fetch: async () => new Response("<html>", { status: 500 }),
    base: "",
    onSignedOut: () => undefined,
  });
  await expect(http.send("/me")).rejects.toMatchObject({ status: 500, fields: [] });
});

test("no answer is a lost connection, and so is a proxy that found nobody behind it", async () => {
  const server = new FakeServer().on("GET /me", "lost", { status: 502 });
  const http = httpOver(server);
  await expect(http.send("/me")).rejects.toBeInstanceOf(ConnectionLost);
  await expect(http.send("/me")).rejects.toBeInstanceOf(ConnectionLost);
});

test("a session that ended is told, a wrong password is not", async () => {
  const server = new FakeServer().on("GET /me", { status: 401 }).on("POST /session", { status: 401 });
  let told = 0;
  const http = httpOver(server, () => told++);
  await http.send("/session", { method: "POST" }).catch(() => undefined);
  expect(told).toBe(0);
  await http.send("/me").catch(() => undefined);
  expect(told).toBe(1);
});

test("no two keys are alike", () => {
  expect(new Set(Array.from({ length: 100 }, newKey)).size).toBe(100);
});
