/** Hand-off rules: when a conversation goes to people whatever the bot thinks. */

import { useState } from "preact/hooks";
import { Button } from "../elements/button";
import { Dialog } from "../elements/dialog";
import { Empty } from "../elements/empty";
import { Field, Select, Switch, TextField } from "../elements/field";
import { useApp, useSelect, useWords } from "../elements/use";
import type { Inbox, Rule, RuleKind } from "../api/shapes";
import { Confirm } from "./confirm";
import { PageHead } from "./screen";
import { Failure, Loaded, useItems, useSaving } from "./use-items";

const KINDS: readonly RuleKind[] = ["words", "contact", "inbox"];

export function Rules() {
  const app = useApp();
  const { t } = useWords();
  const things = useItems(app.api.rules);
  const inboxes = useItems(app.api.inboxes).items ?? [];
  const [editing, setEditing] = useState<Rule | "new" | null>(null);
  const saved = (): void => {
    setEditing(null);
    things.reload();
  };
  return (
    <>
      <PageHead title={t("settings.rules")} text={t("rules.text")}>
        <Button look="primary" icon="plus" onPress={() => setEditing("new")}>
          {t("rules.add")}
        </Button>
      </PageHead>
      <Loaded things={things} empty={<Empty icon="rules" title={t("rules.none")} text={t("rules.none.text")} />}>
        {(rules) => (
          <ul class="cards">
            {rules.map((rule) => (
              <RuleCard key={rule.id} rule={rule} inboxes={inboxes} onEdit={() => setEditing(rule)} onChanged={things.reload} />
            ))}
          </ul>
        )}
      </Loaded>
      {editing && <RuleDialog rule={editing === "new" ? null : editing} inboxes={inboxes} onClose={() => setEditing(null)} onSaved={saved} />}
    </>
  );
}

interface CardProps {
  readonly rule: Rule;
  readonly inboxes: readonly Inbox[];
  readonly onEdit: () => void;
  readonly onChanged: () => void;
}

function RuleCard({ rule, inboxes, onEdit, onChanged }: CardProps) {
  const app = useApp();
  const { t } = useWords();
  const queue = useSelect((state) => state.queues.find((one) => one.id === rule.queue)?.name);
  const saving = useSaving(onChanged);
  const [ending, setEnding] = useState(false);
  const value = rule.kind === "inbox" ? (inboxes.find((one) => one.id === rule.value)?.name ?? rule.value) : rule.value;
  return (
    <li class={rule.enabled ? "card" : "card card--off"}>
      <div class="card__main">
        <h2>
          <span class="tag">{t(`rule.${rule.kind}`)}</span>
          <bdi>{value}</bdi>
        </h2>
        <p class="muted">{queue === undefined ? t("rules.to.default") : t("rules.to", { name: queue })}</p>
      </div>
      <Switch
        label={t("enabled")}
        on={rule.enabled}
        onChange={(enabled) => saving.save(() => app.api.changeRule(rule.id, { enabled }))}
      />
      <Button look="quiet" icon="edit" label={t("edit.name", { name: value })} onPress={onEdit} />
      <Button
        look="quiet"
        icon="trash"
        label={t("delete.name", { name: value })}
        onPress={() => setEnding(true)}
      />
      {ending && (
        <Confirm
          title={t("delete.name", { name: value })}
          text={t("rules.delete")}
          busy={saving.busy}
          onClose={() => setEnding(false)}
          onYes={() => saving.save(() => app.api.removeRule(rule.id))}
        />
      )}
    </li>
  );
}

interface RuleDialogProps {
  readonly rule: Rule | null;
  readonly inboxes: readonly Inbox[];
  readonly onClose: () => void;
  readonly onSaved: () => void;
}

function RuleDialog({ rule, inboxes, onClose, onSaved }: RuleDialogProps) {
  const app = useApp();
  const { t } = useWords();
  const queues = useSelect((state) => state.queues);
  const saving = useSaving(onSaved);
  const [kind, setKind] = useState<string>(rule?.kind ?? "words");
  const [value, setValue] = useState(rule?.value ?? "");
  const [queue, setQueue] = useState(rule?.queue ?? "");
  const save = (): void =>
    saving.save(() => {
      const body = { kind, value: value.trim(), queue: queue || null };
      return rule === null
        ? app.api.makeRule(app.newKey(), { ...body, enabled: true })
        : app.api.changeRule(rule.id, body);
    });
  return (
    <Dialog title={rule === null ? t("rules.add") : t("rules.edit")} submit={t("save")} busy={saving.busy} onClose={onClose} onSubmit={save}>
      <Failure saving={saving} />
      <Select
        label={t("rules.kind")}
        value={kind}
        onValue={(next) => {
          setKind(next);
          setValue("");
        }}
        choices={KINDS.map((one) => ({ value: one, label: t(`rule.${one}`) }))}
        error={saving.wrong("kind")}
      />
      {kind === "inbox" ? (
        <Select
          label={t("rule.inbox")}
          value={value}
          onValue={setValue}
          choices={[{ value: "", label: t("choose.one") }, ...inboxes.map((one) => ({ value: one.id, label: one.name }))]}
          error={saving.wrong("value")}
        />
      ) : kind === "words" ? (
        <TextField label={t("rule.words")} hint={t("rule.words.hint")} value={value} onValue={setValue} error={saving.wrong("value")} rows={2} />
      ) : (
        <Field label={t("rule.contact")} hint={t("rule.contact.hint")} value={value} onValue={setValue} error={saving.wrong("value")} required />
      )}
      <Select
        label={t("queue")}
        value={queue}
        onValue={setQueue}
        choices={[{ value: "", label: t("queues.default") }, ...queues.map((one) => ({ value: one.id, label: one.name }))]}
        error={saving.wrong("queue")}
      />
    </Dialog>
  );
}
