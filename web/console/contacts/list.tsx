/** The list of contacts, newest first, with its search. */

import { useState } from "preact/hooks";
import { Button } from "../elements/button";
import { Empty } from "../elements/empty";
import { Icon } from "../elements/icon";
import { Link } from "../elements/link";
import { Avatar } from "../elements/person";
import { Recent } from "../elements/times";
import { useWords } from "../elements/use";
import type { ListedContact } from "../api/shapes";
import { sayOr } from "../locales/words";
import { PageHead } from "../settings/screen";
import { visitorMark } from "../state/known";
import { useContacts, type Contacts } from "./use-contacts";

export function ContactList() {
  const { t } = useWords();
  const [q, setQ] = useState("");
  const contacts = useContacts(q.trim());
  return (
    <>
      <PageHead title={t("contacts")} text={t("contacts.text")} />
      <search class="finder">
        <Icon name="search" />
        <input
          type="search"
          class="input"
          dir="auto"
          aria-label={t("contacts.search")}
          placeholder={t("contacts.search")}
          value={q}
          onInput={(event) => setQ(event.currentTarget.value)}
        />
        {contacts.busy && <span class="spinner" aria-hidden="true" />}
      </search>
      <Found contacts={contacts} searching={q.trim() !== ""} />
    </>
  );
}

function Found({ contacts, searching }: { readonly contacts: Contacts; readonly searching: boolean }) {
  const { t } = useWords();
  const { found, failed } = contacts;
  if (failed) {
    return (
      <Empty icon="warning" title={t("list.failed")}>
        <Button onPress={contacts.again}>{t("retry")}</Button>
      </Empty>
    );
  }
  if (found === null) return <p class="loading">{t("loading")}</p>;
  if (found.items.length === 0) return <Nobody searching={searching} />;
  return (
    <>
      <ul class="cards">
        {found.items.map((contact) => (
          <ContactCard key={contact.id} contact={contact} />
        ))}
      </ul>
      {found.next !== null && (
        <Button class="more" busy={contacts.busy} onPress={contacts.more}>
          {t("contacts.more")}
        </Button>
      )}
    </>
  );
}

function Nobody({ searching }: { readonly searching: boolean }) {
  const { t } = useWords();
  if (searching) return <Empty icon="search" title={t("contacts.notFound")} text={t("contacts.notFound.text")} />;
  return <Empty icon="contacts" title={t("contacts.none")} text={t("contacts.none.text")} />;
}

function ContactCard({ contact }: { readonly contact: ListedContact }) {
  const { t } = useWords();
  const channels = [...new Set(contact.addresses.map(({ channel }) => channel))];
  return (
    <li>
      <Link class="card card--link" to={{ place: "contacts", contact: contact.id }}>
        <Avatar name={contact.name} seed={contact.id} />
        <span class="card__main">
          <span class="card__title">
            <bdi>{contact.name ?? t("visitor", { mark: visitorMark(contact.id) })}</bdi>
            {channels.map((channel) => (
              <span key={channel} class="tag">
                {sayOr(t, "channel", channel)}
              </span>
            ))}
          </span>
          {contact.email && (
            <span class="card__note muted">
              <bdi dir="ltr">{contact.email}</bdi>
            </span>
          )}
        </span>
        <span class="card__note muted">{t("contacts.conversations", { count: contact.conversations })}</span>
        {contact.last_seen_at && (
          <span class="card__note muted card__when">
            <span class="hidden">{t("contacts.seen")} </span>
            <Recent at={contact.last_seen_at} />
          </span>
        )}
      </Link>
    </li>
  );
}
