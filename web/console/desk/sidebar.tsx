/** The first column: where to look, who one is, how the console looks. */

import { Button } from "../elements/button";
import { Icon } from "../elements/icon";
import { Link } from "../elements/link";
import { useApp, useBusy, useSelect, useWords } from "../elements/use";
import { settingsPagesFor } from "../settings/pages";
import { Logo } from "./logo";
import { Me } from "./me";
import { totalWaiting, ViewsNav } from "./views-nav";

export { totalWaiting };

export interface SidebarProps {
  readonly onFollow: () => void;
  readonly onSheet: () => void;
  readonly onCommand: () => void;
}

export function Sidebar({ onFollow, onSheet, onCommand }: SidebarProps) {
  const { t } = useWords();
  return (
    <nav class="sidebar" aria-label={t("views")}>
      <header class="sidebar__head">
        <Logo />
        <ClaimNext />
      </header>
      <button type="button" class="sidebar__command" aria-keyshortcuts="Control+K" onClick={onCommand}>
        <Icon name="search" size={16} />
        <span>{t("command.open")}</span>
        <kbd aria-hidden="true">{COMMAND_KEY}</kbd>
      </button>
      <div class="sidebar__scroll">
        <Start onFollow={onFollow} />
        <ViewsNav onFollow={onFollow} />
        <Settings onFollow={onFollow} />
      </div>
      <footer class="sidebar__foot">
        <Me onFollow={onFollow} onSheet={onSheet} />
      </footer>
    </nav>
  );
}

const COMMAND_KEY = /Mac|iP(hone|ad)/.test(globalThis.navigator?.platform ?? "") ? "⌘ K" : "Ctrl K";

/** Until a new admin says that they are not needed any more. */
function Start({ onFollow }: { readonly onFollow: () => void }) {
  const { t } = useWords();
  const me = useSelect((state) => state.me);
  const place = useSelect((state) => state.route.place);
  if (me?.role !== "admin" || !me.preferences.first_steps) return null;
  return (
    <ul class="nav">
      <li>
        <Link class="nav__item nav__item--start" to={{ place: "start" }} current={place === "start"} onFollow={onFollow}>
          <Icon name="start" />
          <span class="nav__label">{t("start")}</span>
        </Link>
      </li>
    </ul>
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

function Settings({ onFollow }: { readonly onFollow: () => void }) {
  const { t } = useWords();
  const me = useSelect((state) => state.me);
  const route = useSelect((state) => state.route);
  if (me === null) return null;
  return (
    <>
      <ul class="nav nav--apart">
        <li>
          <Link class="nav__item" to={{ place: "contacts", contact: null }} current={route.place === "contacts"} onFollow={onFollow}>
            <Icon name="contacts" />
            <span class="nav__label">{t("contacts")}</span>
          </Link>
        </li>
      </ul>
      <h2 class="nav__title">{t("settings")}</h2>
      <ul class="nav">
        {settingsPagesFor(me.role)
          .filter(({ page }) => page !== "account" && page !== "preferences")
          .map(({ page, icon }) => (
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
