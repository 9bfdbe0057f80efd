"""The sessions of agents' browsers."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from gateway.errors import NotFound
from gateway.ids import AgentId
from gateway.model.agent import Agent
from gateway.model.session import Session
from gateway.store.agents import agent_of
from gateway.store.tables import agents, sessions
from gateway.store.tx import Tx

IDLE = timedelta(hours=12)
"""How long a session lives without a request."""

_s = sessions.c


async def insert(tx: Tx, session: Session, token_hash: str) -> None:
    await tx.execute(sa.insert(sessions).values(**asdict(session), token_hash=token_hash))


async def find(
    connection: AsyncConnection, token_hash: str, now: datetime
) -> tuple[Session, Agent] | None:
    """The live session with this secret and its agent; None too when the agent is disabled."""
    row = (await connection.execute(_live(now, _s.token_hash == token_hash))).one_or_none()
    if row is None:
        return None
    agent = sa.select(agents).where(agents.c.id == row.agent_id, agents.c.disabled_at.is_(None))
    found = (await connection.execute(agent)).one_or_none()
    return None if found is None else (session_of(row), agent_of(found))


async def list_live(connection: AsyncConnection, id: AgentId, now: datetime) -> list[Session]:
    rows = await connection.execute(_live(now, _s.agent_id == id).order_by(_s.created_at))
    return [session_of(row) for row in rows]


async def touch(tx: Tx, id: str, now: datetime) -> None:
    """It was used: it stays alive for another while."""
    await tx.execute(sa.update(sessions).where(_s.id == id).values(seen_at=now))


async def revoke(tx: Tx, id: str, agent: AgentId, now: datetime) -> None:
    """End one of the agent's sessions. Raises NotFound."""
    result = await tx.execute(
        sa.update(sessions)
        .where(_s.id == id, _s.agent_id == agent, _s.revoked_at.is_(None))
        .values(revoked_at=now)
    )
    if result.rowcount != 1:
        raise NotFound("session", id)


async def revoke_all(tx: Tx, agent: AgentId, now: datetime, *, but: str | None = None) -> None:
    """End all the agent's sessions, except the one that is named."""
    statement = sa.update(sessions).where(_s.agent_id == agent, _s.revoked_at.is_(None))
    if but is not None:
        statement = statement.where(_s.id != but)
    await tx.execute(statement.values(revoked_at=now))


async def forget_ended(tx: Tx, before: datetime) -> None:
    """Delete what ended long ago."""
    await tx.execute(sa.delete(sessions).where(_s.expires_at < before))


def _live(now: datetime, which: sa.ColumnElement[bool]) -> sa.Select[Any]:
    return sa.select(sessions).where(
        which, _s.revoked_at.is_(None), _s.expires_at > now, _s.seen_at > now - IDLE
    )


def session_of(row: Any) -> Session:
    return Session(
        id=row.id,
        agent_id=AgentId(row.agent_id),
        csrf_token=row.csrf_token,
        network_address=row.network_address,
        user_agent=row.user_agent,
        created_at=row.created_at,
        seen_at=row.seen_at,
        expires_at=row.expires_at,
    )
