/** The rows of a view: in order, live, and still while they are held. */

import { useEffect, useMemo, useRef } from "preact/hooks";
import { useNow, useSelect } from "../elements/use";
import { useCalm } from "../elements/use-calm";
import type { Conversation, Wanted } from "../api/shapes";
import type { Known } from "../state/known";
import { horizonOf, unfetched } from "../state/listing";
import { order, type Ordered } from "../state/ordered";
import { holdStill } from "../state/still";
import { belongs, viewKey, type View } from "../state/views";

/** Changes that come one upon the other are drawn together. */
const CALM_MS = 100;

const NONE: readonly string[] = [];

export interface Rows {
  readonly rows: readonly string[];
  readonly known: Known;
  /** New rows held back while the pointer is over the list. */
  readonly hidden: number;
  readonly isGone: (conversation: Conversation) => boolean;
}

export function useRows(view: View, wanted: Wanted, held: boolean): Rows {
  const now = useNow(15_000);
  const listing = useSelect((state) => state.listings.get(viewKey(view)) ?? unfetched);
  const known = useCalm((state) => state.known, CALM_MS);
  const me = useSelect((state) => state.me?.id ?? "");
  const horizon = horizonOf(listing);
  const scope = useMemo(() => ({ wanted, horizon, me, now }), [wanted, horizon, me, now]);
  const latest = useRef<Ordered | null>(null);
  const ordered = useMemo(() => order(latest.current, known, scope), [known, scope]);
  latest.current = ordered;
  const shown = useRef<readonly string[]>([]);
  // Before its first page came, nothing is known of a view but by chance.
  const isFetched = listing.whole || listing.ends.length > 0;
  const still = holdStill(shown.current, isFetched ? ordered.ids : NONE, held);
  useEffect(() => {
    shown.current = still.rows;
  });
  const isGone = (conversation: Conversation): boolean => !belongs(wanted, conversation, me, now);
  return { rows: still.rows, known, hidden: still.held, isGone };
}
