import type { VNode } from "preact";
import { LOCALE_NAMES, type Locale } from "../../shared/locale";
import { useSurroundings } from "./context";

/** The visitor's own choice of language, where the inbox offers several. */
export function Languages(): VNode | null {
  const { choose, inbox, locale, t } = useSurroundings();
  if (inbox.locales.length < 2) return null;
  return (
    <label>
      {t("language")}
      <select
        value={locale}
        onChange={(event) => choose(event.currentTarget.value as Locale)}
      >
        {inbox.locales.map((one) => (
          <option key={one} value={one} lang={one}>
            {LOCALE_NAMES[one]}
          </option>
        ))}
      </select>
    </label>
  );
}
