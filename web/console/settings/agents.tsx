/** Agents: who answers, in which role, and whether they are here. */

import { useState } from "preact/hooks";
import { Button } from "../elements/button";
import { Dialog } from "../elements/dialog";
import { Empty } from "../elements/empty";
import { Field, Select, Switch } from "../elements/field";
import { Avatar } from "../elements/person";
import { useApp, useSelect, useWords } from "../elements/use";
import type { Agent, Role } from "../api/shapes";
import { PageHead } from "./screen";
import { Failure, Loaded, useItems, useSaving } from "./use-items";

const ROLES: readonly Role[] = ["agent", "supervisor", "admin"];

export function Agents() {
  const app = useApp();
  const { t } = useWords();
  const admin = useSelect((state) => state.me?.role === "admin");
  const things = useItems(app.api.agents);
  const [editing, setEditing] = useState<Agent | "new" | null>(null);
  return (
    <>
      <PageHead title={t("settings.agents")} text={t("agents.text")}>
        {admin && (
          <Button look="primary" icon="plus" onPress={() => setEditing("new")}>
            {t("agents.add")}
          </Button>
        )}
      </PageHead>
      <Loaded things={things} empty={<Empty icon="agents" title={t("agents.none")} />}>
        {(agents) => (
          <ul class="cards">
            {agents.map((agent) => (
              <AgentCard key={agent.id} agent={agent} onEdit={admin ? () => setEditing(agent) : null} />
            ))}
          </ul>
        )}
      </Loaded>
      {editing && (
        <AgentDialog
          agent={editing === "new" ? null : editing}
          onClose={() => setEditing(null)}
          onSaved={() => {
            setEditing(null);
            things.reload();
            app.lists.refreshAgents();
          }}
        />
      )}
    </>
  );
}

function AgentCard({ agent, onEdit }: { readonly agent: Agent; readonly onEdit: (() => void) | null }) {
  const { t } = useWords();
  const live = useSelect((state) => state.agents.find((one) => one.id === agent.id)?.presence);
  const presence = live ?? agent.presence;
  return (
    <li class={agent.disabled ? "card card--off" : "card"}>
      <Avatar name={agent.name} seed={agent.id} />
      <div class="card__main">
        <h2>
          <bdi>{agent.name}</bdi>
          <span class="tag">{t(`role.${agent.role}`)}</span>
          {agent.disabled && <span class="tag">{t("disabled")}</span>}
        </h2>
        <p class="muted">
          <bdi dir="ltr">{agent.email}</bdi>
        </p>
      </div>
      <span class="card__presence">
        <span class={`dot dot--${presence}`} aria-hidden="true" /> {t(`presence.${presence}`)}
      </span>
      <span class="card__note muted">{t("agents.open", { count: agent.open_conversations })}</span>
      {onEdit && <Button look="quiet" icon="edit" label={t("edit.name", { name: agent.name })} onPress={onEdit} />}
    </li>
  );
}

function AgentDialog({ agent, onClose, onSaved }: { readonly agent: Agent | null; readonly onClose: () => void; readonly onSaved: () => void }) {
  const app = useApp();
  const { t } = useWords();
  const me = useSelect((state) => state.me?.id);
  const saving = useSaving(onSaved);
  const [name, setName] = useState(agent?.name ?? "");
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<string>(agent?.role ?? "agent");
  const [password, setPassword] = useState("");
  const [disabled, setDisabled] = useState(agent?.disabled ?? false);
  const self = agent?.id === me;
  const save = (): void =>
    saving.save(() =>
      agent === null
        ? app.api.makeAgent(app.newKey(), { name, email, role, password })
        : app.api.changeAgent(agent.id, self ? { name } : { name, role, disabled, ...(password && { password }) }),
    );
  return (
    <Dialog title={agent === null ? t("agents.add") : t("agents.edit")} submit={t("save")} busy={saving.busy} onClose={onClose} onSubmit={save}>
      <Failure saving={saving} />
      <Field label={t("name")} value={name} onValue={setName} error={saving.wrong("name")} required autofocus />
      {agent === null && (
        <Field label={t("email")} type="email" value={email} onValue={setEmail} error={saving.wrong("email")} required />
      )}
      {!self && (
        <>
          <Select
            label={t("role")}
            value={role}
            onValue={setRole}
            hint={t(`role.${role as Role}.text`)}
            error={saving.wrong("role")}
            choices={ROLES.map((one) => ({ value: one, label: t(`role.${one}`) }))}
          />
          <Field
            label={agent === null ? t("password") : t("password.new")}
            type="password"
            autocomplete="new-password"
            value={password}
            onValue={setPassword}
            error={saving.wrong("password")}
            hint={agent === null ? t("password.hint") : t("password.keep")}
            required={agent === null}
          />
        </>
      )}
      {agent !== null && !self && <Switch label={t("agents.enabled")} on={!disabled} onChange={(on) => setDisabled(!on)} />}
    </Dialog>
  );
}
