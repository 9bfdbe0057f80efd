/** One piece of a transcript: what was said, what was done, a day, where what is new begins. */

import { Day } from "../elements/times";
import { useWords } from "../elements/use";
import type { Entry } from "../state/transcript";
import { EventLine } from "./event-line";
import { HandoffCard } from "./handoff-card";
import { MessageView } from "./message";

export function EntryView({ entry, repeated }: { readonly entry: Entry; readonly repeated: boolean }) {
  switch (entry.kind) {
    case "day":
      return (
        <div class="day-mark" role="separator">
          <span>
            <Day at={entry.at} />
          </span>
        </div>
      );
    case "unread":
      return <Unread />;
    case "handoff":
      return <HandoffCard handoff={entry.handoff} cause={entry.cause} />;
    case "event":
      return <EventLine event={entry.event} />;
    case "message":
      return <MessageView message={entry.message} first={entry.first} repeated={repeated} />;
  }
}

function Unread() {
  const { t } = useWords();
  return (
    <div class="unread" role="separator">
      <span>{t("unread.mark")}</span>
    </div>
  );
}

/** The turns whose understanding stands with the customer's words. */
export function turnsOfCustomer(entries: readonly Entry[]): ReadonlySet<string> {
  const turns = new Set<string>();
  for (const entry of entries) {
    if (entry.kind !== "message" || entry.message.author.kind !== "customer") continue;
    if (entry.message.understanding) turns.add(entry.message.understanding.turn_id);
  }
  return turns;
}
