/** A thin line for what a desk member did. */

import { Icon, type IconName } from "../elements/icon";
import { Clock } from "../elements/times";
import { useSelect, useWords } from "../elements/use";
import type { Event } from "../api/shapes";
import type { Key, Say } from "../locales/words";

const ICONS: Readonly<Record<string, IconName>> = {
  claimed: "claim",
  transferred: "transfer",
  returned_to_bot: "bot",
  snoozed: "snooze",
  unsnoozed: "snooze",
  resolved: "resolved",
  reopened: "reopen",
};

export function EventLine({ event }: { readonly event: Event }) {
  const { t } = useWords();
  const me = useSelect((state) => state.me?.id);
  return (
    <p class="event-line">
      <Icon name={ICONS[event.kind] ?? "system"} size={14} />
      <span>{wordsOf(event, event.actor.id === me, t)}</span> <Clock at={event.at} />
    </p>
  );
}

function wordsOf(event: Event, mine: boolean, t: Say): string {
  const name = event.actor.name ?? t(event.actor.kind === "bot" ? "author.bot" : "author.system");
  const to = destinationOf(event);
  if (event.kind === "transferred" && to !== null) {
    return mine ? t("event.transferred.to.you", { to }) : t("event.transferred.to", { name, to });
  }
  const key = `event.${event.kind}` as Key;
  return mine ? t(`${key}.you` as Key) : t(key, { name });
}

function destinationOf({ data }: Event): string | null {
  for (const field of ["to", "owner", "queue", "agent"]) {
    const value = data[field];
    if (typeof value === "object" && value !== null && "name" in value && typeof value.name === "string") {
      return value.name;
    }
  }
  return null;
}
