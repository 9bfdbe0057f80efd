/** Thousands of rows, of which those in sight are drawn. */

import { useEffect, useRef, useState } from "preact/hooks";
import { formatNumber } from "../../shared/digits";
import { Button } from "../elements/button";
import { Empty } from "../elements/empty";
import { Icon, type IconName } from "../elements/icon";
import { useApp, useSelect, useWords } from "../elements/use";
import type { Wanted } from "../api/shapes";
import { unfetched, type Listing } from "../state/listing";
import { viewKey, type View } from "../state/views";
import { Row } from "./row";
import { useHold } from "./use-hold";
import { useRows, type Rows } from "./use-rows";
import { useSight, type Sight } from "./use-sight";

/** So many rows before the end the next page is asked for. */
const NEAR_END = 60;

export function RowList({ view, wanted, current }: { readonly view: View; readonly wanted: Wanted; readonly current: string | null }) {
  const app = useApp();
  const box = useRef<HTMLDivElement>(null);
  const listing = useSelect((state) => state.listings.get(viewKey(view)) ?? unfetched);
  const hold = useHold();
  const found = useRows(view, wanted, hold.held);
  const sight = useSight(box, found.rows);
  const { end } = sight.span;
  useEffect(() => app.lists.showing({ key: viewKey(view), end, rows: found.rows }));
  useEffect(() => {
    if (listing.phase === "empty") app.lists.open(view);
    else if (end > found.rows.length - NEAR_END) app.lists.more(view);
  }, [end, found.rows.length, listing.phase]);
  useEffect(() => {
    if (current !== null) sight.show(current);
  }, [current]);

  const toTop = (): void => {
    hold.release();
    box.current?.scrollTo({ top: 0 });
  };
  return (
    <>
      {found.hidden > 0 && <Pill count={found.hidden} onPress={toTop} />}
      <div class="list__scroll" ref={box} {...hold.pointer} onScroll={sight.onScroll}>
        <Drawn view={view} found={found} sight={sight} current={current} whole={listing.whole} />
        <Foot view={view} empty={found.rows.length === 0} listing={listing} />
      </div>
    </>
  );
}

interface DrawnProps {
  readonly view: View;
  readonly found: Rows;
  readonly sight: Sight;
  readonly current: string | null;
  readonly whole: boolean;
}

function Drawn({ view, found, sight, current, whole }: DrawnProps) {
  const [focused, setFocused] = useState<string | null>(null);
  const { rows, known } = found;
  const { rowHeight } = sight;
  return (
    <ol
      class="list__rows"
      style={{ blockSize: `${rows.length * rowHeight}px` }}
      onFocusIn={(event) => setFocused(rowOf(event.target))}
      onFocusOut={() => setFocused(null)}
      onKeyDown={(event) => walk(event, rows, sight)}
    >
      {drawnRows(sight, rows, focused).map((at) => {
        const conversation = known.get(rows[at]!);
        return (
          conversation && (
            <Row
              key={conversation.id}
              conversation={conversation}
              view={view}
              at={at}
              top={at * rowHeight}
              count={whole ? rows.length : -1}
              current={conversation.id === current}
              gone={found.isGone(conversation)}
            />
          )
        );
      })}
    </ol>
  );
}

/** Those in sight, and the one that has the focus, which must not be lost by scrolling. */
function drawnRows({ span }: Sight, rows: readonly string[], focused: string | null): number[] {
  const end = Math.min(span.end, rows.length);
  const drawn = Array.from({ length: Math.max(0, end - span.first) }, (_, at) => span.first + at);
  const kept = focused === null ? -1 : rows.indexOf(focused);
  return kept === -1 || (kept >= span.first && kept < end) ? drawn : [...drawn, kept].sort((a, b) => a - b);
}

/** The arrow keys go from row to row. */
function walk(event: KeyboardEvent, rows: readonly string[], sight: Sight): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const from = rowOf(event.target);
  if (step === undefined || from === null) return;
  const to = rows[rows.indexOf(from) + step];
  if (to === undefined) return;
  event.preventDefault();
  sight.show(to);
  requestAnimationFrame(() => document.getElementById(`row-${to}`)?.focus({ preventScroll: true }));
}

function rowOf(target: EventTarget | null): string | null {
  return (target as HTMLElement | null)?.closest<HTMLElement>("[data-row]")?.dataset["row"] ?? null;
}

function Pill({ count, onPress }: { readonly count: number; readonly onPress: () => void }) {
  const { t, locale } = useWords();
  return (
    <button type="button" class="pill" onClick={onPress}>
      <Icon name="up" size={14} />
      <span aria-hidden="true">{formatNumber(count, locale)}</span>
      <span class="hidden">{t("list.new", { count })}</span>
      <span aria-hidden="true">{t("list.new.short")}</span>
    </button>
  );
}

function Foot({ view, empty, listing }: { readonly view: View; readonly empty: boolean; readonly listing: Listing }) {
  const app = useApp();
  const { t } = useWords();
  if (listing.phase === "failed") {
    return (
      <Empty icon="warning" title={t("list.failed")}>
        <Button onPress={() => app.lists.open(view)}>{t("retry")}</Button>
      </Empty>
    );
  }
  if (empty && listing.phase !== "ready") return <Skeleton />;
  if (listing.phase === "loading") return <p class="loading">{t("loading")}</p>;
  if (!empty) return null;
  return <Empty icon={ICONS[view.kind]} title={t(`empty.${view.kind}`)} text={t(`empty.${view.kind}.text`)} />;
}

/** What will stand here, while it is fetched. */
function Skeleton() {
  const { t } = useWords();
  return (
    <div class="skeleton" role="status" aria-label={t("loading")}>
      {[62, 44, 71, 53, 66, 48].map((width) => (
        <span key={width} class="skeleton__row" style={{ "--width": `${width}%` }} />
      ))}
    </div>
  );
}

export const ICONS: Readonly<Record<View["kind"], IconName>> = {
  waiting: "waiting",
  mine: "mine",
  unassigned: "unassigned",
  all: "all",
  resolved: "resolved",
  snoozed: "snooze",
  queue: "queue",
  channel: "chat",
  saved: "view",
};
