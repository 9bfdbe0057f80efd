/** Contacts: all of them, or one. */

import { useEffect, useRef } from "preact/hooks";
import { Button } from "../elements/button";
import { useWords } from "../elements/use";
import { ContactPage } from "./contact";
import { ContactList } from "./list";

export function ContactsScreen({ contact, onMenu }: { readonly contact: string | null; readonly onMenu: () => void }) {
  const { t } = useWords();
  const main = useRef<HTMLElement>(null);
  useEffect(() => main.current?.scrollTo(0, 0), [contact]);
  return (
    <main class="settings" id="main" tabIndex={-1} ref={main}>
      <Button class="only-folded" look="quiet" icon="menu" label={t("menu")} onPress={onMenu} />
      {contact === null ? <ContactList /> : <ContactPage key={contact} id={contact} />}
    </main>
  );
}
