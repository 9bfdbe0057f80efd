/** One conversation in the list: who, since when, what was said last, why people are asked. */

import { useMemo } from "preact/hooks";
import { formatNumber } from "../../shared/digits";
import { Icon, type IconName } from "../elements/icon";
import { Link } from "../elements/link";
import { Avatar, ContactName, LanguageMark } from "../elements/person";
import { Recent, Waited } from "../elements/times";
import { useNow, useSelect, useWords } from "../elements/use";
import type { AuthorKind, Conversation } from "../api/shapes";
import { sayOr } from "../locales/words";
import { contactName } from "../state/known";
import { isMine, isSnoozed, viewKey, type View } from "../state/views";

export interface RowProps {
  readonly conversation: Conversation;
  readonly view: View;
  readonly at: number;
  readonly top: number;
  /** How many rows there are, -1 when nobody knows. */
  readonly count: number;
  readonly current: boolean;
  /** It no longer belongs here, and leaves once the pointer does. */
  readonly gone: boolean;
}

/** A row that says the same as before is not drawn again, however often the list is. */
export function Row(props: RowProps) {
  const { conversation, view, at, top, count, current, gone } = props;
  return useMemo(() => <DrawnRow {...props} />, [conversation, viewKey(view), at, top, count, current, gone]);
}

function DrawnRow({ conversation, view, at, top, count, current, gone }: RowProps) {
  const unread = useUnread(conversation, current);
  return (
    <li
      class="row-place"
      style={{ transform: `translateY(${top}px)` }}
      data-row={conversation.id}
      data-at={at}
      aria-posinset={at + 1}
      aria-setsize={count}
    >
      <Link
        id={`row-${conversation.id}`}
        class={["row", gone && "row--gone", unread > 0 && "row--unread"].filter(Boolean).join(" ")}
        to={{ place: "desk", view, conversation: conversation.id }}
        current={current}
      >
        <Face conversation={conversation} />
        <span class="row__main">
          <span class="row__line">
            <span class="row__name">
              <ContactName conversation={conversation} />
            </span>
            <Age conversation={conversation} />
          </span>
          <span class="row__line">
            <LastWords conversation={conversation} />
            <Unread count={unread} />
          </span>
          <Marks conversation={conversation} view={view} />
        </span>
      </Link>
    </li>
  );
}

export const CHANNEL_ICONS: Readonly<Record<string, IconName>> = { chat: "chat", email: "mail", telegram: "send" };

/** The contact's mark, and in its corner the channel. */
function Face({ conversation }: { readonly conversation: Conversation }) {
  const { t } = useWords();
  const channel = sayOr(t, "channel", conversation.channel);
  return (
    <span class="face" title={`${channel} · ${conversation.inbox.name}`}>
      <Avatar name={contactName(conversation)} seed={conversation.contact.id} />
      <span class={`face__channel face__channel--${conversation.channel}`}>
        <Icon name={CHANNEL_ICONS[conversation.channel] ?? "chat"} size={11} />
      </span>
      <span class="hidden">{channel}</span>
    </span>
  );
}

/** What is unread matters where this agent may have to answer: in queues, and what is hers. */
function useUnread(conversation: Conversation, current: boolean): number {
  const me = useSelect((state) => state.me?.id ?? "");
  const mayAnswer = conversation.state === "waiting" || isMine(conversation, me);
  return mayAnswer && !current ? (conversation.unread ?? 0) : 0;
}

const MOST = 99;

function Unread({ count }: { readonly count: number }) {
  const { t, locale } = useWords();
  if (count === 0) return null;
  const shown = formatNumber(Math.min(count, MOST), locale) + (count > MOST ? "+" : "");
  return (
    <span class="row__unread">
      <span aria-hidden="true">{shown}</span>
      <span class="hidden">{t("row.unread", { count })}</span>
    </span>
  );
}

function Age({ conversation }: { readonly conversation: Conversation }) {
  if (conversation.waiting_since !== null && conversation.state !== "resolved") {
    return <Waited since={conversation.waiting_since} />;
  }
  return (
    <span class="row__time">
      <Recent at={conversation.last_message?.at ?? conversation.updated_at} />
    </span>
  );
}

const AUTHORS: Readonly<Record<AuthorKind, IconName>> = {
  customer: "customer",
  bot: "bot",
  agent: "agent",
  system: "system",
};

function LastWords({ conversation }: { readonly conversation: Conversation }) {
  const { t } = useWords();
  const typing = useSelect((state) => state.typing.get(conversation.id));
  const last = conversation.last_message;
  if (typing?.kind === "customer") return <span class="row__words row__words--typing">{t("typing")}</span>;
  if (last === null) return <span class="row__words">{t("row.silent")}</span>;
  return (
    <span class="row__words">
      {last.author_kind !== "customer" && (
        <span class={`row__author author--${last.author_kind}`} title={t(`author.${last.author_kind}`)}>
          <Icon name={AUTHORS[last.author_kind]} size={14} />
          <span class="hidden">{t(`author.${last.author_kind}`)}: </span>
        </span>
      )}
      <bdi>{last.text || t("row.attachment")}</bdi>
    </span>
  );
}

/** What the view itself says already is not said again in each row. */
function Marks({ conversation, view }: { readonly conversation: Conversation; readonly view: View }) {
  const { t } = useWords();
  const now = useNow(10_000);
  const { handoff, queue, state, owner } = conversation;
  const isMixed = !["waiting", "queue", "mine", "resolved"].includes(view.kind);
  const isHandedOff = handoff !== null && (state === "waiting" || state === "with_agent");
  return (
    <span class="row__marks">
      {isMixed && <span class={`state state--${state}`}>{t(`state.${state}`)}</span>}
      {isSnoozed(conversation, now) && (
        <span class="tag">
          <Icon name="snooze" size={13} /> {t("snoozed")}
        </span>
      )}
      {isHandedOff && <span class="tag tag--reason">{sayOr(t, "reason", handoff.reason)}</span>}
      {state === "waiting" && view.kind !== "queue" && queue && <NameTag icon="queue" name={queue.name} />}
      {state === "with_agent" && view.kind !== "mine" && owner.name && <NameTag icon="mine" name={owner.name} />}
      <span class="row__end">
        <LanguageMark language={conversation.language} />
      </span>
    </span>
  );
}

function NameTag({ icon, name }: { readonly icon: IconName; readonly name: string }) {
  return (
    <span class="tag tag--name">
      <Icon name={icon} size={12} />
      <bdi>{name}</bdi>
    </span>
  );
}
