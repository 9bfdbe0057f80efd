/** Who is signed in: presence and capacity in one place, how the console looks, the way out. */

import { formatNumber } from "../../shared/digits";
import { Button } from "../elements/button";
import { Flyout } from "../elements/flyout";
import { Icon, type IconName } from "../elements/icon";
import { Link } from "../elements/link";
import { Avatar } from "../elements/person";
import { useApp, useSelect, useWords } from "../elements/use";
import type { Me as Person, Presence } from "../api/shapes";
import type { SettingsPage } from "../state/route";
import { LanguageSelect, ThemeSelect } from "./appearance";

export const PRESENCES: readonly Presence[] = ["online", "away", "offline"];

const USUAL_CAPACITY = 5;
const MOST = 500;

export function Me({ onFollow, onSheet }: { readonly onFollow: () => void; readonly onSheet: () => void }) {
  const app = useApp();
  const { t } = useWords();
  const me = useSelect((state) => state.me);
  if (me === null) return null;
  return (
    <Flyout class="me" label={t("own.open")} face={<Face me={me} />}>
      {(close) => {
        const follow = (): void => {
          close();
          onFollow();
        };
        return (
          <>
            <PresenceChoice me={me} />
            <Capacity me={me} />
            <div class="me__looks">
              <LanguageSelect />
              <ThemeSelect />
            </div>
            <ul class="nav">
              <Page page="preferences" icon="tune" onFollow={follow} />
              <Page page="account" icon="account" onFollow={follow} />
            </ul>
            <div class="me__foot">
              <Button look="quiet" small icon="keyboard" shortcut="?" onPress={() => (close(), onSheet())}>
                {t("shortcuts")}
              </Button>
              <Button look="quiet" small icon="exit" onPress={() => void app.session.signOut()}>
                {t("signOut")}
              </Button>
            </div>
          </>
        );
      }}
    </Flyout>
  );
}

function Face({ me }: { readonly me: Person }) {
  const { t } = useWords();
  return (
    <>
      <Avatar name={me.name} seed={me.id} />
      <span class="me__who">
        <bdi class="me__name">{me.name}</bdi>
        <span class="me__state">
          <span class={`dot dot--${me.presence}`} aria-hidden="true" />
          {t(`presence.${me.presence}`)}
          <Load me={me} />
        </span>
      </span>
      <Icon name="up" size={15} />
    </>
  );
}

function Load({ me }: { readonly me: Person }) {
  const { t, locale } = useWords();
  if (me.capacity === null) return null;
  const full = me.load >= me.capacity;
  return (
    <span class={full ? "me__load me__load--full" : "me__load"} title={t("load.of", { load: me.load, capacity: me.capacity })}>
      {formatNumber(me.load, locale)}/{formatNumber(me.capacity, locale)}
    </span>
  );
}

function PresenceChoice({ me }: { readonly me: Person }) {
  const app = useApp();
  const { t } = useWords();
  return (
    <fieldset class="choice">
      <legend>{t("presence")}</legend>
      <div class="choice__row">
        {PRESENCES.map((presence) => (
          <label key={presence} class="choice__one">
            <input
              type="radio"
              name="presence"
              checked={me.presence === presence}
              onChange={() => void app.session.setPresence(presence)}
            />
            <span class={`dot dot--${presence}`} aria-hidden="true" />
            <span>{t(`presence.${presence}`)}</span>
          </label>
        ))}
      </div>
      <p class="field__hint">{t("presence.hint")}</p>
    </fieldset>
  );
}

function Capacity({ me }: { readonly me: Person }) {
  const app = useApp();
  const { t, locale } = useWords();
  const { capacity } = me;
  const set = (next: number | null): void => void app.session.setCapacity(next);
  return (
    <fieldset class="choice">
      <legend>{t("capacity")}</legend>
      <div class="choice__row">
        <label class="choice__one">
          <input type="radio" name="capacity" checked={capacity === null} onChange={() => set(null)} />
          <span>{t("capacity.any")}</span>
        </label>
        <label class="choice__one">
          <input type="radio" name="capacity" checked={capacity !== null} onChange={() => set(Math.max(me.load, USUAL_CAPACITY))} />
          <span>{t("capacity.limit")}</span>
        </label>
        {capacity !== null && (
          <span class="stepper">
            <Button small icon="minus" label={`${t("capacity")} − 1`} onPress={() => set(Math.max(1, capacity - 1))} />
            <output aria-live="polite">{formatNumber(capacity, locale)}</output>
            <Button small icon="plus" label={`${t("capacity")} + 1`} onPress={() => set(Math.min(MOST, capacity + 1))} />
          </span>
        )}
      </div>
      <p class="field__hint">
        {t("load.now", { count: me.load })} {capacity !== null && t("capacity.text")}
      </p>
    </fieldset>
  );
}

function Page({ page, icon, onFollow }: { readonly page: SettingsPage; readonly icon: IconName; readonly onFollow: () => void }) {
  const { t } = useWords();
  return (
    <li>
      <Link class="nav__item" to={{ place: "settings", page }} onFollow={onFollow}>
        <Icon name={icon} />
        <span class="nav__label">{t(`settings.${page as "account" | "preferences"}`)}</span>
      </Link>
    </li>
  );
}
