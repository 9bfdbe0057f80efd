/** One request to the agent API: cookie session, CSRF token, idempotency key, problems as errors. */

import { ConnectionLost, problemOf } from "./problem";

export type Query = Readonly<Record<string, string | number | boolean | null | undefined>>;

export interface Request {
  readonly method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly query?: Query;
  readonly body?: unknown;
  /** The same key twice is carried out once. */
  readonly key?: string;
}

export interface HttpOptions {
  readonly fetch: typeof fetch;
  readonly base: string;
  readonly onSignedOut: () => void;
}

/** A gateway that takes longer than this is as good as not reached. */
const PATIENCE_MS = 20_000;

export class Http {
  csrf: string | null = null;
  /** While the page is being left, what is asked is carried out without it. */
  isLeaving = false;

  constructor(private readonly options: HttpOptions) {}

  async send<T>(path: string, request: Request = {}): Promise<T> {
    const response = await this.reach(this.address(path, request.query), this.init(request));
    if (response.ok) return (await contentOf(response)) as T;
    if (response.status === 401 && path !== "/session") this.options.onSignedOut();
    throw await problemOf(response);
  }

  private async reach(url: string, init: RequestInit): Promise<Response> {
    let response: Response;
    try {
      response = await this.options.fetch(url, init);
    } catch {
      throw new ConnectionLost();
    }
    // A proxy in between speaks for a gateway that is away: as good as not reached.
    if (response.status === 502 || response.status === 504) throw new ConnectionLost();
    return response;
  }

  private address(path: string, query: Query = {}): string {
    const search = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) {
      if (value !== null && value !== undefined && value !== "") search.set(name, String(value));
    }
    const text = search.toString();
    return this.options.base + path + (text ? `?${text}` : "");
  }

  private init({ method = "GET", body, key }: Request): RequestInit {
    const headers: Record<string, string> = { Accept: "application/json" };
    if (this.csrf !== null && method !== "GET") headers["X-CSRF-Token"] = this.csrf;
    if (key !== undefined) headers["Idempotency-Key"] = key;
    const form = body instanceof FormData;
    if (body !== undefined && !form) headers["Content-Type"] = "application/json";
    return {
      method,
      headers,
      credentials: "same-origin",
      keepalive: this.isLeaving && !form,
      signal: AbortSignal.timeout(form ? PATIENCE_MS * 6 : PATIENCE_MS),
      ...(body === undefined ? {} : { body: form ? body : JSON.stringify(body) }),
    };
  }
}

async function contentOf(response: Response): Promise<unknown> {
  if (response.status === 204) return null;
  try {
    return await response.json();
  } catch {
    // The connection broke while the answer was on its way.
    throw new ConnectionLost();
  }
}
