/** What was said, what was done, and what is on its way, in one column. */

import { useMemo, useState } from "preact/hooks";
import { formatDay } from "../../shared/time";
import { Empty } from "../elements/empty";
import { Icon } from "../elements/icon";
import { useNow, useSelect, useWords } from "../elements/use";
import type { Conversation } from "../api/shapes";
import { isPicture } from "../state/files";
import type { Opened } from "../state/state";
import { asMessage } from "../state/outgoing";
import { entriesOf, lastSeq, type Entry } from "../state/transcript";
import { withUnread } from "../state/unread";
import type { View } from "../state/views";
import { Earlier, type Before } from "./earlier";
import { Entries } from "./entries";
import { Lightbox, LightboxContext } from "./lightbox";
import { AnswerableContext } from "./message-actions";
import { PendingView } from "./pending";
import { useEnd } from "./use-end";
import { useSeenMark } from "./use-seen-mark";

interface TranscriptProps {
  readonly conversation: Conversation;
  readonly opened: Opened;
  readonly before: Before;
  readonly view: View;
}

export function Transcript({ conversation, opened, before, view }: TranscriptProps) {
  const { t } = useWords();
  const me = useSelect((state) => state.me);
  const outgoing = useSelect((state) => state.outgoing);
  const mine = useMemo(
    () => outgoing.filter((one) => one.conversation === conversation.id),
    [outgoing, conversation.id],
  );
  const { transcript } = opened;
  const entries = useEntries(conversation, opened, me?.id ?? null);
  const end = useEnd(lastSeq(transcript) + transcript.events.length, mine.length, ".unread:not(.unread--now)");
  const author = { kind: "agent" as const, id: me?.id ?? null, name: me?.name ?? null };
  const [shown, setShown] = useState<string | null>(null);
  const pictures = useMemo(() => picturesOf(entries), [entries]);

  return (
    <LightboxContext.Provider value={setShown}>
      <AnswerableContext.Provider value={conversation.id}>
        <div class="transcript" ref={end.scroller} onScroll={end.onScroll} onLoadCapture={end.onPicture}>
          <div class="transcript__column">
            <Earlier before={before} view={view} />
            <div class="transcript__log" role="log" aria-label={t("transcript")} aria-live="polite">
              {entries.length === 0 && mine.length === 0 && (
                <Empty icon="chat" title={t("transcript.empty")} text={t("transcript.empty.text")} />
              )}
              <Entries entries={entries} />
              {mine.map((one) => (
                <PendingView key={one.key} outgoing={one} message={asMessage(one, author, lastSeq(transcript) + 1)} />
              ))}
            </div>
            <TypingLine id={conversation.id} />
          </div>
          {!end.atEnd && (
            <button type="button" class="to-end" onClick={end.go}>
              <Icon name="down" size={16} />
              {t(end.fresh ? "transcript.new" : "transcript.end")}
            </button>
          )}
        </div>
        {shown !== null && <Lightbox pictures={pictures} shown={shown} onShow={setShown} onClose={() => setShown(null)} />}
      </AnswerableContext.Provider>
    </LightboxContext.Provider>
  );
}

function useEntries(conversation: Conversation, { transcript, more }: Opened, me: string | null): readonly Entry[] {
  const { locale } = useWords();
  const now = useNow(60_000);
  const seen = useSeenMark(conversation);
  return useMemo(() => {
    const dayOf = (at: string): string => formatDay(new Date(at), new Date(now), locale);
    return withUnread(entriesOf(transcript, more?.handoffs ?? [], dayOf), seen, me);
  }, [transcript, more, now, locale, seen, me]);
}

function picturesOf(entries: readonly Entry[]) {
  return entries.flatMap((entry) => (entry.kind === "message" ? entry.message.attachments.filter(isPicture) : []));
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
