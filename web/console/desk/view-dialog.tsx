/** Making and changing a saved view: which conversations it shows, and for whom. */

import { useState } from "preact/hooks";
import { LOCALE_NAMES, LOCALES } from "../../shared/locale";
import { Button } from "../elements/button";
import { Dialog } from "../elements/dialog";
import { Field, Select, Switch, type Choice } from "../elements/field";
import { useApp, useSelect, useWords } from "../elements/use";
import type { Me, SavedView, Wanted } from "../api/shapes";
import { sayOr, type Say } from "../locales/words";
import { Failure, useSaving } from "../settings/use-items";

export interface ViewDialogProps {
  /** Null makes a new one. */
  readonly view: SavedView | null;
  readonly onClose: () => void;
  readonly onSaved?: (view: SavedView) => void;
  readonly onRemoved?: () => void;
}

/** Shared views are for supervisors to change. */
export function mayChange(view: SavedView, me: Me): boolean {
  return !view.shared || me.role !== "agent";
}

export function ViewDialog({ view, onClose, onSaved, onRemoved }: ViewDialogProps) {
  const app = useApp();
  const { t } = useWords();
  const mayShare = useSelect((state) => state.me !== null && state.me.role !== "agent");
  const [name, setName] = useState(view?.name ?? "");
  const [query, setQuery] = useState<Wanted>(view?.query ?? { open: true });
  const [shared, setShared] = useState(view?.shared ?? false);
  const saving = useSaving(onClose);

  const save = (): void =>
    saving.save(async () => {
      const body = { name, query, shared };
      const saved = view === null ? await app.api.makeView(app.newKey(), body) : await app.api.changeView(view.id, body);
      app.lists.forget({ kind: "saved", id: saved.id });
      await app.lists.refreshViews();
      onSaved?.(saved);
    });
  const remove = (): void =>
    saving.save(async () => {
      if (view !== null) await app.api.removeView(view.id);
      onRemoved?.();
      await app.lists.refreshViews();
    });

  return (
    <Dialog
      title={t(view === null ? "views.add" : "view.edit")}
      submit={t("save")}
      busy={saving.busy}
      onClose={onClose}
      onSubmit={save}
    >
      <Failure saving={saving} />
      <Field label={t("name")} value={name} onValue={setName} error={saving.wrong("name")} hint={t("view.name.hint")} required />
      <Filters query={query} onQuery={setQuery} />
      {mayShare && <Switch label={t("view.shared")} on={shared} onChange={setShared} />}
      {view !== null && (
        <Button class="view__remove" look="danger" icon="trash" onPress={remove}>
          {t("view.remove")}
        </Button>
      )}
    </Dialog>
  );
}

function Filters({ query, onQuery }: { readonly query: Wanted; readonly onQuery: (query: Wanted) => void }) {
  const { t } = useWords();
  const choices = useChoices(t);
  const pick = (name: "owner" | "queue" | "channel" | "language") => (value: string) => {
    const { [name]: _, ...rest } = query;
    onQuery(value === "" ? rest : { ...rest, [name]: value });
  };
  return (
    <div class="view__filters">
      <Select label={t("filter.state")} value={stateOf(query)} onValue={(value) => onQuery(withState(query, value))} choices={choices.states} />
      <Select label={t("filter.owner")} value={query.owner ?? ""} onValue={pick("owner")} choices={choices.owners} />
      <Select label={t("filter.queue")} value={query.queue ?? ""} onValue={pick("queue")} choices={choices.queues} />
      <Select label={t("filter.channel")} value={query.channel ?? ""} onValue={pick("channel")} choices={choices.channels} />
      <Select label={t("filter.language")} value={query.language ?? ""} onValue={pick("language")} choices={choices.languages} />
    </div>
  );
}

const STATES = ["open", "waiting", "with_bot", "with_agent", "asleep", "resolved", ""] as const;

/** Open, asleep and the states are one choice for people. */
function stateOf(query: Wanted): string {
  if (query.asleep) return "asleep";
  return query.state ?? (query.open ? "open" : "");
}

function withState(query: Wanted, value: string): Wanted {
  const { state: _s, open: _o, asleep: _a, snoozed: _z, ...rest } = query;
  if (value === "open") return { ...rest, open: true };
  if (value === "asleep") return { ...rest, asleep: true };
  return value === "" ? rest : { ...rest, state: value as NonNullable<Wanted["state"]> };
}

function useChoices(t: Say) {
  const queues = useSelect((state) => state.queues);
  const agents = useSelect((state) => state.agents);
  const channels = useSelect((state) => state.channels);
  const any: Choice = { value: "", label: t("filter.any") };
  const owners = [
    { value: "me", label: t("you") },
    { value: "none", label: t("filter.nobody") },
  ];
  return {
    states: STATES.map((value) => ({ value, label: value === "" ? t("filter.any") : stateName(t, value) })),
    owners: [any, ...owners, ...agents.map(({ id, name }) => ({ value: id, label: name }))],
    queues: [any, ...queues.map(({ id, name }) => ({ value: id, label: name }))],
    channels: [any, ...channels.map((value) => ({ value, label: sayOr(t, "channel", value) }))],
    languages: [any, ...LOCALES.map((value) => ({ value, label: LOCALE_NAMES[value] }))],
  };
}

function stateName(t: Say, value: Exclude<(typeof STATES)[number], "">): string {
  if (value === "open") return t("filter.open");
  return value === "asleep" ? t("view.snoozed") : t(`state.${value}`);
}
