/** The first column: where to look, who one is, how the console looks. */

import { formatNumber } from "../../shared/digits";
import { Button } from "../elements/button";
import { Icon, type IconName } from "../elements/icon";
import { Link } from "../elements/link";
import { Waited } from "../elements/times";
import { useApp, useBusy, useSelect, useWords } from "../elements/use";
import type { Queue } from "../api/shapes";
import { pathOf, type Route } from "../state/route";
import type { View } from "../state/views";
import { settingsPagesFor } from "../settings/pages";
import { LanguageSelect, SoundSwitch, ThemeSelect } from "./appearance";
import { Logo } from "./logo";
import { Me } from "./me";

export function Sidebar({ onFollow, onSheet }: { readonly onFollow: () => void; readonly onSheet: () => void }) {
  const { t } = useWords();
  return (
    <nav class="sidebar" aria-label={t("views")}>
      <header class="sidebar__head">
        <Logo />
        <ClaimNext />
      </header>
      <div class="sidebar__scroll">
        <Views onFollow={onFollow} />
        <Queues onFollow={onFollow} />
        <Settings onFollow={onFollow} />
      </div>
      <footer class="sidebar__foot">
        <div class="sidebar__picks">
          <LanguageSelect />
          <ThemeSelect />
          <span class="sidebar__small">
            <SoundSwitch />
            <Button small look="quiet" icon="keyboard" label={t("shortcuts")} shortcut="?" onPress={onSheet} />
          </span>
        </div>
        <Me />
      </footer>
    </nav>
  );
}

function ClaimNext() {
  const app = useApp();
  const { t } = useWords();
  const [busy, run] = useBusy();
  const queues = useSelect((state) => state.queues);
  const nobody = queues.length > 0 && totalWaiting(queues) === 0;
  return (
    <Button
      look="primary"
      icon="claim"
      small
      busy={busy}
      shortcut="c"
      why={nobody ? t("claim.none") : null}
      onPress={() => void run(() => claimNext(app))}
    >
      {t("claim.next")}
    </Button>
  );
}

export async function claimNext(app: ReturnType<typeof useApp>): Promise<void> {
  const { route } = app.store.get();
  const queue = route.place === "desk" && route.view.kind === "queue" ? route.view.id : undefined;
  const id = await app.verbs.claimNext(queue);
  if (id !== null) app.go({ place: "desk", view: { kind: "mine" }, conversation: id });
}

export function totalWaiting(queues: readonly Queue[]): number {
  return queues.reduce((sum, queue) => sum + queue.waiting, 0);
}

function Views({ onFollow }: { readonly onFollow: () => void }) {
  const { t } = useWords();
  const queues = useSelect((state) => state.queues);
  const mine = useSelect((state) => state.counts?.mine ?? 0);
  return (
    <ul class="nav">
      <Item
        icon="waiting"
        label={t("view.waiting")}
        view={{ kind: "waiting" }}
        count={totalWaiting(queues)}
        oldest={oldestOf(queues)}
        onFollow={onFollow}
      />
      <Item icon="mine" label={t("view.mine")} view={{ kind: "mine" }} count={mine} onFollow={onFollow} />
      <Item icon="all" label={t("view.all")} view={{ kind: "all" }} onFollow={onFollow} />
      <Item icon="resolved" label={t("view.resolved")} view={{ kind: "resolved" }} onFollow={onFollow} />
    </ul>
  );
}

function Queues({ onFollow }: { readonly onFollow: () => void }) {
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

function Settings({ onFollow }: { readonly onFollow: () => void }) {
  const { t } = useWords();
  const me = useSelect((state) => state.me);
  const route = useSelect((state) => state.route);
  if (me === null) return null;
  return (
    <>
      <h2 class="nav__title">{t("settings")}</h2>
      <ul class="nav">
        {settingsPagesFor(me.role).map(({ page, icon }) => (
          <li key={page}>
            <Link
              class="nav__item"
              to={{ place: "settings", page }}
              current={route.place === "settings" && route.page === page}
              onFollow={onFollow}
            >
              <Icon name={icon} />
              <span class="nav__label">{t(`settings.${page}`)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}

function Item(props: {
  readonly icon: IconName;
  readonly label: string;
  readonly view: View;
  readonly count?: number;
  readonly oldest?: string | null;
  readonly onFollow: () => void;
}) {
  const { locale } = useWords();
  const route = useSelect((state) => state.route);
  const to: Route = { place: "desk", view: props.view, conversation: null };
  const current = route.place === "desk" && pathOf({ ...route, conversation: null }) === pathOf(to);
  return (
    <li>
      <Link class="nav__item" to={to} current={current} onFollow={props.onFollow}>
        <Icon name={props.icon} />
        <span class="nav__label">
          <bdi>{props.label}</bdi>
        </span>
        {props.oldest && <Waited since={props.oldest} bare />}
        {props.count !== undefined && props.count > 0 && <span class="count">{formatNumber(props.count, locale)}</span>}
      </Link>
    </li>
  );
}

function oldestOf(queues: readonly Queue[]): string | null {
  const times = queues.map((queue) => queue.oldest_waiting_since).filter((at) => at !== null);
  return times.sort((a, b) => Date.parse(a) - Date.parse(b))[0] ?? null;
}
