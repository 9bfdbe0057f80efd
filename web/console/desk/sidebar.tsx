/** The first column: where to look, who one is, how the console looks. */

import { Button } from "../elements/button";
import { Icon } from "../elements/icon";
import { Link } from "../elements/link";
import { useApp, useBusy, useSelect, useWords } from "../elements/use";
import { settingsPagesFor } from "../settings/pages";
import { LanguageSelect, SoundSwitch, ThemeSelect } from "./appearance";
import { Logo } from "./logo";
import { Me } from "./me";
import { totalWaiting, ViewsNav } from "./views-nav";

export { totalWaiting };

export function Sidebar({ onFollow, onSheet }: { readonly onFollow: () => void; readonly onSheet: () => void }) {
  const { t } = useWords();
  return (
    <nav class="sidebar" aria-label={t("views")}>
      <header class="sidebar__head">
        <Logo />
        <ClaimNext />
      </header>
      <div class="sidebar__scroll">
        <ViewsNav onFollow={onFollow} />
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
