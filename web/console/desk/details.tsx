/** Beside the transcript: who the contact is, what is known, what was before. */

import { useState } from "preact/hooks";
import { Button } from "../elements/button";
import { Icon } from "../elements/icon";
import { Link } from "../elements/link";
import { Avatar, useContactName } from "../elements/person";
import { Moment, Recent } from "../elements/times";
import { useWords } from "../elements/use";
import type { Contact, Conversation } from "../api/shapes";
import { formatNumber } from "../../shared/digits";
import { sayOr } from "../locales/words";
import { contactName } from "../state/known";
import { showSlot, slotTitle } from "../state/slots";
import type { Opened } from "../state/state";
import type { View } from "../state/views";
import { ContactForm } from "./contact-form";
import { ProofMark } from "./proof";
import { SlotsPanel } from "./slots-panel";

export interface DetailsProps {
  readonly conversation: Conversation;
  readonly opened: Opened;
  readonly view: View;
  readonly contact: Contact | null;
  readonly earlier: readonly Conversation[];
  readonly onContact: (contact: Contact) => void;
  readonly onEarlier: (conversation: Conversation) => void;
  readonly shown: boolean;
  readonly sheet: boolean;
  readonly onClose: () => void;
}

export function Details({ conversation, opened, view, contact, earlier, onContact, onEarlier, shown, sheet, onClose }: DetailsProps) {
  const { t } = useWords();
  return (
    <aside class={`details${shown ? "" : " details--hidden"}${sheet ? " details--sheet" : ""}`} aria-label={t("details")}>
      <header class="details__head">
        <h2>{t("details")}</h2>
        <Button look="quiet" icon="close" label={t("close")} onPress={onClose} />
      </header>
      <div class="details__scroll">
        <Who conversation={conversation} contact={contact} onContact={onContact} />
        <SlotsPanel conversation={conversation} slots={opened.more?.slots ?? {}} />
        <Ownership conversation={conversation} position={opened.more?.position ?? null} />
        <Addresses contact={contact} />
        <Earlier conversations={earlier} view={view} onShow={onEarlier} />
      </div>
    </aside>
  );
}

interface WhoProps {
  readonly conversation: Conversation;
  readonly contact: Contact | null;
  readonly onContact: (contact: Contact) => void;
}

function Who({ conversation, contact, onContact }: WhoProps) {
  const { t, locale } = useWords();
  const [editing, setEditing] = useState(false);
  const nameOf = useContactName();
  const attributes = Object.entries(contact?.attributes ?? {});
  return (
    <section class="details__part">
      <div class="who">
        <Avatar name={contactName(conversation)} seed={conversation.contact.id} />
        <div class="who__name">
          <h3>
            <bdi>{nameOf(conversation)}</bdi>
          </h3>
          <ProofMark proof={conversation.contact.proof} />
        </div>
        {contact && <Button small look="quiet" icon="edit" label={t("contact.edit")} onPress={() => setEditing(true)} />}
      </div>
      {editing && contact && <ContactForm contact={contact} onClose={() => setEditing(false)} onSaved={onContact} />}
      <dl class="facts facts--rows">
        {contact?.email && (
          <div>
            <dt>{t("email")}</dt>
            <dd dir="ltr">{contact.email}</dd>
          </div>
        )}
        {conversation.language && (
          <div>
            <dt>{t("language")}</dt>
            <dd>{new Intl.DisplayNames([locale], { type: "language", fallback: "code" }).of(conversation.language)}</dd>
          </div>
        )}
        {attributes.map(([name, value]) => (
          <div key={name}>
            <dt>
              <bdi>{slotTitle(name)}</bdi>
            </dt>
            <dd>
              <bdi>{showSlot(value)}</bdi>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Ownership({ conversation, position }: { readonly conversation: Conversation; readonly position: number | null }) {
  const { t, locale } = useWords();
  const { owner } = conversation;
  return (
    <section class="details__part">
      <h3>{t("conversation")}</h3>
      <dl class="facts facts--rows">
        <div>
          <dt>{t("owner")}</dt>
          <dd>
            {owner.kind === "bot" ? (
              t("author.bot")
            ) : (
              <>
                <bdi>{owner.name}</bdi> <span class="muted">{t(`owner.${owner.kind}`)}</span>
              </>
            )}
          </dd>
        </div>
        <div>
          <dt>{t("ownership")}</dt>
          <dd>{formatNumber(conversation.ownership, locale)}</dd>
        </div>
        {position !== null && (
          <div>
            <dt>{t("position")}</dt>
            <dd>{formatNumber(position, locale)}</dd>
          </div>
        )}
        <div>
          <dt>{t("started")}</dt>
          <dd>
            <Moment at={conversation.created_at} />
          </dd>
        </div>
        {conversation.outcome && (
          <div>
            <dt>{t("resolve.outcome")}</dt>
            <dd dir="auto">{conversation.outcome}</dd>
          </div>
        )}
      </dl>
    </section>
  );
}

function Addresses({ contact }: { readonly contact: Contact | null }) {
  const { t } = useWords();
  if (contact === null || contact.addresses.length === 0) return null;
  return (
    <section class="details__part">
      <h3>{t("addresses")}</h3>
      <ul class="addresses">
        {contact.addresses.map((address) => (
          <li key={address.id}>
            <div class="addresses__line">
              <b>{sayOr(t, "channel", address.channel)}</b>
              {address.last_seen_at && (
                <span class="muted">
                  <Recent at={address.last_seen_at} />
                </span>
              )}
            </div>
            <bdi class="addresses__peer" title={address.peer}>
              {address.peer}
            </bdi>
            <ProofMark proof={address.proof} />
          </li>
        ))}
      </ul>
    </section>
  );
}

interface EarlierProps {
  readonly conversations: readonly Conversation[];
  readonly view: View;
  readonly onShow: (conversation: Conversation) => void;
}

/** A press shows it above the present conversation; the link goes there. */
function Earlier({ conversations, view, onShow }: EarlierProps) {
  const { t } = useWords();
  return (
    <section class="details__part">
      <h3>{t("earlier")}</h3>
      {conversations.length === 0 && <p class="muted">{t("earlier.none")}</p>}
      <ul class="earlier">
        {conversations.map((one) => (
          <li key={one.id}>
            <button type="button" class="earlier__show" title={t("earlier.here")} onClick={() => onShow(one)}>
              <span class="earlier__line">
                <span class="earlier__number" dir="ltr">{`#${one.number}`}</span>
                <span class={`state state--${one.state}`}>{t(`state.${one.state}`)}</span>
                <span class="muted earlier__when">
                  <Recent at={one.updated_at} />
                </span>
              </span>
              <span class="earlier__words" dir="auto">
                {one.last_message?.text ?? t("row.silent")}
              </span>
            </button>
            <Link class="button button--small button--quiet button--bare" label={t("earlier.open")} to={{ place: "desk", view, conversation: one.id }}>
              <Icon name="next" size={16} />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
