/** Queues: where conversations wait, and for whom. */

import { useState } from "preact/hooks";
import { formatNumber } from "../../shared/digits";
import { Button } from "../elements/button";
import { Dialog } from "../elements/dialog";
import { Empty } from "../elements/empty";
import { Field, Switch } from "../elements/field";
import { Waited } from "../elements/times";
import { useApp, useSelect, useWords } from "../elements/use";
import type { Queue } from "../api/shapes";
import { PageHead } from "./screen";
import { Failure, Loaded, useItems, useSaving } from "./use-items";

export function Queues() {
  const app = useApp();
  const { t, locale } = useWords();
  const admin = useSelect((state) => state.me?.role === "admin");
  const things = useItems(app.api.queues);
  const [editing, setEditing] = useState<Queue | "new" | null>(null);
  return (
    <>
      <PageHead title={t("settings.queues")} text={t("queues.text")}>
        {admin && (
          <Button look="primary" icon="plus" onPress={() => setEditing("new")}>
            {t("queues.add")}
          </Button>
        )}
      </PageHead>
      <Loaded things={things} empty={<Empty icon="queue" title={t("queues.none")} text={t("queues.none.text")} />}>
        {(queues) => (
          <ul class="cards">
            {queues.map((queue) => (
              <li key={queue.id} class={queue.disabled ? "card card--off" : "card"}>
                <div class="card__main">
                  <h2>
                    <bdi>{queue.name}</bdi>
                    {queue.is_default && <span class="tag">{t("queues.default")}</span>}
                    {queue.disabled && <span class="tag">{t("disabled")}</span>}
                  </h2>
                  <p class="muted">
                    {t("queues.waiting", { count: queue.waiting })}
                    {queue.oldest_waiting_since && (
                      <>
                        {" · "}
                        {t("oldest")} <Waited since={queue.oldest_waiting_since} bare />
                      </>
                    )}
                  </p>
                </div>
                <span class="card__figure">{formatNumber(queue.waiting, locale)}</span>
                {admin && (
                  <Button look="quiet" icon="edit" label={t("edit.name", { name: queue.name })} onPress={() => setEditing(queue)} />
                )}
              </li>
            ))}
          </ul>
        )}
      </Loaded>
      {editing && (
        <QueueDialog
          queue={editing === "new" ? null : editing}
          onClose={() => setEditing(null)}
          onSaved={() => {
            setEditing(null);
            things.reload();
            app.lists.refreshQueues();
          }}
        />
      )}
    </>
  );
}

function QueueDialog({ queue, onClose, onSaved }: { readonly queue: Queue | null; readonly onClose: () => void; readonly onSaved: () => void }) {
  const app = useApp();
  const { t } = useWords();
  const saving = useSaving(onSaved);
  const [name, setName] = useState(queue?.name ?? "");
  const [disabled, setDisabled] = useState(queue?.disabled ?? false);
  const save = (): void =>
    saving.save(() =>
      queue === null
        ? app.api.makeQueue(app.newKey(), { name })
        : app.api.changeQueue(queue.id, queue.is_default ? { name } : { name, disabled }),
    );
  return (
    <Dialog title={queue === null ? t("queues.add") : t("queues.edit")} submit={t("save")} busy={saving.busy} onClose={onClose} onSubmit={save}>
      <Failure saving={saving} />
      <Field label={t("name")} value={name} onValue={setName} error={saving.wrong("name")} hint={t("queues.name.hint")} required autofocus />
      {queue !== null && !queue.is_default && (
        <Switch label={t("queues.enabled")} on={!disabled} onChange={(on) => setDisabled(!on)} />
      )}
    </Dialog>
  );
}
