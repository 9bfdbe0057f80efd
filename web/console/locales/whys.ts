/** Why an automatic choice was made, in the console's language where the code is known. */

import { formatNumber } from "../../shared/digits";
import type { Locale } from "../../shared/locale";
import type { Why } from "../api/shapes";
import { en } from "./en";
import { sayOr, type Key, type Say } from "./words";

/** The whole of it; `english` is what the server said, for codes that have no words here. */
export function wordsForWhy(whys: readonly Why[], english: string, t: Say, locale: Locale): string {
  const known = whys.filter(({ code }) => `why.code.${code}` in en);
  if (known.length < whys.length || whys.length === 0) return english;
  return known.map((why) => sentence(why, t, locale)).join(" ");
}

export function sentence({ code, params }: Why, t: Say, locale: Locale): string {
  return t(`why.code.${code}` as Key, { ...filled(params, t, locale), count: Number(params["times"] ?? 0) });
}

function filled(params: Why["params"], t: Say, locale: Locale): Record<string, string | number> {
  const shown = Object.entries(params).map(([name, value]) => [name, show(name, value, t, locale)]);
  return Object.fromEntries(shown) as Record<string, string | number>;
}

function show(name: string, value: unknown, t: Say, locale: Locale): string | number {
  if (name === "score" || name === "limit") {
    return formatNumber(Number(value), locale, { style: "percent", maximumFractionDigits: 0 });
  }
  if (name === "why") return sayOr(t, "failed", String(value));
  return typeof value === "number" ? value : String(value);
}
