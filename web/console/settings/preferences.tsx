/** How the console calls one and how it looks: kept with the account, changed at once. */

import { useState } from "preact/hooks";
import { LOCALE_NAMES, LOCALES, type Locale } from "../../shared/locale";
import { askPermission, permission, type Permission } from "../notification";
import { play } from "../sound";
import { Button } from "../elements/button";
import { Select } from "../elements/field";
import { Icon } from "../elements/icon";
import { useApp, useSelect, useWords } from "../elements/use";
import type { AccountPreferences } from "../api/shapes";
import { ALERT_KINDS, type AlertKind } from "../state/alerts";
import { THEMES, type Theme } from "../state/preferences";
import { PageHead } from "./screen";

const UNDO_SECONDS = [0, 3, 5, 10, 20, 30];

export function PreferencesPage() {
  const { t } = useWords();
  const preferences = useSelect((state) => state.me?.preferences);
  if (preferences === undefined) return null;
  return (
    <>
      <PageHead title={t("settings.preferences")} text={t("preferences.text")} />
      <Calls preferences={preferences} />
      <Look />
      <Undo seconds={preferences.undo_seconds} />
    </>
  );
}

function Calls({ preferences }: { readonly preferences: AccountPreferences }) {
  const { t } = useWords();
  const [allowed, setAllowed] = useState<Permission>(permission);
  return (
    <section class="panel">
      <h2 id="calls">{t("preferences.alerts")}</h2>
      <table class="calls" aria-labelledby="calls">
        <thead>
          <tr>
            <td />
            <th scope="col">{t("preferences.sound")}</th>
            <th scope="col">{t("preferences.notify")}</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {ALERT_KINDS.map((kind) => (
            <CallRow key={kind} kind={kind} preferences={preferences} onAllowed={setAllowed} />
          ))}
        </tbody>
      </table>
      <p class="muted">{t("preferences.rest")}</p>
      <PermissionLine allowed={allowed} onAllowed={setAllowed} />
    </section>
  );
}

interface CallRowProps {
  readonly kind: AlertKind;
  readonly preferences: AccountPreferences;
  readonly onAllowed: (allowed: Permission) => void;
}

function CallRow({ kind, preferences, onAllowed }: CallRowProps) {
  const app = useApp();
  const { t } = useWords();
  const name = t(`preferences.${kind}`);
  const set = (means: "sound" | "notify", on: boolean): void => {
    void app.session.setPreferences({ [`${means}_${kind}`]: on });
    if (means === "notify" && on) void askPermission().then(onAllowed);
  };
  return (
    <tr>
      <th scope="row">{name}</th>
      {(["sound", "notify"] as const).map((means) => (
        <td key={means}>
          <Tick
            label={`${t(`preferences.${means}`)}: ${name}`}
            on={preferences[`${means}_${kind}`]}
            onChange={(on) => set(means, on)}
          />
        </td>
      ))}
      <td>
        <Button small look="quiet" icon="sound" label={`${t("preferences.try")}: ${name}`} onPress={() => play(kind, app.now())} />
      </td>
    </tr>
  );
}

function Tick({ label, on, onChange }: { readonly label: string; readonly on: boolean; readonly onChange: (on: boolean) => void }) {
  return (
    <label class="switch">
      <input type="checkbox" role="switch" aria-label={label} checked={on} onChange={(event) => onChange(event.currentTarget.checked)} />
      <span class="switch__track" aria-hidden="true" />
    </label>
  );
}

function PermissionLine({ allowed, onAllowed }: { readonly allowed: Permission; readonly onAllowed: (allowed: Permission) => void }) {
  const { t } = useWords();
  return (
    <p class={allowed === "no" ? "box box--warm permission" : "box box--plain permission"} role="status">
      <Icon name={allowed === "yes" ? "check" : allowed === "no" ? "warning" : "system"} size={16} />
      <span>{t(`notify.${allowed}`)}</span>
      {allowed === "unasked" && (
        <Button small onPress={() => void askPermission().then(onAllowed)}>
          {t("notify.allow")}
        </Button>
      )}
    </p>
  );
}

function Look() {
  const app = useApp();
  const { t, locale } = useWords();
  const theme = useSelect((state) => state.preferences.theme);
  return (
    <section class="panel">
      <h2>{t("preferences.look")}</h2>
      <Select
        label={t("language")}
        value={locale}
        onValue={(language) => app.session.prefer({ language: language as Locale })}
        choices={LOCALES.map((one) => ({ value: one, label: LOCALE_NAMES[one] }))}
      />
      <Select
        label={t("theme")}
        value={theme}
        onValue={(next) => app.session.prefer({ theme: next as Theme })}
        choices={THEMES.map((one) => ({ value: one, label: t(`theme.${one}`) }))}
      />
    </section>
  );
}

function Undo({ seconds }: { readonly seconds: number }) {
  const app = useApp();
  const { t } = useWords();
  const offered = [...new Set([...UNDO_SECONDS, seconds])].sort((a, b) => a - b);
  return (
    <section class="panel">
      <h2>{t("preferences.writing")}</h2>
      <Select
        label={t("preferences.undo")}
        hint={t("preferences.undo.hint")}
        value={String(seconds)}
        onValue={(next) => void app.session.setPreferences({ undo_seconds: Number(next) })}
        choices={offered.map((count) => ({
          value: String(count),
          label: count === 0 ? t("preferences.undo.none") : t("preferences.undo.seconds", { count }),
        }))}
      />
    </section>
  );
}
