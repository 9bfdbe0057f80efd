/** The languages that every screen of Peyk speaks. */
export const LOCALES = ["en", "fa", "ar"] as const;

export type Locale = (typeof LOCALES)[number];

export type Direction = "ltr" | "rtl";

/** Each language in its own words, for a language menu. */
export const LOCALE_NAMES: Readonly<Record<Locale, string>> = {
  en: "English",
  fa: "فارسی",
  ar: "العربية",
};

export function direction(locale: Locale): Direction {
  return locale === "en" ? "ltr" : "rtl";
}

/** The first of the wanted language tags that is `among` these, `fa-IR` counting as `fa`. */
export function matchLocale(
  wanted: Iterable<string | null | undefined>,
  among: readonly Locale[] = LOCALES,
): Locale | null {
  for (const tag of wanted) {
    const language = tag?.trim().toLowerCase().split(/[-_]/)[0];
    const found = among.find((locale) => locale === language);
    if (found) return found;
  }
  return null;
}
