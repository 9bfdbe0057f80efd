/** One message: who says it is seen by side, colour, icon and word. */

import type { ComponentChildren } from "preact";
import { safeHref } from "../../shared/links";
import { Icon, type IconName } from "../elements/icon";
import { Avatar, PartMark, useContactName } from "../elements/person";
import { Clock } from "../elements/times";
import { useSelect, useWords } from "../elements/use";
import type { Message } from "../api/shapes";
import { contactName } from "../state/known";
import { Attachments } from "./attachments";
import { DeliveryMark } from "./delivery";
import { LongText } from "./long-text";
import { MessageActions } from "./message-actions";
import { messageId, Quote } from "./quote";
import { UnderstandingView } from "./understanding";

export interface MessageProps {
  readonly message: Message;
  readonly first: boolean;
  /** What was understood stands elsewhere already. */
  readonly repeated?: boolean;
  /** What stands below: by default the delivery. */
  readonly foot?: ComponentChildren;
}

export function MessageView({ message, first, repeated, foot }: MessageProps) {
  const kind = message.kind === "note" ? "note" : message.author.kind;
  const { understanding } = message;
  return (
    <article
      id={messageId(message.id)}
      tabIndex={-1}
      class={`message message--${kind}${first ? " message--first" : ""}`}
    >
      {first && (kind === "customer" ? <CustomerHead message={message} /> : <Head message={message} kind={kind} />)}
      <div class="message__body">
        {message.reply_to && <Quote id={message.reply_to} conversation={message.conversation_id} />}
        {message.text !== "" && <LongText text={message.text} />}
        {message.image !== null && <ShownImage address={message.image} />}
        <Attachments attachments={message.attachments} />
        <Buttons message={message} />
      </div>
      <footer class="message__foot">
        <Clock at={message.at} />
        {foot ?? <DeliveryMark message={message} />}
        {foot === undefined && <MessageActions message={message} />}
      </footer>
      {understanding && !repeated && <UnderstandingView understanding={understanding} text={message.text} />}
    </article>
  );
}

type Kind = "customer" | "bot" | "agent" | "system" | "note";

const ICONS: Readonly<Record<Exclude<Kind, "customer">, IconName>> = {
  bot: "bot",
  agent: "agent",
  system: "system",
  note: "note",
};

/** Customers are named alike in the list, above the transcript and in it. */
function CustomerHead({ message }: { readonly message: Message }) {
  const { t } = useWords();
  const conversation = useSelect((state) => state.known.get(message.conversation_id));
  const nameOf = useContactName();
  if (conversation === undefined) return null;
  return (
    <header class="message__head">
      <Avatar name={contactName(conversation)} seed={conversation.contact.id} small />
      <b>
        <bdi>{nameOf(conversation)}</bdi>
      </b>
      <span class="message__kind">{t("author.customer")}</span>
    </header>
  );
}

function Head({ message, kind }: { readonly message: Message; readonly kind: Exclude<Kind, "customer"> }) {
  const { t } = useWords();
  const { author } = message;
  const me = useSelect((state) => state.me?.id);
  const isMe = author.kind === "agent" && author.id === me;
  const name = isMe ? t("you") : (author.name ?? t(`author.${author.kind}`));
  const part = t(kind === "note" ? "note.label" : `author.${author.kind}`);
  return (
    <header class="message__head">
      <PartMark icon={ICONS[kind]} kind={kind} />
      <b>
        <bdi>{author.kind === "bot" || author.kind === "system" ? part : name}</bdi>
      </b>
      {(kind === "note" || kind === "agent") && <span class="message__kind">{part}</span>}
    </header>
  );
}

/** A picture that the bot shows. From elsewhere it is a link: this page fetches nothing from others. */
function ShownImage({ address }: { readonly address: string }) {
  const { t } = useWords();
  const href = safeHref(address.startsWith("/") ? location.origin + address : address);
  if (href === null) return null;
  const ours = new URL(href).origin === location.origin;
  return (
    <a href={href} target="_blank" rel="noopener noreferrer">
      {ours ? <img class="attachments__picture" src={href} alt={t("image")} /> : <bdi dir="ltr">{href}</bdi>}
    </a>
  );
}

function Buttons({ message }: { readonly message: Message }) {
  const { t } = useWords();
  if (message.chosen !== null) {
    return (
      <p class="chosen">
        <Icon name="check" size={14} /> {t("chosen")}
      </p>
    );
  }
  if (message.buttons.length === 0) return null;
  return (
    <ul class="offers" aria-label={t("offers")}>
      {message.buttons.map((button) => (
        <li key={button.value}>
          <bdi>{button.label}</bdi>
        </li>
      ))}
    </ul>
  );
}
