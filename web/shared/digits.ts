import { numberFormat } from "./formats";
import type { Locale } from "./locale";

const ZEROS: Readonly<Record<Locale, number>> = { en: 0x30, fa: 0x6f0, ar: 0x660 };

export function formatNumber(
  value: number,
  locale: Locale,
  options: Intl.NumberFormatOptions = {},
): string {
  return numberFormat(locale, options).format(value);
}

/**
 * Writes the digits of our own texts as the language does.
 * Never for what people wrote: an order number must stay as it was typed.
 */
export function localDigits(text: string, locale: Locale): string {
  const zero = ZEROS[locale];
  return text.replace(/[0-9]/g, (digit) => String.fromCharCode(zero + Number(digit)));
}

/** "340 kB": sizes as people read them, in the digits of the language. */
export function formatSize(bytes: number, locale: Locale): string {
  const isLarge = bytes >= 1_000_000;
  return formatNumber(bytes / (isLarge ? 1_000_000 : 1000), locale, {
    style: "unit",
    unit: isLarge ? "megabyte" : "kilobyte",
    maximumSignificantDigits: 2,
  });
}
