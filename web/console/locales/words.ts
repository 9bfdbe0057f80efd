/** Texts in the chosen language. What people named is isolated, so that no direction leaks. */

import { translator, type Params, type Translate } from "../../shared/catalogue";
import type { Locale } from "../../shared/locale";
import { ar } from "./ar";
import { en } from "./en";
import { fa } from "./fa";

export type Key = keyof typeof en;
export type Say = Translate<Key>;

export const CATALOGUES = { en, fa, ar } as const;

const FIRST_STRONG_ISOLATE = "\u2068";
const POP_ISOLATE = "\u2069";

const made = new Map<Locale, Say>();

/** One for each language: every element asks for it, and the rules of plurals are slow to make. */
export function words(locale: Locale): Say {
  const known = made.get(locale) ?? make(locale);
  made.set(locale, known);
  return known;
}

/** The text for a word of the wire, or the word itself when this console does not know it. */
export function sayOr(t: Say, prefix: string, word: string): string {
  const key = `${prefix}.${word}`;
  return key in en ? t(key as Key) : word.replaceAll("_", " ");
}

function make(locale: Locale): Say {
  const translate = translator<Key>(CATALOGUES[locale], locale);
  return (key, params = {}) => translate(key, isolated(params));
}

function isolated(params: Params): Params {
  const entries = Object.entries(params).map(([name, value]) => [
    name,
    typeof value === "string" ? FIRST_STRONG_ISOLATE + value + POP_ISOLATE : value,
  ]);
  return Object.fromEntries(entries) as Params;
}
