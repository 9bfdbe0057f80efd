/** The formats of `Intl`, each made once: making one costs a hundred times what using it does. */

import type { Locale } from "./locale";

const TAGS: Readonly<Record<Locale, string>> = {
  en: "en",
  fa: "fa-u-nu-arabext",
  ar: "ar-u-nu-arab",
};

/** The tag for `Intl`: the language with the digits that its readers expect. */
export function intlTag(locale: Locale): string {
  return TAGS[locale];
}

export function dateFormat(locale: Locale, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return kept(locale, options, (tag) => new Intl.DateTimeFormat(tag, options));
}

export function numberFormat(locale: Locale, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  return kept(locale, options, (tag) => new Intl.NumberFormat(tag, options));
}

export function relativeDays(locale: Locale): Intl.RelativeTimeFormat {
  return kept(locale, "days", (tag) => new Intl.RelativeTimeFormat(tag, { numeric: "auto" }));
}

const made = new Map<string, unknown>();

function kept<F>(locale: Locale, options: unknown, make: (tag: string) => F): F {
  const key = locale + JSON.stringify(options);
  const known = made.get(key) as F | undefined;
  const format = known ?? make(intlTag(locale));
  if (known === undefined) made.set(key, format);
  return format;
}
