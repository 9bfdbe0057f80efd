/** The languages that the chat offers, and the inbox's own words in each. */

import { useState } from "preact/hooks";
import { LOCALE_NAMES, LOCALES, type Locale } from "../../../shared/locale";
import { Field, Select, TextField } from "../../elements/field";
import { useWords } from "../../elements/use";
import { Choices } from "./choices";
import type { Words } from "./draft";
import type { PartProps } from "./part";

export function Languages({ draft, change }: PartProps) {
  const { t } = useWords();
  const [chosen, setChosen] = useState(draft.locale);
  const { locale, locales, words } = draft;
  const shown = locales.includes(chosen) ? chosen : locale;
  const offer = (one: Locale, on: boolean): void => {
    const next = LOCALES.filter((each) => (each === one ? on : locales.includes(each)));
    if (next.length === 0) return;
    change({ locales: next, locale: next.includes(locale) ? locale : (next[0] ?? locale) });
  };
  return (
    <section class="panel inbox-part">
      <h2>{t("inbox.languages")}</h2>
      <p class="muted">{t("inbox.languages.hint")}</p>
      <div class="ticks">
        {LOCALES.map((one) => (
          <label key={one} class="tick">
            <input
              type="checkbox"
              checked={locales.includes(one)}
              disabled={locales.length === 1 && locales.includes(one)}
              onChange={(event) => offer(one, event.currentTarget.checked)}
            />
            <bdi lang={one}>{LOCALE_NAMES[one]}</bdi>
          </label>
        ))}
      </div>
      {locales.length > 1 && (
        <>
          <Select
            label={t("inbox.locale")}
            value={locale}
            onValue={(value) => change({ locale: value as Locale })}
            choices={locales.map((one) => ({ value: one, label: LOCALE_NAMES[one] }))}
          />
          <Choices label={t("inbox.words.of")} value={shown} onValue={setChosen} choices={locales.map((one) => [one, LOCALE_NAMES[one]] as const)} />
        </>
      )}
      <WordsOf key={shown} words={words[shown]} onWords={(said) => change({ words: { ...words, [shown]: said } })} />
    </section>
  );
}

function WordsOf({ words, onWords }: { readonly words: Words; readonly onWords: (words: Words) => void }) {
  const { t } = useWords();
  const part = (name: keyof Words) => ({
    label: t(`inbox.words.${name}`),
    hint: t(`inbox.words.${name}.hint`),
    value: words[name],
    onValue: (value: string) => onWords({ ...words, [name]: value }),
  });
  return (
    <>
      <Field {...part("title")} maxLength={60} />
      <TextField {...part("greeting")} rows={2} />
      <Field {...part("subtitle")} maxLength={160} />
      <Field {...part("launcher")} maxLength={30} />
    </>
  );
}
