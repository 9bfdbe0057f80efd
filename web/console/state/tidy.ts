/** What a console that runs all day may let go of: rows far from the screen, views long left. */

import type { Conversation } from "../api/shapes";
import { cutBehind, horizonOf, type Listing } from "./listing";
import { order } from "./ordered";
import type { State } from "./state";
import { belongs, compare, placeOf, viewKey, wantedOf, type View } from "./views";

/** What stands on the screen: of which view, up to which row, and all its rows in order. */
export interface Shown {
  readonly key: string;
  readonly end: number;
  readonly rows: readonly string[];
}

/** So many rows behind the last one in sight stay at hand. */
const SPARE = 300;
/** A view that was left stays at hand only if it holds no more than this. */
const LEFT = 300;
/** Near its top a list is folded up to its first page. */
const TOP = 60;

/** Listings without what is far away; `folded` if only a new first page would shorten the list. */
export function trimmed(
  state: State,
  shown: Shown,
  now: number,
): { readonly listings: ReadonlyMap<string, Listing>; readonly folded: boolean } {
  const listings = new Map<string, Listing>();
  let folded = false;
  for (const [key, listing] of state.listings) {
    const covers = coverage(state, key, listing, now);
    if (covers === null) continue;
    if (key !== currentKey(state)) {
      if (covers.count <= LEFT) listings.set(key, listing);
      continue;
    }
    const end = shown.key === key ? shown.end : 0;
    const short = covers.cut(end + SPARE);
    folded = short === listing && covers.count > 2 * SPARE && end < TOP;
    listings.set(key, short);
  }
  return { listings, folded };
}

/** Whether a conversation is still needed: in sight, opened, or a row of a listing. */
export function needed(state: State, shown: Shown, now: number): (conversation: Conversation) => boolean {
  const inSight = new Set(shown.rows.slice(0, shown.end + SPARE));
  const current = state.route.place === "desk" ? state.route.conversation : null;
  const covers = [...state.listings].map(([key, listing]) => covering(state, key, listing, now));
  return (conversation) =>
    conversation.id === current ||
    state.opened.has(conversation.id) ||
    inSight.has(conversation.id) ||
    covers.some((isCovered) => isCovered(conversation));
}

function coverage(state: State, key: string, listing: Listing, now: number) {
  const wanted = wantedOf(viewOf(key), state.saved);
  if (wanted === null) return null;
  const { places } = order(null, state.known, { wanted, horizon: horizonOf(listing), me: me(state), now });
  const cut = (row: number): Listing => {
    const place = places[row];
    return place === undefined ? listing : cutBehind(wanted, listing, place);
  };
  return { count: places.length, cut };
}

function covering(state: State, key: string, listing: Listing, now: number): (conversation: Conversation) => boolean {
  const wanted = wantedOf(viewOf(key), state.saved);
  if (wanted === null) return () => false;
  const horizon = horizonOf(listing);
  return (conversation) =>
    belongs(wanted, conversation, me(state), now) &&
    (horizon === null || compare(wanted, placeOf(wanted, conversation), horizon) <= 0);
}

/** The view that a listing is kept under. */
function viewOf(key: string): View {
  const [kind, id] = key.split("/");
  return (id === undefined ? { kind } : { kind, id }) as View;
}

function currentKey(state: State): string | null {
  return state.route.place === "desk" ? viewKey(state.route.view) : null;
}

function me(state: State): string {
  return state.me?.id ?? "";
}
