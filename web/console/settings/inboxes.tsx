/** Inboxes: the accounts of channels on which customers reach us. */

import { useState } from "preact/hooks";
import { Button } from "../elements/button";
import { Copyable } from "../elements/copyable";
import { Dialog } from "../elements/dialog";
import { Empty } from "../elements/empty";
import { Field, Switch } from "../elements/field";
import { useApp, useWords } from "../elements/use";
import type { Inbox } from "../api/shapes";
import { sayOr } from "../locales/words";
import { PageHead } from "./screen";
import { Failure, Loaded, useItems, useSaving } from "./use-items";

export function Inboxes() {
  const app = useApp();
  const { t } = useWords();
  const things = useItems(app.api.inboxes);
  const [editing, setEditing] = useState<Inbox | "new" | null>(null);
  return (
    <>
      <PageHead title={t("settings.inboxes")} text={t("inboxes.text")}>
        <Button look="primary" icon="plus" onPress={() => setEditing("new")}>
          {t("inboxes.add")}
        </Button>
      </PageHead>
      <Loaded things={things} empty={<Empty icon="inbox" title={t("inboxes.none")} text={t("inboxes.none.text")} />}>
        {(inboxes) => (
          <ul class="cards">
            {inboxes.map((inbox) => (
              <li key={inbox.id} class={inbox.disabled ? "card card--tall card--off" : "card card--tall"}>
                <div class="card__main">
                  <h2>
                    <bdi>{inbox.name}</bdi>
                    <span class="tag">{sayOr(t, "channel", inbox.channel)}</span>
                    {inbox.disabled && <span class="tag">{t("disabled")}</span>}
                  </h2>
                  {inbox.channel === "chat" && inbox.key !== undefined && <Install inboxKey={inbox.key} />}
                </div>
                <Button look="quiet" icon="edit" label={t("edit.name", { name: inbox.name })} onPress={() => setEditing(inbox)} />
              </li>
            ))}
          </ul>
        )}
      </Loaded>
      {editing && (
        <InboxDialog
          inbox={editing === "new" ? null : editing}
          onClose={() => setEditing(null)}
          onSaved={() => {
            setEditing(null);
            things.reload();
          }}
        />
      )}
    </>
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

function InboxDialog({ inbox, onClose, onSaved }: { readonly inbox: Inbox | null; readonly onClose: () => void; readonly onSaved: () => void }) {
  const app = useApp();
  const { t } = useWords();
  const saving = useSaving(onSaved);
  const [name, setName] = useState(inbox?.name ?? "");
  const [disabled, setDisabled] = useState(inbox?.disabled ?? false);
  const save = (): void =>
    saving.save(() =>
      inbox === null
        ? app.api.makeInbox(app.newKey(), { name, channel: "chat" })
        : app.api.changeInbox(inbox.id, { name, disabled }),
    );
  return (
    <Dialog title={inbox === null ? t("inboxes.add") : t("inboxes.edit")} submit={t("save")} busy={saving.busy} onClose={onClose} onSubmit={save}>
      <Failure saving={saving} />
      {inbox === null && <p class="muted">{t("inboxes.add.text")}</p>}
      <Field label={t("name")} value={name} onValue={setName} error={saving.wrong("name")} hint={t("inboxes.name.hint")} required autofocus />
      {inbox !== null && <Switch label={t("inboxes.enabled")} on={!disabled} onChange={(on) => setDisabled(!on)} />}
    </Dialog>
  );
}
