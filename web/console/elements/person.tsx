/** People and parts as the eye finds them: a round mark, a name kept apart from its sentence. */

import { direction } from "../../shared/locale";
import type { Conversation } from "../api/shapes";
import { contactName, visitorMark } from "../state/known";
import { Icon, type IconName } from "./icon";
import { useWords } from "./use";

export function Avatar({ name, seed, small }: { readonly name: string | null; readonly seed: string; readonly small?: boolean }) {
  const hue = [...seed].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 8, 0);
  return (
    <span class={`avatar avatar--${hue}${small ? " avatar--small" : ""}`} aria-hidden="true">
      {name === null ? <Icon name="mine" size={small ? 14 : 18} /> : initials(name)}
    </span>
  );
}

export function PartMark({ icon, kind }: { readonly icon: IconName; readonly kind: string }) {
  return (
    <span class={`avatar avatar--small avatar--${kind}`} aria-hidden="true">
      <Icon name={icon} size={15} />
    </span>
  );
}

/** The contact's name, or "Visitor 4F2A" for one who gave none. */
export function ContactName({ conversation }: { readonly conversation: Pick<Conversation, "contact"> }) {
  return <bdi>{useContactName()(conversation)}</bdi>;
}

export function useContactName(): (conversation: Pick<Conversation, "contact">) => string {
  const { t } = useWords();
  return (conversation) =>
    contactName(conversation) ?? t("visitor", { mark: visitorMark(conversation.contact.id) });
}

export function LanguageMark({ language }: { readonly language: string | null }) {
  const { locale } = useWords();
  if (language === null) return null;
  const name = namesIn(locale).of(language);
  return (
    <span class="tag" title={name} dir={direction(locale)}>
      {language.toUpperCase()}
    </span>
  );
}

const known = new Map<string, Intl.DisplayNames>();

/** To make one takes longer than to draw a row. */
function namesIn(locale: string): Intl.DisplayNames {
  const names = known.get(locale) ?? new Intl.DisplayNames([locale], { type: "language", fallback: "code" });
  known.set(locale, names);
  return names;
}

function initials(name: string): string {
  const parts = name.trim().split(/\s+/);
  const letters = parts.length > 1 ? [parts[0]!, parts.at(-1)!] : [parts[0]!];
  // A zero-width non-joiner keeps Persian and Arabic initials from joining into one shape.
  return letters.map((part) => [...part][0]?.toLocaleUpperCase() ?? "").join("\u200c");
}
