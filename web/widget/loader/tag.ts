import { matchLocale } from "../../shared/locale";
import type { Options } from "../options";

/** Reads the page's script tag. Only what it says, the page's language and the browser's count. */
export function readTag(tag: HTMLScriptElement): Options {
  const { inbox = "", locale, token } = tag.dataset;
  const languages = [locale, document.documentElement.lang, ...navigator.languages];
  return {
    inbox,
    base: new URL(".", tag.src).href,
    locale: matchLocale(languages) ?? "en",
    identity: token || null,
  };
}
