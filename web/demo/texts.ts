import type { Catalogue } from "../shared/catalogue";
import type { Locale } from "../shared/locale";
import { ar } from "./locales/ar";
import { en, type DemoWord } from "./locales/en";
import { fa } from "./locales/fa";

export const TEXTS: Readonly<Record<Locale, Catalogue<DemoWord>>> = { en, fa, ar };
