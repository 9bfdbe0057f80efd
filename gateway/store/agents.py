"""Agents and their password hashes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from gateway.errors import BadInput, NotFound
from gateway.ids import AgentId
from gateway.model.agent import Agent, Presence, Role
from gateway.model.conversation import State
from gateway.model.preferences import preferences_of
from gateway.store.tables import agents, conversations
from gateway.store.tx import Tx

_a = agents.c
_c = conversations.c


@dataclass(frozen=True, kw_only=True)
class WithPassword:
    """An agent with the hash that a password is checked against."""

    agent: Agent
    password_hash: str


async def get(connection: AsyncConnection, id: AgentId) -> Agent:
    """Raises NotFound."""
    return (await get_with_password(connection, id)).agent


async def get_with_password(connection: AsyncConnection, id: AgentId) -> WithPassword:
    """Raises NotFound."""
    row = (await connection.execute(sa.select(agents).where(_a.id == id))).one_or_none()
    if row is None:
        raise NotFound("agent", id)
    return WithPassword(agent=agent_of(row), password_hash=row.password_hash)


async def find_by_email(connection: AsyncConnection, email: str) -> WithPassword | None:
    statement = sa.select(agents).where(_a.email == email.lower())
    row = (await connection.execute(statement)).one_or_none()
    if row is None:
        return None
    return WithPassword(agent=agent_of(row), password_hash=row.password_hash)


async def list_agents(connection: AsyncConnection) -> list[Agent]:
    rows = await connection.execute(sa.select(agents).order_by(_a.created_at, _a.id))
    return [agent_of(row) for row in rows]


async def open_conversations(connection: AsyncConnection) -> dict[AgentId, int]:
    """How many conversations each agent holds; one who holds none is left out."""
    rows = await connection.execute(
        sa.select(_c.owner_id, sa.func.count())
        .where(_c.state == State.WITH_AGENT.value)
        .group_by(_c.owner_id)
    )
    return {AgentId(owner): count for owner, count in rows}


async def loads(connection: AsyncConnection) -> dict[AgentId, int]:
    """What counts towards each agent's capacity: what he holds and has not snoozed."""
    rows = await connection.execute(
        sa.select(_c.owner_id, sa.func.count())
        .where(_c.state == State.WITH_AGENT.value, _c.snoozed_until.is_(None))
        .group_by(_c.owner_id)
    )
    return {AgentId(owner): count for owner, count in rows}


async def lock_with_load(tx: Tx, id: AgentId) -> tuple[Agent, int]:
    """The agent, locked so that his load does not grow twice at once. Raises NotFound."""
    statement = sa.select(agents).where(_a.id == id).with_for_update(key_share=True)
    row = (await tx.connection.execute(statement)).one_or_none()
    if row is None:
        raise NotFound("agent", id)
    held = sa.select(sa.func.count()).where(
        _c.owner_id == id, _c.state == State.WITH_AGENT.value, _c.snoozed_until.is_(None)
    )
    return agent_of(row), int((await tx.connection.execute(held)).scalar_one())


async def lock_admins(tx: Tx) -> list[AgentId]:
    """The admins who can sign in; locked, so that two cannot disable each other."""
    rows = await tx.connection.execute(
        sa.select(_a.id)
        .where(_a.role == Role.ADMIN.value, _a.disabled_at.is_(None))
        .order_by(_a.id)
        .with_for_update(key_share=True)
    )
    return [AgentId(row.id) for row in rows]


async def insert(
    tx: Tx, agent: Agent, password_hash: str, *, comes_back_as: Presence | None = None
) -> None:
    """Raises BadInput when the email is taken."""
    result = await tx.execute(
        tx.insert(agents)
        .values(
            id=agent.id,
            email=agent.email.lower(),
            name=agent.name,
            role=agent.role.value,
            password_hash=password_hash,
            presence=agent.presence.value,
            locale=agent.locale,
            capacity=agent.capacity,
            preferences=agent.preferences.row(),
            comes_back_as=comes_back_as and comes_back_as.value,
            created_at=agent.created_at,
        )
        .on_conflict_do_nothing()
    )
    if result.rowcount != 1:
        raise BadInput("email", "is already an agent's", code="taken")


async def change(tx: Tx, id: AgentId, **values: Any) -> None:
    """Set columns of the agent. Raises NotFound."""
    result = await tx.execute(sa.update(agents).where(_a.id == id).values(**values))
    if result.rowcount != 1:
        raise NotFound("agent", id)


def agent_of(row: Any) -> Agent:
    return Agent(
        id=AgentId(row.id),
        name=row.name,
        email=row.email,
        role=Role(row.role),
        presence=Presence(row.presence),
        locale=row.locale,
        disabled=row.disabled_at is not None,
        created_at=row.created_at,
        capacity=row.capacity,
        preferences=preferences_of(row.preferences),
    )
