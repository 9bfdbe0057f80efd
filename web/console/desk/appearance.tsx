/** Language and theme, to choose wherever one is. */

import { LOCALE_NAMES, LOCALES, type Locale } from "../../shared/locale";
import { Icon } from "../elements/icon";
import { useApp, useSelect, useWords } from "../elements/use";
import { THEMES, type Theme } from "../state/preferences";

export function LanguageSelect() {
  const app = useApp();
  const { t, locale } = useWords();
  return (
    <label class="pick">
      <Icon name="globe" size={16} />
      <span class="hidden">{t("language")}</span>
      <select value={locale} onChange={(event) => app.session.prefer({ language: event.currentTarget.value as Locale })}>
        {LOCALES.map((one) => (
          <option key={one} value={one} lang={one}>
            {LOCALE_NAMES[one]}
          </option>
        ))}
      </select>
    </label>
  );
}

export function ThemeSelect() {
  const app = useApp();
  const { t } = useWords();
  const theme = useSelect((state) => state.preferences.theme);
  return (
    <label class="pick">
      <Icon name="theme" size={16} />
      <span class="hidden">{t("theme")}</span>
      <select value={theme} onChange={(event) => app.session.prefer({ theme: event.currentTarget.value as Theme })}>
        {THEMES.map((one) => (
          <option key={one} value={one}>
            {t(`theme.${one}`)}
          </option>
        ))}
      </select>
    </label>
  );
}
