/** One's own account: name, language, password, and where one is signed in. */

import { useState } from "preact/hooks";
import { LOCALE_NAMES, LOCALES, type Locale } from "../../shared/locale";
import { Button } from "../elements/button";
import { Empty } from "../elements/empty";
import { Field, Select } from "../elements/field";
import { Recent } from "../elements/times";
import { useApp, useSelect, useWords } from "../elements/use";
import type { Me, Session } from "../api/shapes";
import { browserOf } from "../state/browsers";
import { PageHead } from "./screen";
import { Failure, Loaded, useItems, useSaving } from "./use-items";

export function Account() {
  const { t } = useWords();
  const me = useSelect((state) => state.me);
  if (me === null) return null;
  return (
    <>
      <PageHead title={t("settings.account")} text={me.email} />
      <Profile me={me} />
      <Password />
      <Sessions />
    </>
  );
}

function Profile({ me }: { readonly me: Me }) {
  const app = useApp();
  const { t, locale } = useWords();
  const [name, setName] = useState(me.name);
  const [language, setLanguage] = useState<string>(locale);
  const saving = useSaving(() => app.session.prefer({ language: language as Locale }));
  const save = async (): Promise<void> => {
    const told = await app.api.changeMe({ name: name.trim(), locale: language });
    app.store.update((state) => ({ ...state, me: state.me && { ...state.me, name: told.name, locale: told.locale } }));
  };
  return (
    <form
      class="panel"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        saving.save(save);
      }}
    >
      <h2>{t("account.profile")}</h2>
      <Failure saving={saving} />
      <Field label={t("name")} value={name} onValue={setName} error={saving.wrong("name")} hint={t("account.name.hint")} autocomplete="name" required />
      <Select
        label={t("language")}
        value={language}
        onValue={setLanguage}
        choices={LOCALES.map((one) => ({ value: one, label: LOCALE_NAMES[one] }))}
        error={saving.wrong("locale")}
      />
      <Button type="submit" look="primary" busy={saving.busy}>
        {t("save")}
      </Button>
    </form>
  );
}

function Password() {
  const app = useApp();
  const { t } = useWords();
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const saving = useSaving(() => {
    setCurrent("");
    setNext("");
  });
  return (
    <form
      class="panel"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        saving.save(() => app.api.changeMe({ password: { current, new: next } }));
      }}
    >
      <h2>{t("password")}</h2>
      <Failure saving={saving} />
      <Field label={t("password.current")} type="password" value={current} onValue={setCurrent} autocomplete="current-password" error={saving.wrong("current")} required />
      <Field label={t("password.new")} type="password" value={next} onValue={setNext} autocomplete="new-password" error={saving.wrong("new") ?? saving.wrong("password")} hint={t("password.hint")} required />
      <Button type="submit" look="primary" busy={saving.busy}>
        {t("password.change")}
      </Button>
    </form>
  );
}

function Sessions() {
  const app = useApp();
  const { t } = useWords();
  const things = useItems(app.api.sessions);
  const saving = useSaving(things.reload);
  return (
    <section class="panel">
      <h2>{t("sessions")}</h2>
      <p class="muted">{t("sessions.text")}</p>
      <Loaded things={things} empty={<Empty icon="account" title={t("sessions.none")} />}>
        {(sessions) => (
          <ul class="rows">
            {sessions.map((session) => (
              <SessionRow key={session.id} session={session} onEnd={() => saving.save(() => app.api.endSession(session.id))} />
            ))}
          </ul>
        )}
      </Loaded>
    </section>
  );
}

function SessionRow({ session, onEnd }: { readonly session: Session; readonly onEnd: () => void }) {
  const { t } = useWords();
  return (
    <li>
      <span class="rows__main">
        <bdi>{browserOf(session.user_agent) ?? t("sessions.browser")}</bdi>
        <bdi class="muted">{session.network_address}</bdi>
        {session.current && <span class="tag">{t("sessions.this")}</span>}
      </span>
      <span class="muted">
        <Recent at={session.seen_at} />
      </span>
      {!session.current && (
        <Button small onPress={onEnd}>
          {t("sessions.end")}
        </Button>
      )}
    </li>
  );
}
