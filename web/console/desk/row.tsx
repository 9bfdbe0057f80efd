/** One conversation in the list. */

import { Icon, type IconName } from "../elements/icon";
import { Link } from "../elements/link";
import { Avatar, ContactName, LanguageMark } from "../elements/person";
import { Recent, Waited } from "../elements/times";
import { useNow, useSelect, useWords } from "../elements/use";
import type { AuthorKind, Conversation } from "../api/shapes";
import { sayOr } from "../locales/words";
import { contactName } from "../state/known";
import { isSnoozed, type View } from "../state/views";

const AUTHORS: Readonly<Record<AuthorKind, IconName>> = {
  customer: "customer",
  bot: "bot",
  agent: "agent",
  system: "system",
};

export interface RowProps {
  readonly conversation: Conversation;
  readonly view: View;
  readonly current: boolean;
  /** It no longer belongs here, and leaves once the pointer does. */
  readonly gone: boolean;
}

export function Row({ conversation, view, current, gone }: RowProps) {
  const name = contactName(conversation);
  return (
    <li class="row-place">
      <Link
        id={`row-${conversation.id}`}
        class={["row", gone && "row--gone"].filter(Boolean).join(" ")}
        to={{ place: "desk", view, conversation: conversation.id }}
        current={current}
      >
        <Avatar name={name} seed={conversation.contact.id} />
        <span class="row__main">
          <span class="row__line">
            <span class="row__name">
              <ContactName conversation={conversation} />
            </span>
            <Age conversation={conversation} />
          </span>
          <LastWords conversation={conversation} />
          <Marks conversation={conversation} view={view} />
        </span>
      </Link>
    </li>
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
  const { handoff, queue, state } = conversation;
  return (
    <span class="row__marks">
      {view.kind === "all" && <span class={`state state--${state}`}>{t(`state.${state}`)}</span>}
      {isSnoozed(conversation, now) && (
        <span class="tag">
          <Icon name="snooze" size={13} /> {t("snoozed")}
        </span>
      )}
      {handoff && state !== "with_bot" && state !== "resolved" && (
        <span class="tag">{sayOr(t, "reason", handoff.reason)}</span>
      )}
      {state === "waiting" && view.kind !== "queue" && queue && <NameTag name={queue.name} />}
      {state === "with_agent" && view.kind !== "mine" && conversation.owner.name && <NameTag name={conversation.owner.name} />}
      <span class="row__end">
        <ChannelMark conversation={conversation} />
        <LanguageMark language={conversation.language} />
      </span>
    </span>
  );
}

function NameTag({ name }: { readonly name: string }) {
  return (
    <span class="tag">
      <bdi>{name}</bdi>
    </span>
  );
}

const CHANNELS: Readonly<Record<string, IconName>> = { chat: "chat", email: "inbox", telegram: "send" };

function ChannelMark({ conversation }: { readonly conversation: Conversation }) {
  const { t } = useWords();
  const channel = sayOr(t, "channel", conversation.channel);
  return (
    <span class="tag" title={`${channel} · ${conversation.inbox.name}`}>
      <Icon name={CHANNELS[conversation.channel] ?? "chat"} size={14} />
      <span class="hidden">{channel}</span>
    </span>
  );
}
