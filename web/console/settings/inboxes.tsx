/** Inboxes: the accounts of channels on which customers reach us. */

import { useState } from "preact/hooks";
import { Button } from "../elements/button";
import { Copyable } from "../elements/copyable";
import { Dialog } from "../elements/dialog";
import { Empty } from "../elements/empty";
import { Field } from "../elements/field";
import { Link } from "../elements/link";
import { useApp, useWords } from "../elements/use";
import type { Inbox } from "../api/shapes";
import { sayOr } from "../locales/words";
import { PageHead } from "./screen";
import { Failure, Loaded, useItems, useSaving } from "./use-items";

export function Inboxes() {
  const app = useApp();
  const { t } = useWords();
  const things = useItems(app.api.inboxes);
  const [adding, setAdding] = useState(false);
  const open = (id: string): void => app.go({ place: "settings", page: "inboxes", item: id });
  return (
    <>
      <PageHead title={t("settings.inboxes")} text={t("inboxes.text")}>
        <Button look="primary" icon="plus" onPress={() => setAdding(true)}>
          {t("inboxes.add")}
        </Button>
      </PageHead>
      <Loaded things={things} empty={<Empty icon="inbox" title={t("inboxes.none")} text={t("inboxes.none.text")} />}>
        {(inboxes) => (
          <ul class="cards">
            {inboxes.map((inbox) => (
              <InboxCard key={inbox.id} inbox={inbox} onEdit={() => open(inbox.id)} />
            ))}
          </ul>
        )}
      </Loaded>
      {adding && <InboxDialog onClose={() => setAdding(false)} onMade={(inbox) => open(inbox.id)} />}
    </>
  );
}

function InboxCard({ inbox, onEdit }: { readonly inbox: Inbox; readonly onEdit: () => void }) {
  const { t } = useWords();
  return (
    <li class={inbox.disabled ? "card card--tall card--off" : "card card--tall"}>
      <div class="card__main">
        <h2>
          <Link to={{ place: "settings", page: "inboxes", item: inbox.id }}>
            <bdi>{inbox.name}</bdi>
          </Link>
          <span class="tag">{sayOr(t, "channel", inbox.channel)}</span>
          {inbox.disabled && <span class="tag">{t("disabled")}</span>}
        </h2>
        {inbox.channel === "chat" && inbox.key !== undefined && <Install inboxKey={inbox.key} />}
      </div>
      <Button look="quiet" icon="edit" label={t("edit.name", { name: inbox.name })} onPress={onEdit} />
    </li>
  );
}

function Install({ inboxKey }: { readonly inboxKey: string }) {
  const { t } = useWords();
  const tag = `<script src="${location.origin}/widget.js" data-inbox="${inboxKey}" async></script>`;
  return (
    <div class="install">
      <Copyable label={t("inboxes.key")} text={inboxKey} />
      <Copyable label={t("inboxes.tag")} text={tag} hint={t("inboxes.tag.hint")} />
    </div>
  );
}

/** A name is enough to begin with; the rest is chosen on the inbox's own page. */
function InboxDialog({ onClose, onMade }: { readonly onClose: () => void; readonly onMade: (inbox: Inbox) => void }) {
  const app = useApp();
  const { t } = useWords();
  const saving = useSaving(() => undefined);
  const [name, setName] = useState("");
  const save = (): void =>
    saving.save(async () => onMade(await app.api.makeInbox(app.newKey(), { name, channel: "chat" })));
  return (
    <Dialog title={t("inboxes.add")} submit={t("save")} busy={saving.busy} onClose={onClose} onSubmit={save}>
      <Failure saving={saving} />
      <p class="muted">{t("inboxes.add.text")}</p>
      <Field label={t("name")} value={name} onValue={setName} error={saving.wrong("name")} hint={t("inboxes.name.hint")} required autofocus />
    </Dialog>
  );
}
