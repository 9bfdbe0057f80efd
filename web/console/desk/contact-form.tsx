/** Correcting what a contact is called and where mail reaches them. It proves nothing. */

import { useState } from "preact/hooks";
import { Dialog } from "../elements/dialog";
import { Field } from "../elements/field";
import { useApp, useWords } from "../elements/use";
import type { Contact } from "../api/shapes";
import { Failure, useSaving } from "../settings/use-items";

export interface ContactFormProps {
  readonly contact: Contact;
  readonly onClose: () => void;
  readonly onSaved: (contact: Contact) => void;
}

export function ContactForm({ contact, onClose, onSaved }: ContactFormProps) {
  const app = useApp();
  const { t } = useWords();
  const [name, setName] = useState(contact.name ?? "");
  const [email, setEmail] = useState(contact.email ?? "");
  const saving = useSaving(onClose);
  const save = async (): Promise<void> => {
    onSaved(await app.api.changeContact(contact.id, { name: name.trim() || null, email: email.trim() || null }));
  };
  return (
    <Dialog title={t("contact.edit")} submit={t("save")} busy={saving.busy} onClose={onClose} onSubmit={() => saving.save(save)}>
      <Failure saving={saving} />
      <Field label={t("name")} value={name} onValue={setName} error={saving.wrong("name")} />
      <Field label={t("email")} type="email" value={email} onValue={setEmail} error={saving.wrong("email")} hint={t("contact.hint")} />
    </Dialog>
  );
}
