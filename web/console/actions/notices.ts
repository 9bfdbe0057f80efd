/** Short notices, and the words for requests that came to nothing. */

import { ConnectionLost, Problem } from "../api/problem";
import { wordsForField } from "../locales/fields";
import type { Say } from "../locales/words";
import type { Notice } from "../state/state";
import type { Parts } from "./parts";

const SHOWN_MS = 6_000;

export class Notices {
  private count = 0;

  constructor(private readonly parts: Parts) {}

  tell(say: Notice["say"], tone: Notice["tone"] = "plain", offer?: Notice["offer"]): void {
    const id = ++this.count;
    this.parts.store.update((state) => ({
      ...state,
      notices: [...state.notices.slice(-3), { id, tone, say, ...(offer && { offer }) }],
    }));
    this.parts.after(tone === "bad" || offer ? SHOWN_MS * 2 : SHOWN_MS, () => this.dismiss(id));
  }

  dismiss(id: number): void {
    this.parts.store.update((state) => ({
      ...state,
      notices: state.notices.filter((notice) => notice.id !== id),
    }));
  }

  failure(error: unknown): void {
    if (error instanceof Problem && error.status === 401) return;
    this.tell((t) => wordsFor(error, t), "bad");
  }
}

/** What to tell a person of a request that failed. */
export function wordsFor(error: unknown, t: Say): string {
  if (error instanceof ConnectionLost) return t("failure.connection");
  if (!(error instanceof Problem)) return t("failure.unknown");
  if (error.full !== null) return t("capacity.full", error.full);
  if (error.status === 409 && error.owner !== null) return ownerNow(error.owner, t);
  if (error.status === 403) return t("failure.forbidden");
  if (error.status === 404) return t("failure.missing");
  if (error.status === 413) return t("failure.tooLarge");
  if (error.status === 429) return t("failure.throttled", { count: error.retryAfter ?? 60 });
  if (error.status >= 500) return t("failure.server");
  const [field] = error.fields;
  return field !== undefined && error.fields.length === 1 ? wordsForField(field, t) : error.message;
}

function ownerNow(owner: { kind: string; name: string | null }, t: Say): string {
  if (owner.kind === "agent") return t("lost.agent", { name: owner.name ?? "?" });
  if (owner.kind === "queue") return t("lost.queue", { name: owner.name ?? "?" });
  return t("lost.bot");
}
