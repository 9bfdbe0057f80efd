/** Earlier conversations of the contact, above the present one: folded to a line, or whole. */

import { useEffect, useMemo, useRef } from "preact/hooks";
import { formatDay } from "../../shared/time";
import { formatNumber } from "../../shared/digits";
import { Button } from "../elements/button";
import { Icon } from "../elements/icon";
import { Link } from "../elements/link";
import { Recent } from "../elements/times";
import { useApp, useNow, useSelect, useWords } from "../elements/use";
import type { Conversation } from "../api/shapes";
import { entriesOf } from "../state/transcript";
import type { View } from "../state/views";
import { Entries } from "./entries";

export interface Before {
  readonly conversations: readonly Conversation[];
  /** So many of them are shown, the latest first. */
  readonly shown: number;
  readonly onShow: (count: number) => void;
}

export function Earlier({ before, view }: { readonly before: Before; readonly view: View }) {
  const { t } = useWords();
  const { conversations, shown, onShow } = before;
  const next = conversations[shown];
  return (
    <>
      {next !== undefined && (
        <button type="button" class="before" onClick={() => onShow(shown + 1)}>
          <Icon name="history" size={15} />
          <Title conversation={next} />
          <span class="before__words" dir="auto">
            {next.last_message?.text}
          </span>
          <span class="before__do">{t("earlier.here")}</span>
        </button>
      )}
      {conversations
        .slice(0, shown)
        .reverse()
        .map((one) => (
          <Whole key={one.id} conversation={one} view={view} onHide={() => onShow(conversations.indexOf(one))} />
        ))}
      {shown > 0 && (
        <div class="unread unread--now" role="separator">
          <span>{t("earlier.now")}</span>
        </div>
      )}
    </>
  );
}

function Title({ conversation }: { readonly conversation: Conversation }) {
  const { t, locale } = useWords();
  return (
    <span class="before__title">
      {t("earlier.before", { number: formatNumber(conversation.number, locale, { useGrouping: false }) })}
      <span class={`state state--${conversation.state}`}>{t(`state.${conversation.state}`)}</span>
      <span class="muted">
        <Recent at={conversation.resolved_at ?? conversation.updated_at} />
      </span>
    </span>
  );
}

function Whole({ conversation, view, onHide }: { readonly conversation: Conversation; readonly view: View; readonly onHide: () => void }) {
  const app = useApp();
  const { t, locale } = useWords();
  const now = useNow(60_000);
  const { id } = conversation;
  const box = useRef<HTMLElement>(null);
  const opened = useSelect((state) => state.opened.get(id));
  const ready = opened?.phase === "ready";
  const forgotten = opened === undefined;
  useEffect(() => {
    if (forgotten) void app.conversations.open(id);
  }, [id, forgotten]);
  // Its end is what leads on to the present conversation.
  useEffect(() => {
    if (ready) box.current?.scrollIntoView({ block: "end" });
  }, [ready]);
  const entries = useMemo(() => {
    if (opened === undefined) return [];
    return entriesOf(opened.transcript, opened.more?.handoffs ?? [], (at) => formatDay(new Date(at), new Date(now), locale));
  }, [opened, now, locale]);
  return (
    <section class="earlier-one" ref={box} aria-label={t("earlier.before", { number: conversation.number })}>
      <header class="earlier-one__head">
        <Title conversation={conversation} />
        <Link class="button button--small button--quiet" to={{ place: "desk", view, conversation: id }}>
          {t("earlier.open")}
        </Link>
        <Button small look="quiet" onPress={onHide}>
          {t("earlier.hide")}
        </Button>
      </header>
      {!ready && <p class="loading">{t("loading")}</p>}
      <Entries entries={entries} />
    </section>
  );
}
