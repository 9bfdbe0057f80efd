/** What a person set for this browser: language, theme, sound, panels. */

import { LOCALES, matchLocale, type Locale } from "../../shared/locale";
import { readJson, writeJson, type Storage } from "./drafts";

export type Theme = "auto" | "light" | "dark";

export interface Preferences {
  readonly language: Locale;
  readonly theme: Theme;
  readonly sound: boolean;
  readonly details: boolean;
}

export const THEMES: readonly Theme[] = ["auto", "light", "dark"];

const PLACE = "peyk.preferences";

export function readPreferences(storage: Storage, wished: readonly string[]): Preferences {
  const stored = (readJson(storage, PLACE) ?? {}) as Partial<Preferences>;
  return {
    language: LOCALES.find((one) => one === stored.language) ?? matchLocale(wished) ?? "en",
    theme: THEMES.find((one) => one === stored.theme) ?? "auto",
    sound: stored.sound ?? true,
    details: stored.details ?? true,
  };
}

export function hasPreferences(storage: Storage): boolean {
  return storage.getItem(PLACE) !== null;
}

export function keepPreferences(storage: Storage, preferences: Preferences): void {
  writeJson(storage, PLACE, preferences);
}
