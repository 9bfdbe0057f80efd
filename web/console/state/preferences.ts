/** How this browser shows the console: language, theme, panels. */

import { LOCALES, matchLocale, type Locale } from "../../shared/locale";
import { readJson, writeJson, type Storage } from "./drafts";

export type Theme = "auto" | "light" | "dark";

/** Language and theme are the account's once one is signed in; before, the browser's last. */
export interface Preferences {
  readonly language: Locale;
  readonly theme: Theme;
  readonly details: boolean;
}

export const THEMES: readonly Theme[] = ["auto", "light", "dark"];

const PLACE = "peyk.preferences";

export function readPreferences(storage: Storage, wished: readonly string[]): Preferences {
  const stored = (readJson(storage, PLACE) ?? {}) as Partial<Preferences>;
  return {
    language: LOCALES.find((one) => one === stored.language) ?? matchLocale(wished) ?? "en",
    theme: THEMES.find((one) => one === stored.theme) ?? "auto",
    details: stored.details ?? true,
  };
}

export function keepPreferences(storage: Storage, preferences: Preferences): void {
  writeJson(storage, PLACE, preferences);
}
