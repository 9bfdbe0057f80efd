import { formatNumber } from "./digits";
import { intlTag } from "./formats";
import type { Locale } from "./locale";

/** One text by number: the grammar of the language chooses the form by `count`. */
export type Plural = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };

export type Text = string | Plural;

/** Texts by key. English is written first; its keys type the other languages. */
export type Catalogue<Key extends string> = Readonly<Record<Key, Text>>;

export type Params = Readonly<Record<string, string | number>>;

export type Translate<Key extends string> = (key: Key, params?: Params) => string;

/** Looks texts up and fills `{name}` places in; numbers are written in the language's digits. */
export function translator<Key extends string>(
  catalogue: Catalogue<Key>,
  locale: Locale,
): Translate<Key> {
  const rules = new Intl.PluralRules(intlTag(locale));
  return (key, params = {}) => fill(form(catalogue[key], params["count"], rules), params, locale);
}

function form(text: Text, count: string | number | undefined, rules: Intl.PluralRules): string {
  if (typeof text === "string") return text;
  return text[rules.select(Number(count ?? 0))] ?? text.other;
}

function fill(text: string, params: Params, locale: Locale): string {
  return text.replace(/\{(\w+)\}/g, (place, name: string) => {
    const value = params[name];
    if (value === undefined) return place;
    return typeof value === "number" ? formatNumber(value, locale) : value;
  });
}
