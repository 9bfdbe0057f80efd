"""Agents: making, changing and disabling them; and the first admin."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from aiohttp import web

from gateway.clock import Clock
from gateway.errors import BadInput
from gateway.events import Event, EventKind
from gateway.hub import EVERYTHING, Hub, PresenceNews
from gateway.ids import AgentId, new_id
from gateway.model.agent import Agent, Presence, Role
from gateway.model.message import Author, AuthorKind
from gateway.store import agents, conversations, inboxes, sessions, tokens
from gateway.store.store import Store
from gateway.store.tx import Tx
from handoff.passwords import Passwords, new_password
from handoff.routing import route

_IN_ORDER = "agents"
"""The key under which units that look at all admins run one after another."""


class Agents:
    """The people who answer customers, as admins and they themselves change them."""

    def __init__(self, store: Store, hub: Hub, passwords: Passwords, clock: Clock) -> None:
        self._store = store
        self._hub = hub
        self._passwords = passwords
        self._clock = clock

    async def make(
        self,
        *,
        name: str,
        email: str,
        role: Role,
        password: str,
        capacity: int | None = None,
        by: Agent | None = None,
    ) -> Agent:
        """Raises BadInput when the email is taken."""
        password_hash = await self._passwords.hash(password)
        agent = Agent(
            id=AgentId(new_id()),
            name=name,
            email=email.lower(),
            role=role,
            presence=Presence.OFFLINE,
            locale=None,
            disabled=False,
            created_at=self._clock(),
            capacity=capacity,
        )

        async def unit(tx: Tx) -> None:
            # Whoever opens the console for the first time is there to answer.
            await agents.insert(tx, agent, password_hash, comes_back_as=Presence.ONLINE)
            tx.tell(_changed(agent.id, by, agent.created_at, "made"))

        await self._store.write(unit, _IN_ORDER)
        return agent

    async def make_first_admin(self, email: str, password: str | None) -> str | None:
        """Make an admin if there is none; answers the password if it had to be made up."""
        async with self._store.read() as connection:
            if any(a.role is Role.ADMIN for a in await agents.list_agents(connection)):
                return None
        chosen = password or new_password()
        try:
            await self.make(name="Admin", email=email, role=Role.ADMIN, password=chosen)
        except BadInput:
            # A replica that started at the same moment was first.
            return None
        return None if password else chosen

    async def change(self, id: AgentId, by: Agent, **changes: Any) -> Agent:
        """Set `name`, `locale`, `role`, `capacity`, `preferences` or `disabled` of an agent.

        Of the preferences those that are named are set. Whoever is disabled is signed out
        everywhere at once. Raises NotFound, and BadInput when no admin would be left.
        """
        now = self._clock()

        async def unit(tx: Tx) -> Agent:
            before = await agents.get(tx.connection, id)
            await _keep_an_admin(tx, before, changes)
            await agents.change(tx, id, **_columns(before, changes, now))
            if changes.get("disabled"):
                await _sign_out(tx, id, now)
                await _let_go(tx, id, by, now)
            tx.tell(_changed(id, by, now, *sorted(changes)))
            return await agents.get(tx.connection, id)

        if not changes:
            return await self._get(id)
        return await self._store.write(unit, _IN_ORDER)

    async def set_password(
        self, id: AgentId, password: str, by: Agent, *, keep_session: str | None = None
    ) -> None:
        """Set a password and end the sessions that the old one opened.

        Set by an admin it may be because somebody else got in: then the tokens end, too.
        """
        password_hash = await self._passwords.hash(password)
        now = self._clock()

        async def unit(tx: Tx) -> None:
            await agents.change(tx, id, password_hash=password_hash)
            await sessions.revoke_all(tx, id, now, but=keep_session)
            if by.id != id:
                await tokens.revoke_all(tx, id, now)
            tx.tell(_changed(id, by, now, "password"))

        await self._store.write(unit, _IN_ORDER)

    async def set_presence(self, agent: Agent, presence: Presence) -> Agent:
        """Say that the agent is here, away or gone."""
        now = self._clock()

        async def unit(tx: Tx) -> Agent:
            columns = {"presence": presence.value, "comes_back_as": None}
            await agents.change(tx, agent.id, **columns)
            data = {"agent_id": agent.id, "presence": presence.value}
            tx.tell(Event(kind=EventKind.PRESENCE_CHANGED, actor=author(agent), at=now, data=data))
            return await agents.get(tx.connection, agent.id)

        changed = await self._store.write(unit, agent.id)
        self._hub.publish(EVERYTHING, PresenceNews(agent_id=agent.id, presence=presence))
        return changed

    async def _get(self, id: AgentId) -> Agent:
        async with self._store.read() as connection:
            return await agents.get(connection, id)


AGENTS = web.AppKey("agents", Agents)


def author(agent: Agent) -> Author:
    """The agent as the one who does something."""
    return Author(kind=AuthorKind.AGENT, id=agent.id, name=agent.name)


async def _keep_an_admin(tx: Tx, before: Agent, changes: dict[str, Any]) -> None:
    leaves = changes.get("disabled") or changes.get("role", Role.ADMIN) is not Role.ADMIN
    if leaves and await agents.lock_admins(tx) == [before.id]:
        field = "disabled" if changes.get("disabled") else "role"
        raise BadInput(field, "this is the last admin; make another one first", code="last_admin")


def _columns(before: Agent, changes: dict[str, Any], now: datetime) -> dict[str, Any]:
    columns = {name: value for name, value in changes.items() if name != "disabled"}
    if "preferences" in changes:
        columns["preferences"] = before.preferences.changed(changes["preferences"]).row()
    if "disabled" in changes:
        columns["disabled_at"] = now if changes["disabled"] else None
    if changes.get("disabled"):
        columns["presence"] = Presence.OFFLINE.value
        columns["comes_back_as"] = None
    return columns


async def _sign_out(tx: Tx, id: AgentId, now: datetime) -> None:
    await sessions.revoke_all(tx, id, now)
    await tokens.revoke_all(tx, id, now)


async def _let_go(tx: Tx, id: AgentId, by: Agent, now: datetime) -> None:
    """What he held goes back to its queue; the customers' wait goes on."""
    for before in await conversations.lock_held_by(tx, id):
        inbox = await inboxes.get(tx.connection, before.inbox_id)
        routed = route(inbox=inbox, queues=await inboxes.list_queues(tx.connection))
        after = before.transfer_to_queue(before.queue_id or routed.queue_id, now)
        await conversations.save(tx, before, replace(after, updated_at=now))
        data = {"from": {"kind": "agent", "id": id}, "to": {"kind": "queue", "id": after.owner.id}}
        tx.tell(
            Event(
                kind=EventKind.TRANSFERRED,
                actor=author(by),
                at=now,
                conversation_id=before.id,
                contact_id=before.contact_id,
                data={**data, "ownership": after.ownership},
            )
        )


def _changed(id: AgentId, by: Agent | None, at: datetime, *what: str) -> Event:
    actor = author(by) if by else Author(kind=AuthorKind.SYSTEM)
    data = {"agent_id": id, "changed": list(what)}
    return Event(kind=EventKind.AGENT_CHANGED, actor=actor, at=at, data=data)
