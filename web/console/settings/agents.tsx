/** Agents: who answers, in which role, and whether they are here. */

import { useState } from "preact/hooks";
import { Button } from "../elements/button";
import { Empty } from "../elements/empty";
import { Avatar } from "../elements/person";
import { useApp, useSelect, useWords } from "../elements/use";
import type { Agent } from "../api/shapes";
import { AgentDialog } from "./agent-dialog";
import { InvitationDialog, type Invitation } from "./invitation-dialog";
import { PageHead } from "./screen";
import { Loaded, useItems } from "./use-items";

export function Agents() {
  const app = useApp();
  const { t } = useWords();
  const admin = useSelect((state) => state.me?.role === "admin");
  const things = useItems(app.api.agents);
  const [editing, setEditing] = useState<Agent | "new" | null>(null);
  const [invited, setInvited] = useState<Invitation | null>(null);
  return (
    <>
      <PageHead title={t("settings.agents")} text={t("agents.text")}>
        {admin && (
          <Button look="primary" icon="plus" onPress={() => setEditing("new")}>
            {t("agents.add")}
          </Button>
        )}
      </PageHead>
      <Loaded things={things} empty={<Empty icon="agents" title={t("agents.none")} text={t("agents.none.text")} />}>
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
          onSaved={(invitation) => {
            setEditing(null);
            setInvited(invitation);
            things.reload();
            app.lists.refreshAgents();
          }}
        />
      )}
      {invited && <InvitationDialog invitation={invited} onClose={() => setInvited(null)} />}
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
      <span class="card__note muted">
        {agent.capacity === null
          ? t("agents.open", { count: agent.open_conversations })
          : t("load.of", { load: agent.load, capacity: agent.capacity })}
      </span>
      {onEdit && <Button look="quiet" icon="edit" label={t("edit.name", { name: agent.name })} onPress={onEdit} />}
    </li>
  );
}
