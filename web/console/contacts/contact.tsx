/** One contact: who it is, where they can be reached and how surely, what they came for. */

import { useEffect, useState } from "preact/hooks";
import { Problem } from "../api/problem";
import { Button } from "../elements/button";
import { Empty } from "../elements/empty";
import { Field } from "../elements/field";
import { Icon } from "../elements/icon";
import { Link } from "../elements/link";
import { Avatar, LanguageMark } from "../elements/person";
import { Recent } from "../elements/times";
import { useApp, useWords } from "../elements/use";
import type { Address, Contact, Conversation } from "../api/shapes";
import { ProofMark } from "../desk/proof";
import { sayOr } from "../locales/words";
import { Failure, useSaving } from "../settings/use-items";
import { visitorMark } from "../state/known";

type Loaded = { readonly contact: Contact } | "missing" | "failed" | null;

export function ContactPage({ id }: { readonly id: string }) {
  const app = useApp();
  const { t } = useWords();
  const [loaded, setLoaded] = useState<Loaded>(null);
  const load = (): void => {
    app.api.contact(id).then(
      (contact) => setLoaded({ contact }),
      (error: unknown) => setLoaded(error instanceof Problem && error.status === 404 ? "missing" : "failed"),
    );
  };
  useEffect(load, [id]);
  return (
    <>
      <Link class="backlink" to={{ place: "contacts", contact: null }}>
        <Icon name="back" size={16} /> {t("contacts")}
      </Link>
      {loaded === null && <p class="loading">{t("loading")}</p>}
      {loaded === "missing" && <Empty icon="contacts" title={t("contacts.missing")} />}
      {loaded === "failed" && (
        <Empty icon="warning" title={t("list.failed")}>
          <Button onPress={load}>{t("retry")}</Button>
        </Empty>
      )}
      {loaded !== null && typeof loaded === "object" && <Whole contact={loaded.contact} onChanged={load} />}
    </>
  );
}

function Whole({ contact, onChanged }: { readonly contact: Contact; readonly onChanged: () => void }) {
  const { t } = useWords();
  const attributes = Object.entries(contact.attributes);
  return (
    <>
      <header class="person">
        <Avatar name={contact.name} seed={contact.id} />
        <h1>
          <bdi>{contact.name ?? t("visitor", { mark: visitorMark(contact.id) })}</bdi>
        </h1>
        {contact.email && <bdi dir="ltr">{contact.email}</bdi>}
        {contact.locale && <LanguageMark language={contact.locale} />}
      </header>
      <section class="panel">
        <h2>{t("contact.conversations")}</h2>
        {contact.conversations.length === 0 && <p class="muted">{t("contact.conversations.none")}</p>}
        <ul class="rows">
          {contact.conversations.map((conversation) => (
            <ConversationRow key={conversation.id} conversation={conversation} />
          ))}
        </ul>
      </section>
      <section class="panel">
        <h2>{t("addresses")}</h2>
        <ul class="rows">
          {contact.addresses.map((address) => (
            <AddressRow key={address.id} address={address} />
          ))}
        </ul>
      </section>
      {attributes.length > 0 && (
        <section class="panel">
          <h2>{t("contact.attributes")}</h2>
          <dl class="facts">
            {attributes.map(([name, value]) => (
              <div key={name}>
                <dt>
                  <bdi>{name}</bdi>
                </dt>
                <dd>
                  <bdi>{typeof value === "string" ? value : JSON.stringify(value)}</bdi>
                </dd>
              </div>
            ))}
          </dl>
        </section>
      )}
      <Edit contact={contact} onChanged={onChanged} />
    </>
  );
}

function ConversationRow({ conversation }: { readonly conversation: Conversation }) {
  const { t } = useWords();
  return (
    <li>
      <Link class="rows__link" to={{ place: "desk", view: { kind: "all" }, conversation: conversation.id }}>
        <span class={`state state--${conversation.state}`}>{t(`state.${conversation.state}`)}</span>
        <span class="rows__words" dir="auto">
          {conversation.last_message?.text || t("row.silent")}
        </span>
        <span class="muted" dir="ltr">{`#${conversation.number}`}</span>
        <span class="muted">
          <Recent at={conversation.updated_at} />
        </span>
      </Link>
    </li>
  );
}

function AddressRow({ address }: { readonly address: Address }) {
  const { t } = useWords();
  const inbox = typeof address.inbox === "string" ? address.inbox : address.inbox?.name;
  return (
    <li>
      <span class="rows__main">
        <span class="tag">{sayOr(t, "channel", address.channel)}</span>
        {inbox && <bdi>{inbox}</bdi>}
        <bdi class="muted rows__peer" dir="ltr">
          {address.peer}
        </bdi>
      </span>
      <ProofMark proof={address.proof} />
      {address.last_seen_at && (
        <span class="muted">
          <Recent at={address.last_seen_at} />
        </span>
      )}
    </li>
  );
}

function Edit({ contact, onChanged }: { readonly contact: Contact; readonly onChanged: () => void }) {
  const app = useApp();
  const { t } = useWords();
  const saving = useSaving(onChanged);
  const [name, setName] = useState(contact.name ?? "");
  const [email, setEmail] = useState(contact.email ?? "");
  const save = (): void =>
    saving.save(() => app.api.changeContact(contact.id, { name: name.trim() || null, email: email.trim() || null }));
  return (
    <form
      class="panel"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <h2>{t("contact.edit")}</h2>
      <p class="muted">{t("contact.edit.hint")}</p>
      <Failure saving={saving} />
      <Field label={t("name")} value={name} onValue={setName} error={saving.wrong("name")} />
      <Field label={t("email")} type="email" value={email} onValue={setEmail} error={saving.wrong("email")} />
      <Button type="submit" look="primary" busy={saving.busy}>
        {t("save")}
      </Button>
    </form>
  );
}
