/**
 * The rows of a view in their order, kept right change by change: what an event costs does
 * not grow with the length of the list.
 */

import type { Conversation, Wanted } from "../api/shapes";
import type { Known } from "./known";
import { belongs, compare, placeOf, type Place } from "./views";

export interface Scope {
  readonly wanted: Wanted;
  readonly horizon: Place | null;
  readonly me: string;
  readonly now: number;
}

export interface Ordered {
  readonly scope: Scope;
  readonly known: Known;
  readonly places: readonly Place[];
  /** The ids of the places, the same array as long as nothing moved. */
  readonly ids: readonly string[];
}

/** The rows as they should be now; `before` are those of an earlier moment, if there are. */
export function order(before: Ordered | null, known: Known, scope: Scope): Ordered {
  if (before === null || !isSameScope(before.scope, scope)) return settle(before, known, scope, all(known, scope));
  if (before.known === known) return before;
  return settle(before, known, scope, moved(before, known, scope));
}

function all(known: Known, scope: Scope): Place[] {
  const places: Place[] = [];
  for (const conversation of known.values()) {
    const place = placeIn(scope, conversation);
    if (place !== null) places.push(place);
  }
  return places.sort((a, b) => compare(scope.wanted, a, b));
}

function moved(before: Ordered, known: Known, scope: Scope): readonly Place[] {
  let places: Place[] | null = null;
  for (const id of known.changedSince(before.known)) {
    const was = before.known.get(id);
    const is = known.get(id);
    const from = was === undefined ? null : placeIn(scope, was);
    const to = is === undefined ? null : placeIn(scope, is);
    if (from?.time === to?.time) continue;
    places ??= [...before.places];
    if (from !== null) places.splice(find(scope, places, from), 1);
    if (to !== null) places.splice(find(scope, places, to), 0, to);
  }
  return places ?? before.places;
}

function placeIn(scope: Scope, conversation: Conversation): Place | null {
  if (!belongs(scope.wanted, conversation, scope.me, scope.now)) return null;
  const place = placeOf(scope.wanted, conversation);
  return scope.horizon !== null && compare(scope.wanted, place, scope.horizon) > 0 ? null : place;
}

/** Where the place stands, or would stand. */
function find(scope: Scope, places: readonly Place[], place: Place): number {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compare(scope.wanted, places[middle]!, place) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

function settle(before: Ordered | null, known: Known, scope: Scope, places: readonly Place[]): Ordered {
  if (before !== null && isSameOrder(before.ids, places)) return { scope, known, places, ids: before.ids };
  return { scope, known, places, ids: places.map(({ id }) => id) };
}

function isSameScope(a: Scope, b: Scope): boolean {
  return a.wanted === b.wanted && a.horizon === b.horizon && a.me === b.me && a.now === b.now;
}

function isSameOrder(ids: readonly string[], places: readonly Place[]): boolean {
  return ids.length === places.length && places.every(({ id }, at) => ids[at] === id);
}
