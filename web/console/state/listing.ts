/** How much of a view has been fetched, and the rows that may therefore be shown. */

import type { Conversation, Page, Wanted } from "../api/shapes";
import { compare, placeOf, type Place } from "./views";

/** Where a page ended: the last row it had, and how to go on behind it. */
export interface PageEnd {
  readonly place: Place;
  readonly next: string;
}

export interface Listing {
  readonly phase: "empty" | "loading" | "ready" | "failed";
  /** The ends of the pages held. Behind the last one the console knows only by chance. */
  readonly ends: readonly PageEnd[];
  /** True if everything was fetched: there is nothing behind the rows. */
  readonly whole: boolean;
}

export const unfetched: Listing = { phase: "empty", ends: [], whole: false };

export function fetching(listing: Listing): Listing {
  return { ...listing, phase: "loading" };
}

export function failed(listing: Listing): Listing {
  return { ...listing, phase: "failed" };
}

/** One more page, or the first one. */
export function fetched(wanted: Wanted, ends: readonly PageEnd[], page: Page<Conversation>): Listing {
  const last = page.items.at(-1);
  if (page.next === null || last === undefined) return { phase: "ready", ends, whole: true };
  return { phase: "ready", ends: [...ends, { place: placeOf(wanted, last), next: page.next }], whole: false };
}

/** How to go on: a cursor, null for the beginning, undefined when there is no more. */
export function cursorOf(listing: Listing): string | null | undefined {
  if (listing.whole) return undefined;
  return listing.ends.at(-1)?.next ?? null;
}

/** The last place up to which the rows are whole; null when they all are. */
export function horizonOf(listing: Listing): Place | null {
  return listing.whole ? null : (listing.ends.at(-1)?.place ?? null);
}

/** Forgets the pages that end behind the first one to end at or behind `place`. */
export function cutBehind(wanted: Wanted, listing: Listing, place: Place): Listing {
  const kept = listing.ends.findIndex((end) => compare(wanted, end.place, place) >= 0);
  if (kept === -1 || kept === listing.ends.length - 1) return listing;
  return { ...listing, ends: listing.ends.slice(0, kept + 1), whole: false };
}
