/** What is known of the matter, so that nobody asks again; the owner may correct it. */

import { useState } from "preact/hooks";
import { Button } from "../elements/button";
import { Field } from "../elements/field";
import { useApp, useBusy, useSelect, useWords } from "../elements/use";
import type { Conversation, Slots } from "../api/shapes";
import { addedSlot, changedSlots, showSlot, slotTitle } from "../state/slots";
import { leave } from "../state/verbs";

export function SlotsPanel({ conversation, slots }: { readonly conversation: Conversation; readonly slots: Slots }) {
  const { t } = useWords();
  const me = useSelect((state) => state.me);
  const [editing, setEditing] = useState(false);
  const mayEdit = me !== null && leave("slots", conversation, me) === "yes";
  const set = Object.entries(slots).filter(([, value]) => showSlot(value) !== "");
  return (
    <section class="details__part">
      <h3>
        {t("slots")}
        {mayEdit && !editing && (
          <Button small look="quiet" icon="edit" label={t("slots.edit")} onPress={() => setEditing(true)} />
        )}
      </h3>
      {editing && mayEdit ? (
        <SlotsForm conversation={conversation} slots={slots} onDone={() => setEditing(false)} />
      ) : (
        <>
          {set.length === 0 && <p class="muted">{t("slots.none")}</p>}
          <dl class="facts facts--rows">
            {set.map(([name, value]) => (
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
        </>
      )}
    </section>
  );
}

function SlotsForm({ conversation, slots, onDone }: { readonly conversation: Conversation; readonly slots: Slots; readonly onDone: () => void }) {
  const app = useApp();
  const { t } = useWords();
  const [busy, run] = useBusy();
  const [typed, setTyped] = useState<Record<string, string>>({});
  const [added, setAdded] = useState({ name: "", value: "" });
  const save = async (): Promise<void> => {
    const changed = { ...changedSlots(slots, typed), ...addedSlot(added.name, added.value) };
    if (Object.keys(changed).length === 0) return onDone();
    if (await app.verbs.setSlots(conversation.id, changed)) onDone();
  };
  return (
    <form
      class="slots-form"
      onSubmit={(event) => {
        event.preventDefault();
        void run(save);
      }}
    >
      {Object.entries(slots).map(([name, value]) => (
        <Field
          key={name}
          label={slotTitle(name)}
          value={typed[name] ?? showSlot(value)}
          onValue={(text) => setTyped({ ...typed, [name]: text })}
        />
      ))}
      <div class="slots-form__new">
        <Field label={t("slots.name")} value={added.name} onValue={(name) => setAdded({ ...added, name })} />
        <Field label={t("slots.value")} value={added.value} onValue={(value) => setAdded({ ...added, value })} />
      </div>
      <div class="slots-form__foot">
        <Button small onPress={onDone}>
          {t("cancel")}
        </Button>
        <Button small type="submit" look="primary" busy={busy}>
          {t("save")}
        </Button>
      </div>
    </form>
  );
}
