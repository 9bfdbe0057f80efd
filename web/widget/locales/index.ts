import { type Catalogue, type Translate, translator } from "../../shared/catalogue";
import type { Locale } from "../../shared/locale";
import type { Word } from "./en";

export type { Word } from "./en";

/** Each language is a file of its own: a visitor fetches the one he reads. */
const CATALOGUES: Readonly<Record<Locale, () => Promise<Catalogue<Word>>>> = {
  en: async () => (await import("./en")).en,
  fa: async () => (await import("./fa")).fa,
  ar: async () => (await import("./ar")).ar,
};

export async function loadWords(locale: Locale): Promise<Translate<Word>> {
  return translator(await CATALOGUES[locale](), locale);
}
