/** Why a request came to nothing: the server's own words, or none because it was not reached. */

import type { ConversationState, Owner } from "./shapes";

export interface FieldError {
  readonly field: string;
  /** In English, for codes that this console has no words for. */
  readonly message: string;
  readonly code: string;
  readonly limits: Readonly<Record<string, number>>;
}

interface ProblemBody {
  readonly type?: string;
  readonly title?: string;
  readonly detail?: string;
  readonly errors?: readonly unknown[];
  readonly state?: ConversationState;
  readonly owner?: Owner;
  readonly load?: number;
  readonly capacity?: number;
}

/** The server answered, and the answer is no. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly body: ProblemBody,
    readonly retryAfter: number | null,
  ) {
    super(body.detail ?? body.title ?? `HTTP ${status}`);
  }

  /** Who has the conversation now, when another was faster. */
  get owner(): Owner | null {
    return this.body.owner ?? null;
  }

  /** What one holds and what one takes, when claim-next was refused for it. */
  get full(): { readonly load: number; readonly capacity: number } | null {
    const { type, load, capacity } = this.body;
    if (!type?.endsWith("/at-capacity") || load === undefined || capacity === undefined) return null;
    return { load, capacity };
  }

  get fields(): FieldError[] {
    return (this.body.errors ?? []).map(fieldError).filter((error) => error !== null);
  }
}

/** No answer came: the request may or may not have been carried out. */
export class ConnectionLost extends Error {
  constructor() {
    super("The server could not be reached.");
  }
}

export async function problemOf(response: Response): Promise<Problem> {
  const wait = Number(response.headers.get("Retry-After"));
  return new Problem(response.status, await bodyOf(response), wait > 0 ? wait : null);
}

async function bodyOf(response: Response): Promise<ProblemBody> {
  try {
    const body: unknown = await response.json();
    return typeof body === "object" && body !== null ? body : {};
  } catch {
    return {};
  }
}

function fieldError(entry: unknown): FieldError | null {
  if (typeof entry !== "object" || entry === null) return null;
  const { field, message, code, limits } = entry as Record<string, unknown>;
  return {
    field: String(field ?? ""),
    message: String(message ?? ""),
    code: String(code ?? ""),
    limits: typeof limits === "object" && limits !== null ? (limits as Record<string, number>) : {},
  };
}
