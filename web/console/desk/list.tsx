/** The list of the chosen view: live, in order, still under the pointer. */

import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { Button } from "../elements/button";
import { Empty } from "../elements/empty";
import type { IconName } from "../elements/icon";
import { useApp, useNow, useSelect, useWords } from "../elements/use";
import type { Conversation, Queue } from "../api/shapes";
import type { Say } from "../locales/words";
import { rowsOf, unfetched } from "../state/listing";
import { holdStill } from "../state/still";
import { belongs, viewKey, type View } from "../state/views";
import { Row } from "./row";

const NEAR_END_PX = 400;

export function List({ view, current, onMenu }: { readonly view: View; readonly current: string | null; readonly onMenu: () => void }) {
  const app = useApp();
  const { t } = useWords();
  const listing = useSelect((state) => state.listings.get(viewKey(view)) ?? unfetched);
  const queues = useSelect((state) => state.queues);
  const [held, setHeld] = useState(false);
  const { rows, hidden, isGone } = useRows(view, held);
  const title = titleOf(view, t, queues);

  return (
    <section class="list" aria-label={title}>
      <header class="list__head">
        <Button class="only-folded" look="quiet" icon="menu" label={t("menu")} onPress={onMenu} />
        <h1>
          <bdi>{title}</bdi>
        </h1>
        {hidden > 0 && (
          <button type="button" class="pill" onClick={() => setHeld(false)}>
            {t("list.new", { count: hidden })}
          </button>
        )}
      </header>
      <div
        class="list__scroll"
        onPointerEnter={(event) => setHeld(event.pointerType === "mouse")}
        onPointerLeave={() => setHeld(false)}
        onScroll={(event) => {
          const { scrollTop, scrollHeight, clientHeight } = event.currentTarget;
          if (scrollHeight - scrollTop - clientHeight < NEAR_END_PX) app.lists.more(view);
        }}
      >
        <ol class="list__rows">
          {rows.map((conversation) => (
            <Row
              key={conversation.id}
              conversation={conversation}
              view={view}
              current={conversation.id === current}
              gone={isGone(conversation)}
            />
          ))}
        </ol>
        <Foot view={view} empty={rows.length === 0} phase={listing.phase} />
      </div>
    </section>
  );
}

/** The rows to draw; what `state/still` promises holds while the pointer is over them. */
function useRows(view: View, held: boolean) {
  const now = useNow(15_000);
  const listing = useSelect((state) => state.listings.get(viewKey(view)) ?? unfetched);
  const known = useSelect((state) => state.known);
  const me = useSelect((state) => state.me?.id ?? "");
  const key = viewKey(view);
  const wanted = useMemo(() => rowsOf(view, listing, known, me, now), [key, listing, known, me, now]);
  const shown = useRef<{ key: string; rows: readonly string[] }>({ key, rows: [] });
  const before = shown.current.key === key ? shown.current.rows : [];
  const still = holdStill(before, wanted.map(({ id }) => id), held);
  useEffect(() => {
    shown.current = { key, rows: still.rows };
  });
  const rows = still.rows.map((id) => known.get(id)).filter((one) => one !== undefined);
  const isGone = (conversation: Conversation): boolean => !belongs(view, conversation, me, now);
  return { rows, hidden: still.held, isGone };
}

function Foot({ view, empty, phase }: { readonly view: View; readonly empty: boolean; readonly phase: string }) {
  const app = useApp();
  const { t } = useWords();
  if (phase === "failed") {
    return (
      <Empty icon="warning" title={t("list.failed")}>
        <Button onPress={() => app.lists.open(view)}>{t("retry")}</Button>
      </Empty>
    );
  }
  if (phase !== "ready") return <p class="loading">{t("loading")}</p>;
  if (!empty) return null;
  return <Empty icon={ICONS[view.kind]} title={t(`empty.${view.kind}`)} text={t(`empty.${view.kind}.text`)} />;
}

const ICONS: Readonly<Record<View["kind"], IconName>> = {
  waiting: "waiting",
  mine: "mine",
  all: "all",
  resolved: "resolved",
  queue: "queue",
};

function titleOf(view: View, t: Say, queues: readonly Queue[]): string {
  if (view.kind !== "queue") return t(`view.${view.kind}`);
  return queues.find((queue) => queue.id === view.id)?.name ?? t("queue");
}
