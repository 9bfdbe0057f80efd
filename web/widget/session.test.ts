import { describe, expect, test } from "vitest";
import { area } from "./fixtures";
import type { Options } from "./options";
import { openSession, SessionRefused, subjectOf } from "./session";
import { ChatStorage } from "./storage";

const PAGE: Options = {
  inbox: "demo",
  base: "https://chat.example/",
  locale: "fa",
  identity: null,
  attributes: {},
};

interface Asked {
  readonly url: string;
  readonly bearer: string | null;
  readonly body: Record<string, unknown>;
}

function gateway(answer: (asked: Asked) => number): { send: typeof fetch; asked: Asked[] } {
  const asked: Asked[] = [];
  const send = async (url: URL | RequestInfo, init?: RequestInit): Promise<Response> => {
    const bearer = new Headers(init?.headers).get("Authorization");
    const one = { url: String(url), bearer, body: JSON.parse(String(init?.body)) as Asked["body"] };
    asked.push(one);
    const token = `token ${asked.length}`;
    const session = { token, contact_id: "c" };
    return new Response(JSON.stringify(session), { status: answer(one) });
  };
  return { send, asked };
}

function storage(): ChatStorage {
  return new ChatStorage("demo", area());
}

function signed(subject: string): string {
  const payload = Buffer.from(JSON.stringify({ sub: subject })).toString("base64url");
  return `head.${payload}.signature of ${Math.floor(performance.now() * 1000)}`;
}

describe("a session", () => {
  test("begins with the inbox and the language, and is kept", async () => {
    const { send, asked } = gateway(() => 201);
    const kept = storage();
    const session = await openSession(PAGE, kept, send);
    expect(asked).toEqual([
      {
        url: "https://chat.example/chat/v1/sessions",
        bearer: null,
        body: { inbox: "demo", locale: "fa" },
      },
    ]);
    expect(session).toMatchObject({ contactId: "c" });
    expect(kept.session).toEqual({ token: "token 1", subject: null });
  });

  test("is resumed by its token", async () => {
    const { send, asked } = gateway(() => 201);
    const kept = storage();
    await openSession(PAGE, kept, send);
    await openSession(PAGE, kept, send);
    expect(asked[1]?.bearer).toBe("Bearer token 1");
  });

  test("begins anew when the gateway no longer knows the token", async () => {
    const { send, asked } = gateway(({ bearer }) => (bearer ? 401 : 201));
    const kept = storage();
    kept.session = { token: "old", subject: null };
    await openSession(PAGE, kept, send);
    expect(asked.map(({ bearer }) => bearer)).toEqual(["Bearer old", null]);
    expect(kept.session?.token).toBe("token 2");
  });

  test("an outage is no reason to forget who the visitor is", async () => {
    const { send, asked } = gateway(() => 503);
    const kept = storage();
    kept.session = { token: "old", subject: null };
    await expect(openSession(PAGE, kept, send)).rejects.not.toBeInstanceOf(SessionRefused);
    expect(asked).toHaveLength(1);
    expect(kept.session).toEqual({ token: "old", subject: null });
  });

  test("an unknown inbox is refused for good", async () => {
    const { send } = gateway(() => 404);
    await expect(openSession(PAGE, storage(), send)).rejects.toBeInstanceOf(SessionRefused);
  });
});

describe("a signed identity", () => {
  const known = { ...PAGE, identity: signed("user 7") };

  test("makes an anonymous visitor known", async () => {
    const { send, asked } = gateway(() => 201);
    const kept = storage();
    await openSession(PAGE, kept, send);
    await openSession(known, kept, send);
    expect(asked[1]).toMatchObject({ bearer: "Bearer token 1", body: { identity: known.identity } });
    expect(kept.session?.subject).toBe("user 7");
  });

  test("is not spent again for a session that it signed already", async () => {
    const { send, asked } = gateway(() => 201);
    const kept = storage();
    await openSession(known, kept, send);
    await openSession(known, kept, send);
    expect(asked[1]?.bearer).toBe("Bearer token 1");
    expect(asked[1]?.body).not.toHaveProperty("identity");
  });

  test("nobody gets the session of somebody else, also after signing out", async () => {
    for (const page of [{ ...PAGE, identity: signed("user 8") }, PAGE]) {
      const { send, asked } = gateway(() => 201);
      const kept = storage();
      kept.session = { token: "of user 7", subject: "user 7" };
      await openSession(page, kept, send);
      expect(asked.map(({ bearer }) => bearer)).toEqual([null]);
    }
  });

  test("one that is refused leaves the visitor anonymous, but with a chat", async () => {
    const { send, asked } = gateway(({ body }) => (body["identity"] ? 401 : 201));
    const kept = storage();
    await openSession(known, kept, send);
    expect(asked).toHaveLength(2);
    expect(kept.session).toEqual({ token: "token 2", subject: null });
  });

  test("tells persons apart even when it is no JWT", () => {
    expect(subjectOf("opaque one")).not.toBe(subjectOf("opaque two"));
    expect(subjectOf(signed("سارا"))).toBe(subjectOf(signed("سارا")));
  });
});
