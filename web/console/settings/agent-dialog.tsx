/** An agent made or changed; a password that nobody thought of is made up. */

import { useState } from "preact/hooks";
import { Dialog } from "../elements/dialog";
import { Field, Select, Switch } from "../elements/field";
import { useApp, useSelect, useWords } from "../elements/use";
import type { Agent, Role } from "../api/shapes";
import type { Invitation } from "./invitation-dialog";
import { Failure, useSaving } from "./use-items";

const ROLES: readonly Role[] = ["agent", "supervisor", "admin"];

export interface AgentDialogProps {
  readonly agent: Agent | null;
  readonly onClose: () => void;
  /** With what a new agent needs to sign in. */
  readonly onSaved: (invitation: Invitation | null) => void;
}

export function AgentDialog({ agent, onClose, onSaved }: AgentDialogProps) {
  const app = useApp();
  const { t } = useWords();
  const me = useSelect((state) => state.me?.id);
  const [name, setName] = useState(agent?.name ?? "");
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<string>(agent?.role ?? "agent");
  const [password, setPassword] = useState("");
  const [capacity, setCapacity] = useState(agent?.capacity?.toString() ?? "");
  const [disabled, setDisabled] = useState(agent?.disabled ?? false);
  const [madeUp] = useState(newPassword);
  const isNew = agent === null;
  const saving = useSaving(() => onSaved(isNew ? { name, email: email.trim(), password: password || madeUp } : null));
  const self = agent?.id === me;
  const room = capacity.trim() === "" ? null : Number(capacity);
  const save = (): void =>
    saving.save(() =>
      isNew
        ? app.api.makeAgent(app.newKey(), { name, email, role, password: password || madeUp, capacity: room })
        : app.api.changeAgent(agent.id, {
            name,
            capacity: room,
            ...(!self && { role, disabled }),
            ...(!self && password && { password }),
          }),
    );
  return (
    <Dialog title={isNew ? t("agents.add") : t("agents.edit")} submit={t("save")} busy={saving.busy} onClose={onClose} onSubmit={save}>
      <Failure saving={saving} />
      <Field label={t("name")} value={name} onValue={setName} error={saving.wrong("name")} required autofocus />
      {isNew && <Field label={t("email")} type="email" value={email} onValue={setEmail} error={saving.wrong("email")} required />}
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
            label={isNew ? t("password") : t("password.new")}
            type="password"
            autocomplete="new-password"
            value={password}
            onValue={setPassword}
            error={saving.wrong("password")}
            hint={t(isNew ? "password.madeUp" : "password.keep")}
          />
        </>
      )}
      <Field
        label={t("capacity.agent")}
        type="number"
        min="1"
        value={capacity}
        onValue={setCapacity}
        error={saving.wrong("capacity")}
        hint={t("capacity.agent.hint")}
      />
      {!isNew && !self && <Switch label={t("agents.enabled")} on={!disabled} onChange={(on) => setDisabled(!on)} />}
    </Dialog>
  );
}

/** Letters and digits that nobody mistakes for one another, 90 random bits of them. */
const LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";
const LENGTH = 18;

function newPassword(): string {
  const numbers = crypto.getRandomValues(new Uint8Array(LENGTH));
  return [...numbers].map((number) => LETTERS[number % LETTERS.length]).join("");
}
