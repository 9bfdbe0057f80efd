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
  const [value, unit] = scaled(bytes);
  return formatNumber(value, locale, {
    style: "unit",
    unit,
    unitDisplay: "short",
    maximumFractionDigits: value < 10 && unit !== "byte" ? 1 : 0,
  });
}

function scaled(bytes: number): [number, string] {
  if (bytes < 1000) return [bytes, "byte"];
  if (bytes < 1_000_000) return [bytes / 1000, "kilobyte"];
  return [bytes / 1_000_000, "megabyte"];
}
