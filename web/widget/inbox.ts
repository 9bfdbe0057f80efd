import type { Locale } from "../shared/locale";
import type { Scheme } from "./api";

/** How an inbox's chat looks, as its admin chose. */
export interface Appearance {
  readonly accent: string;
  readonly position: "start" | "end";
  readonly launcher: "icon" | "text";
  readonly scheme: Scheme;
  /** Pixels from the lower edge of the page. */
  readonly offset: number;
}

/** What the gateway made of the accent, so that all that is written with it can be read. */
export interface Theme {
  readonly strong: string;
  readonly on: string;
  readonly link_light: string;
  readonly link_dark: string;
}

/** An inbox's own words in one language, where it has any. */
export interface Texts {
  readonly title?: string | null;
  readonly subtitle?: string | null;
  readonly launcher?: string | null;
}

type ByLocale<Value> = Readonly<Partial<Record<Locale, Value>>>;

/** What the gateway tells every page about an inbox. */
export interface Inbox {
  readonly name: string;
  readonly appearance: Appearance;
  readonly theme: Theme;
  /** The inbox's own language, and all that it offers. */
  readonly locale: Locale;
  readonly locales: readonly Locale[];
  readonly texts: ByLocale<Texts>;
  readonly greeting: ByLocale<string>;
}

/** The gateway will not serve this inbox on this page, however often it is asked. */
export class InboxRefused extends Error {}

/** It comes from the gateway that this script came from, so its shape is known. */
export async function fetchInbox(base: string, key: string): Promise<Inbox> {
  const address = new URL(`chat/v1/inboxes/${encodeURIComponent(key)}`, base);
  const answer = await fetch(address, { credentials: "omit", priority: "low" });
  if (answer.ok) return (await answer.json()) as Inbox;
  const isPassing = answer.status === 429 || answer.status >= 500;
  throw new (isPassing ? Error : InboxRefused)(`The gateway answered ${answer.status}`);
}
