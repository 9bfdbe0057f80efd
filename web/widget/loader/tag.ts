import type { Scheme } from "../api";

/** What the page's script tag says. */
export interface Tag {
  readonly inbox: string;
  readonly base: string;
  readonly locale: string | undefined;
  readonly token: string | null;
  readonly scheme: Scheme | null;
  readonly hidden: boolean;
}

/** Only what the tag itself says counts. */
export function readTag(tag: HTMLScriptElement): Tag {
  const { inbox = "", locale, token, scheme, hidden } = tag.dataset;
  return {
    inbox,
    base: new URL(".", tag.src).href,
    locale,
    token: token || null,
    scheme: (scheme as Scheme | undefined) ?? null,
    hidden: hidden !== undefined,
  };
}
