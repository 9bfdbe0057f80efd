import { parse } from "./frames";
import type { Options } from "./options";
import type { ChatStorage, StoredSession } from "./storage";

/** A visitor's session with the gateway. */
export interface Session {
  readonly token: string;
  readonly contactId: string;
}

/** The gateway will not have this widget, whatever we send: no such inbox, or it is closed. */
export class SessionRefused extends Error {}

const ANSWER_WITHIN_MS = 15_000;

type Send = typeof fetch;

/** Resumes the visitor's session, or makes one; of several tabs only one makes it. */
export function openSession(
  options: Options,
  storage: ChatStorage,
  send: Send = fetch,
): Promise<Session> {
  const open = (): Promise<Session> => resumeOrStart(options, storage, send);
  const locks = globalThis.navigator?.locks;
  return locks ? locks.request(`peyk:${options.inbox}`, open) : open();
}

/** Tells the gateway what the page knows of the visitor, in a session that is open. */
export async function describe(options: Options, token: string, send: Send = fetch): Promise<void> {
  await post({ ...options, identity: null }, token, send);
}

async function resumeOrStart(
  options: Options,
  storage: ChatStorage,
  send: Send,
): Promise<Session> {
  const subject = options.identity && subjectOf(options.identity);
  const stored = resumable(storage.session, subject);
  let answer = stored && (await resume(options, stored, send));
  answer ??= await post(options, null, send);
  const isDoubted = answer.status === 401 && subject !== null;
  // A token that is too old, or was used, makes nobody known; he may still chat.
  if (isDoubted) answer = await post({ ...options, identity: null }, null, send);
  const session = await read(answer);
  storage.session = { token: session.token, subject: isDoubted ? null : subject };
  return session;
}

/**
 * A signed session belongs to one known person: when the page knows another one, or nobody any
 * more, it is not theirs. An anonymous visitor may sign in and keep what he said.
 */
function resumable(stored: StoredSession | null, subject: string | null): StoredSession | null {
  if (stored === null) return null;
  return stored.subject === null || stored.subject === subject ? stored : null;
}

/** An identity token serves once, so a session that it already signed goes on without it. */
async function resume(
  options: Options,
  stored: StoredSession,
  send: Send,
): Promise<Response | null> {
  const identity = stored.subject === null ? options.identity : null;
  const answer = await post({ ...options, identity }, stored.token, send);
  return answer.ok || isPassing(answer.status) ? answer : null;
}

function post(options: Options, token: string | null, send: Send): Promise<Response> {
  const { inbox, locale, identity, attributes } = options;
  const knows = Object.keys(attributes).length > 0;
  return send(new URL("chat/v1/sessions", options.base), {
    method: "POST",
    credentials: "omit",
    signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    headers: {
      "Content-Type": "application/json",
      ...(token && { Authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({
      inbox,
      locale,
      ...(identity && { identity }),
      ...(knows && { attributes }),
    }),
  });
}

async function read(answer: Response): Promise<Session> {
  if (isPassing(answer.status)) throw new Error(`The gateway answered ${answer.status}`);
  if (!answer.ok) throw new SessionRefused(`The gateway answered ${answer.status}`);
  const fields = parse(await answer.text()) ?? {};
  return {
    token: fields["token"] as string,
    contactId: fields["contactId"] as string,
  };
}

/** Too many, or the gateway is ill: another time may go well. */
function isPassing(status: number): boolean {
  return status === 429 || status >= 500;
}

/** Whom the site signed for. Only the gateway can check it; here it tells sessions apart. */
export function subjectOf(identity: string): string {
  return (parse(decoded(identity.split(".")[1]))?.["sub"] as string | undefined) || identity;
}

function decoded(part = ""): string {
  try {
    return atob(part.replace(/-/g, "+").replace(/_/g, "/"));
  } catch {
    return "";
  }
}
