/** What was said, what was done, and what is on its way, in one column. */

import { useMemo } from "preact/hooks";
import { formatDay } from "../../shared/time";
import { Empty } from "../elements/empty";
import { Day } from "../elements/times";
import { Icon } from "../elements/icon";
import { useNow, useSelect, useWords } from "../elements/use";
import type { Conversation } from "../api/shapes";
import type { Opened } from "../state/state";
import { asMessage } from "../state/outgoing";
import { entriesOf, lastSeq, type Entry } from "../state/transcript";
import { EventLine } from "./event-line";
import { HandoffCard } from "./handoff-card";
import { MessageView } from "./message";
import { PendingView } from "./pending";
import { useEnd } from "./use-end";

export function Transcript({ conversation, opened }: { readonly conversation: Conversation; readonly opened: Opened }) {
  const { t, locale } = useWords();
  const now = useNow(60_000);
  const me = useSelect((state) => state.me);
  const outgoing = useSelect((state) => state.outgoing);
  const mine = useMemo(
    () => outgoing.filter((one) => one.conversation === conversation.id),
    [outgoing, conversation.id],
  );
  const { transcript, more } = opened;
  const entries = useMemo(
    () => entriesOf(transcript, more?.handoffs ?? [], (at) => formatDay(new Date(at), new Date(now), locale)),
    [transcript, more, now, locale],
  );
  const shownTurns = useMemo(() => turnsOfCustomer(entries), [entries]);
  const end = useEnd(lastSeq(transcript) + transcript.events.length, mine.length);
  const author = { kind: "agent" as const, id: me?.id ?? null, name: me?.name ?? null };

  return (
    <div class="transcript" ref={end.scroller} onScroll={end.onScroll} onLoadCapture={end.onPicture}>
      <div class="transcript__column" role="log" aria-label={t("transcript")} aria-live="polite">
        {entries.length === 0 && mine.length === 0 && (
          <Empty icon="chat" title={t("transcript.empty")} text={t("transcript.empty.text")} />
        )}
        {entries.map((entry) => (
          <EntryView key={entry.key} entry={entry} shownTurns={shownTurns} />
        ))}
        {mine.map((one) => (
          <PendingView
            key={one.key}
            outgoing={one}
            message={asMessage(one, author, lastSeq(transcript) + 1)}
          />
        ))}
        <TypingLine id={conversation.id} />
      </div>
      {!end.atEnd && (
        <button type="button" class="to-end" onClick={end.go}>
          <Icon name="down" size={16} />
          {t(end.fresh ? "transcript.new" : "transcript.end")}
        </button>
      )}
    </div>
  );
}

function EntryView({ entry, shownTurns }: { readonly entry: Entry; readonly shownTurns: ReadonlySet<string> }) {
  switch (entry.kind) {
    case "day":
      return (
        <div class="day" role="separator">
          <span>
            <Day at={entry.at} />
          </span>
        </div>
      );
    case "handoff":
      return <HandoffCard handoff={entry.handoff} />;
    case "event":
      return <EventLine event={entry.event} />;
    case "message":
      return <MessageView message={entry.message} first={entry.first} shownTurns={shownTurns} />;
  }
}

function TypingLine({ id }: { readonly id: string }) {
  const { t } = useWords();
  const typing = useSelect((state) => state.typing.get(id));
  if (typing === undefined) return null;
  return (
    <p class={`typing typing--${typing.kind}`}>
      <span class="typing__dots" aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
      {typing.kind === "agent" && typing.name ? t("typing.agent", { name: typing.name }) : t("typing")}
    </p>
  );
}

/** Turns whose understanding stands with the customer's words need not stand with the bot's. */
function turnsOfCustomer(entries: readonly Entry[]): ReadonlySet<string> {
  const turns = new Set<string>();
  for (const entry of entries) {
    if (entry.kind !== "message" || entry.message.author.kind !== "customer") continue;
    if (entry.message.understanding) turns.add(entry.message.understanding.turn_id);
  }
  return turns;
}
