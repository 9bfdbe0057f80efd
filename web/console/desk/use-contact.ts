/** The contact of the open conversation, and what he came for before. */

import { useEffect, useMemo, useState } from "preact/hooks";
import { useApp } from "../elements/use";
import type { Contact, Conversation } from "../api/shapes";

/** Asked for anew when the conversation says that something of the contact changed. */
export function useContact({ contact, state }: Pick<Conversation, "contact" | "state">): [Contact | null, (contact: Contact) => void] {
  const app = useApp();
  const [found, setFound] = useState<Contact | null>(null);
  useEffect(() => {
    let stale = false;
    app.api.contact(contact.id).then(
      (told) => void (stale || setFound(told)),
      () => undefined,
    );
    return () => void (stale = true);
  }, [contact.id, contact.name, contact.proof, state]);
  return [found?.id === contact.id ? found : null, setFound];
}

/** Those before this one, the latest first. */
export function useEarlier(contact: Contact | null, { number }: Pick<Conversation, "number">): readonly Conversation[] {
  return useMemo(
    () => (contact?.conversations ?? []).filter((one) => one.number < number).sort((a, b) => b.number - a.number),
    [contact, number],
  );
}
