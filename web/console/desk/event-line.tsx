/** A thin line for what a desk member did, or what the customer gave. */

import { Icon, type IconName } from "../elements/icon";
import { Clock } from "../elements/times";
import { useSelect, useWords } from "../elements/use";
import type { Event } from "../api/shapes";
import type { Key, Say } from "../locales/words";
import type { State } from "../state/state";

const ICONS: Readonly<Record<string, IconName>> = {
  claimed: "claim",
  transferred: "transfer",
  returned_to_bot: "bot",
  snoozed: "snooze",
  unsnoozed: "snooze",
  resolved: "resolved",
  reopened: "reopen",
  delivery_retried: "send",
  address_left: "contacts",
  rated: "resolved",
};

export function EventLine({ event }: { readonly event: Event }) {
  const { t } = useWords();
  const me = useSelect((state) => state.me?.id);
  const to = useSelect((state) => destinationOf(event, state));
  return (
    <p class="event-line">
      <Icon name={ICONS[event.kind] ?? "system"} size={14} />
      <span>{wordsOf(event, event.actor.id === me, to, t)}</span> <Clock at={event.at} />
    </p>
  );
}

function wordsOf(event: Event, mine: boolean, to: string | null, t: Say): string {
  if (event.actor.kind === "customer") return givenOf(event, t);
  const name = event.actor.name ?? t(event.actor.kind === "bot" ? "author.bot" : "author.system");
  if (event.kind === "transferred" && to !== null) {
    return mine ? t("event.transferred.to.you", { to }) : t("event.transferred.to", { name, to });
  }
  const key = `event.${event.kind}` as Key;
  return mine ? t(`${key}.you` as Key) : t(key, { name });
}

/** An address or a rating; what the customer wrote himself keeps its own direction. */
function givenOf({ kind, actor, data }: Event, t: Say): string {
  const name = actor.name ?? t("author.customer");
  const apart = (said: unknown): string => `\u2068${String(said ?? "")}\u2069`;
  if (kind === "address_left") return t("event.address_left", { name, email: apart(data["email"]) });
  const rated = t("event.rated", { name, score: Number(data["score"]) });
  return data["comment"] ? `${rated} ${apart(data["comment"])}` : rated;
}

/** The name of the queue or agent that a conversation was given to. */
function destinationOf({ data }: Event, state: State): string | null {
  const to = data["to"];
  if (typeof to !== "object" || to === null || !("id" in to)) return null;
  const known = [...state.queues, ...state.agents].find(({ id }) => id === to.id);
  return known?.name ?? null;
}
