/** An inbox's settings as they are edited, and what they are when they are saved. */

import { DEFAULT_ACCENT, theme } from "../../../shared/colour";
import { LOCALES, type Locale, matchLocale } from "../../../shared/locale";
import type { Appearance, Inbox as ShownInbox } from "../../../widget/inbox";
import type { Inbox } from "../../api/shapes";
import { type Hours, readHours, wrongSpans } from "./hours";

/** The inbox's own words in one language; empty for those of Peyk. */
export interface Words {
  readonly title: string;
  readonly subtitle: string;
  readonly launcher: string;
  readonly greeting: string;
}

export interface Draft {
  readonly name: string;
  readonly enabled: boolean;
  readonly appearance: Appearance;
  readonly locale: Locale;
  readonly locales: readonly Locale[];
  readonly words: Readonly<Record<Locale, Words>>;
  readonly hours: Hours | null;
  readonly rating: boolean;
  /** As typed: one site a line; none for any site. */
  readonly sites: string;
}

export type WrongField = "name" | "accent" | "offset" | "sites" | "hours";

const PLAIN: Appearance = { accent: DEFAULT_ACCENT, position: "end", launcher: "icon", scheme: "auto", offset: 20 };
const LARGEST_OFFSET = 400;

interface Stored {
  readonly appearance?: Partial<Appearance>;
  readonly locale?: string;
  readonly locales?: readonly Locale[];
  readonly texts?: Partial<Record<Locale, Partial<Record<"title" | "subtitle" | "launcher", string | null>>>>;
  readonly greeting?: string | Readonly<Record<string, string>> | null;
  readonly hours?: unknown;
  readonly rating?: boolean;
  readonly allowed_sites?: readonly string[];
}

export function draftOf(inbox: Inbox): Draft {
  const stored: Stored = inbox.settings ?? {};
  const locales = stored.locales ?? LOCALES;
  const locale = matchLocale([stored.locale, "en"], locales) ?? locales[0] ?? "en";
  const words = LOCALES.map((one) => [one, wordsOf(stored, one, locale)]);
  return {
    name: inbox.name,
    enabled: !inbox.disabled,
    appearance: { ...PLAIN, ...stored.appearance },
    locale,
    locales,
    words: Object.fromEntries(words) as Draft["words"],
    hours: readHours(stored.hours),
    rating: stored.rating ?? true,
    sites: (stored.allowed_sites ?? []).join("\n"),
  };
}

/** What is sent; settings that this page does not know stay as they are. */
export function changeOf(draft: Draft, inbox: Inbox): Record<string, unknown> {
  const { appearance, locale, locales, hours, rating } = draft;
  const texts = LOCALES.map((one) => [one, filled(withoutGreeting(draft.words[one]))] as const);
  const greetings = LOCALES.map((one) => [one, draft.words[one].greeting.trim()] as const);
  const greeting = Object.fromEntries(greetings.filter(([, text]) => text !== ""));
  return {
    name: draft.name.trim(),
    disabled: !draft.enabled,
    settings: {
      ...inbox.settings,
      appearance,
      locale,
      locales,
      hours,
      rating,
      texts: Object.fromEntries(texts.filter(([, words]) => Object.keys(words).length > 0)),
      greeting: Object.keys(greeting).length > 0 ? greeting : null,
      allowed_sites: sitesOf(draft.sites),
    },
  };
}

/** The inbox as pages would see it. */
export function shownInbox(draft: Draft): ShownInbox {
  const own = draft.words[draft.locale].greeting.trim();
  const texts = draft.locales.map((one) => [one, filled(withoutGreeting(draft.words[one]))]);
  const greetings = draft.locales.map((one) => [one, draft.words[one].greeting.trim() || own]);
  const accent = isColour(draft.appearance.accent) ? draft.appearance.accent : DEFAULT_ACCENT;
  const { strong, on, linkLight, linkDark } = theme(accent);
  return {
    name: draft.name,
    appearance: { ...draft.appearance, accent },
    theme: { strong, on, link_light: linkLight, link_dark: linkDark },
    locale: draft.locale,
    locales: draft.locales,
    texts: Object.fromEntries(texts),
    greeting: Object.fromEntries(greetings),
  };
}

export function wrongFields(draft: Draft): readonly WrongField[] {
  const { accent, offset } = draft.appearance;
  const wrong: Readonly<Record<WrongField, boolean>> = {
    name: draft.name.trim() === "",
    accent: !isColour(accent),
    offset: !(Number.isInteger(offset) && offset >= 0 && offset <= LARGEST_OFFSET),
    sites: sitesOf(draft.sites).some((site) => !isOrigin(site)),
    hours: Object.values(draft.hours?.weekly ?? {}).some((spans) => wrongSpans(spans) !== null),
  };
  return (Object.keys(wrong) as WrongField[]).filter((field) => wrong[field]);
}

export function isColour(text: string): boolean {
  return /^#[0-9a-f]{6}$/i.test(text);
}

/** One site a line; what people paste with a path is cut to the site. */
export function sitesOf(typed: string): readonly string[] {
  const lines = typed.split(/[\s,]+/).filter(Boolean);
  return [...new Set(lines.map((line) => (URL.canParse(line) && new URL(line).origin !== "null" ? new URL(line).origin : line)))];
}

function isOrigin(site: string): boolean {
  return /^https?:\/\/[^/?#@\s*]+$/i.test(site);
}

function wordsOf({ texts, greeting }: Stored, locale: Locale, own: Locale): Words {
  const { title, subtitle, launcher } = texts?.[locale] ?? {};
  const said = typeof greeting === "string" ? (locale === own ? greeting : "") : greeting?.[locale];
  return { title: title ?? "", subtitle: subtitle ?? "", launcher: launcher ?? "", greeting: said ?? "" };
}

function withoutGreeting({ title, subtitle, launcher }: Words) {
  return { title, subtitle, launcher };
}

function filled(texts: Readonly<Record<string, string>>): Record<string, string> {
  const entries = Object.entries(texts).map(([name, text]) => [name, text.trim()] as const);
  return Object.fromEntries(entries.filter(([, text]) => text !== ""));
}
