"""Personal API tokens."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from gateway.errors import NotFound
from gateway.ids import AgentId
from gateway.model.agent import Agent
from gateway.model.session import Token
from gateway.store.agents import agent_of
from gateway.store.tables import agents, tokens
from gateway.store.tx import Tx

_t = tokens.c


async def insert(tx: Tx, token: Token, token_hash: str) -> None:
    await tx.execute(sa.insert(tokens).values(**asdict(token), token_hash=token_hash))


async def find(
    connection: AsyncConnection, token_hash: str, now: datetime
) -> tuple[Token, Agent] | None:
    """The live token with this secret and its agent; None too when the agent is disabled."""
    row = (await connection.execute(_live(now, _t.token_hash == token_hash))).one_or_none()
    if row is None:
        return None
    agent = sa.select(agents).where(agents.c.id == row.agent_id, agents.c.disabled_at.is_(None))
    found = (await connection.execute(agent)).one_or_none()
    return None if found is None else (token_of(row), agent_of(found))


async def list_live(connection: AsyncConnection, id: AgentId, now: datetime) -> list[Token]:
    rows = await connection.execute(_live(now, _t.agent_id == id).order_by(_t.created_at))
    return [token_of(row) for row in rows]


async def touch(tx: Tx, id: str, now: datetime) -> None:
    await tx.execute(sa.update(tokens).where(_t.id == id).values(last_used_at=now))


async def revoke(tx: Tx, id: str, agent: AgentId, now: datetime) -> None:
    """End one of the agent's tokens. Raises NotFound."""
    result = await tx.execute(
        sa.update(tokens)
        .where(_t.id == id, _t.agent_id == agent, _t.revoked_at.is_(None))
        .values(revoked_at=now)
    )
    if result.rowcount != 1:
        raise NotFound("token", id)


async def revoke_all(tx: Tx, agent: AgentId, now: datetime) -> None:
    """End all the agent's tokens."""
    await tx.execute(
        sa.update(tokens)
        .where(_t.agent_id == agent, _t.revoked_at.is_(None))
        .values(revoked_at=now)
    )


def _live(now: datetime, which: sa.ColumnElement[bool]) -> sa.Select[Any]:
    unexpired = sa.or_(_t.expires_at.is_(None), _t.expires_at > now)
    return sa.select(tokens).where(which, _t.revoked_at.is_(None), unexpired)


def token_of(row: Any) -> Token:
    return Token(
        id=row.id,
        agent_id=AgentId(row.agent_id),
        name=row.name,
        created_at=row.created_at,
        last_used_at=row.last_used_at,
        expires_at=row.expires_at,
    )
