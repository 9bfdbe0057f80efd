/** How much of a view has been fetched, and the rows that may therefore be shown. */

import type { Conversation, Page } from "../api/shapes";
import type { Known } from "./known";
import { belongs, compare, type View } from "./views";

export interface Listing {
  readonly phase: "empty" | "loading" | "ready" | "failed";
  readonly next: string | null;
  /** The last row fetched while more remain: beyond it the console knows only by chance. */
  readonly horizon: Conversation | null;
}

export const unfetched: Listing = { phase: "empty", next: null, horizon: null };

export function fetching(listing: Listing): Listing {
  return { ...listing, phase: "loading" };
}

export function failed(listing: Listing): Listing {
  return { ...listing, phase: "failed" };
}

export function fetched(page: Page<Conversation>): Listing {
  const last = page.items.at(-1) ?? null;
  return { phase: "ready", next: page.next, horizon: page.next === null ? null : last };
}

export function rowsOf(
  view: View,
  listing: Listing,
  known: Known,
  me: string,
  now: number,
): Conversation[] {
  const { horizon } = listing;
  const rows: Conversation[] = [];
  for (const conversation of known.values()) {
    if (!belongs(view, conversation, me, now)) continue;
    if (horizon !== null && compare(view, conversation, horizon) > 0) continue;
    rows.push(conversation);
  }
  return rows.sort((a, b) => compare(view, a, b));
}
