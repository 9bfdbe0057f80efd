/** What the console's socket carries, checked at the border. */

import type { Event, Named, Presence } from "../api/shapes";

export type Frame =
  | { readonly type: "ready"; readonly n: number; readonly epoch: string }
  | { readonly type: "reset" }
  | { readonly type: "pong"; readonly n?: number | null }
  | ({ readonly type: "event" } & Event)
  | {
      readonly type: "typing";
      readonly conversation_id: string;
      readonly author: { readonly kind: string; readonly id: string | null; readonly name: string | null };
      readonly on: boolean;
    }
  | { readonly type: "viewing"; readonly conversation_id: string; readonly agents: readonly Named[] }
  | { readonly type: "presence"; readonly agent_id: string; readonly presence: Presence }
  | { readonly type: "error"; readonly code: string; readonly message: string };

const TYPES: ReadonlySet<string> = new Set([
  "ready",
  "reset",
  "pong",
  "event",
  "typing",
  "viewing",
  "presence",
  "error",
]);

/** The frame, or null for one of a kind this console does not know yet. */
export function frameOf(data: unknown): Frame | null {
  if (typeof data !== "string") return null;
  let parsed: unknown;
  try {
    parsed = JSON.parse(data);
  } catch {
    return null;
  }
  if (typeof parsed !== "object" || parsed === null) return null;
  const { type, n } = parsed as { type?: unknown; n?: unknown };
  if (typeof type !== "string" || !TYPES.has(type)) return null;
  if ((type === "event" || type === "ready") && typeof n !== "number") return null;
  return parsed as Frame;
}
