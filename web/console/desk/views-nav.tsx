/** Where to look: the views that all have, saved ones, queues, channels. */

import { useState } from "preact/hooks";
import { formatNumber } from "../../shared/digits";
import { Button } from "../elements/button";
import { Icon, type IconName } from "../elements/icon";
import { Link } from "../elements/link";
import { Waited } from "../elements/times";
import { useApp, useSelect, useWords } from "../elements/use";
import type { Counts, Queue } from "../api/shapes";
import { sayOr } from "../locales/words";
import { pathOf, searching, type Route } from "../state/route";
import { BUILT_IN, type View } from "../state/views";
import { CHANNEL_ICONS } from "./row";
import { ICONS } from "./row-list";
import { ViewDialog } from "./view-dialog";

interface Follow {
  readonly onFollow: () => void;
}

export function ViewsNav({ onFollow }: Follow) {
  return (
    <>
      <SearchLink onFollow={onFollow} />
      <BuiltIn onFollow={onFollow} />
      <Saved onFollow={onFollow} />
      <Queues onFollow={onFollow} />
      <Channels onFollow={onFollow} />
    </>
  );
}

export function totalWaiting(queues: readonly Queue[]): number {
  return queues.reduce((sum, queue) => sum + queue.waiting, 0);
}

function SearchLink({ onFollow }: Follow) {
  const { t } = useWords();
  const isHere = useSelect((state) => state.route.place === "search");
  return (
    <ul class="nav">
      <li>
        <Link class="nav__item" to={searching} current={isHere} onFollow={onFollow}>
          <Icon name="search" />
          <span class="nav__label">{t("search")}</span>
          <kbd aria-hidden="true">/</kbd>
        </Link>
      </li>
    </ul>
  );
}

function BuiltIn({ onFollow }: Follow) {
  const { t } = useWords();
  const queues = useSelect((state) => state.queues);
  const counts = useSelect((state) => state.counts);
  return (
    <ul class="nav">
      {BUILT_IN.map((kind) => (
        <Item
          key={kind}
          icon={ICONS[kind]}
          label={t(`view.${kind}`)}
          view={{ kind }}
          count={countOf(kind, queues, counts)}
          oldest={kind === "waiting" ? oldestOf(queues) : null}
          onFollow={onFollow}
        />
      ))}
    </ul>
  );
}

function countOf(kind: (typeof BUILT_IN)[number], queues: readonly Queue[], counts: Counts | null): number {
  switch (kind) {
    case "waiting":
      return totalWaiting(queues);
    case "mine":
      return counts?.mine ?? 0;
    case "snoozed":
      return counts?.snoozed ?? 0;
    default:
      return 0;
  }
}

function Saved({ onFollow }: Follow) {
  const app = useApp();
  const { t } = useWords();
  const saved = useSelect((state) => state.saved);
  const [adding, setAdding] = useState(false);
  return (
    <>
      <div class="nav__head">
        <h2 class="nav__title">{t("views.saved")}</h2>
        <Button small look="quiet" icon="plus" label={t("views.add")} onPress={() => setAdding(true)} />
      </div>
      <ul class="nav">
        {saved.map(({ id, name, shared }) => (
          <Item key={id} icon={shared ? "shared" : "view"} label={name} view={{ kind: "saved", id }} onFollow={onFollow} />
        ))}
      </ul>
      {adding && (
        <ViewDialog
          view={null}
          onClose={() => setAdding(false)}
          onSaved={({ id }) => {
            onFollow();
            app.go({ place: "desk", view: { kind: "saved", id }, conversation: null });
          }}
        />
      )}
    </>
  );
}

function Queues({ onFollow }: Follow) {
  const { t } = useWords();
  const queues = useSelect((state) => state.queues);
  const open = queues.filter((queue) => !queue.disabled || queue.waiting > 0);
  if (open.length === 0) return null;
  return (
    <>
      <h2 class="nav__title">{t("queues")}</h2>
      <ul class="nav">
        {open.map((queue) => (
          <Item
            key={queue.id}
            icon="queue"
            label={queue.name}
            view={{ kind: "queue", id: queue.id }}
            count={queue.waiting}
            oldest={queue.oldest_waiting_since}
            onFollow={onFollow}
          />
        ))}
      </ul>
    </>
  );
}

/** With a single channel there is nothing to tell apart. */
function Channels({ onFollow }: Follow) {
  const { t } = useWords();
  const channels = useSelect((state) => state.channels);
  if (channels.length < 2) return null;
  return (
    <>
      <h2 class="nav__title">{t("channels")}</h2>
      <ul class="nav">
        {channels.map((channel) => (
          <Item
            key={channel}
            icon={CHANNEL_ICONS[channel] ?? "chat"}
            label={sayOr(t, "channel", channel)}
            view={{ kind: "channel", id: channel }}
            onFollow={onFollow}
          />
        ))}
      </ul>
    </>
  );
}

interface ItemProps extends Follow {
  readonly icon: IconName;
  readonly label: string;
  readonly view: View;
  readonly count?: number;
  readonly oldest?: string | null;
}

function Item({ icon, label, view, count = 0, oldest = null, onFollow }: ItemProps) {
  const { locale } = useWords();
  const route = useSelect((state) => state.route);
  const to: Route = { place: "desk", view, conversation: null };
  const current = route.place === "desk" && pathOf({ ...route, conversation: null }) === pathOf(to);
  return (
    <li>
      <Link class="nav__item" to={to} current={current} onFollow={onFollow}>
        <Icon name={icon} />
        <span class="nav__label">
          <bdi>{label}</bdi>
        </span>
        {oldest && <Waited since={oldest} bare />}
        {count > 0 && <span class="count">{formatNumber(count, locale)}</span>}
      </Link>
    </li>
  );
}

function oldestOf(queues: readonly Queue[]): string | null {
  const times = queues.map((queue) => queue.oldest_waiting_since).filter((at) => at !== null);
  return times.sort((a, b) => Date.parse(a) - Date.parse(b))[0] ?? null;
}
