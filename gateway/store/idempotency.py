"""First answers: what a POST with an Idempotency-Key was answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from gateway.ids import AgentId, new_id
from gateway.store.tables import first_answers
from gateway.store.tx import Tx

KEPT = timedelta(hours=24)
"""How long a repeat gets the first answer."""
LEASE = timedelta(seconds=60)
"""How long a request may run before a repeat may take it for dead and run in its place."""

_f = first_answers.c


@dataclass(frozen=True, kw_only=True)
class FirstAnswer:
    """What is known of a key; `status` is None while the first request runs."""

    id: str
    route: str
    body_hash: str
    status: int | None
    answer: bytes | None
    at: datetime


async def begin(
    tx: Tx, agent: AgentId, key: str, route: str, body_hash: str, now: datetime
) -> tuple[FirstAnswer, bool]:
    """What is known of the key, and whether the caller is the one to run the request."""
    this = sa.and_(_f.agent_id == agent, _f.key == key)
    await tx.execute(sa.delete(first_answers).where(sa.or_(_is_old(now), this & _is_dead(now))))
    ours = FirstAnswer(
        id=new_id(), route=route, body_hash=body_hash, status=None, answer=None, at=now
    )
    result = await tx.execute(
        tx.insert(first_answers)
        .values(id=ours.id, agent_id=agent, key=key, route=route, body_hash=body_hash, at=now)
        .on_conflict_do_nothing()
    )
    if result.rowcount == 1:
        return ours, True
    return await find(tx.connection, agent, key) or ours, False


async def find(connection: AsyncConnection, agent: AgentId, key: str) -> FirstAnswer | None:
    statement = sa.select(first_answers).where(_f.agent_id == agent, _f.key == key)
    row = (await connection.execute(statement)).one_or_none()
    return None if row is None else _first_answer(row)


async def finish(tx: Tx, id: str, status: int, answer: bytes) -> None:
    """Keep the answer; nothing happens when another has taken over meanwhile."""
    await tx.execute(
        sa.update(first_answers).where(_f.id == id).values(status=status, answer=answer)
    )


async def forget(tx: Tx, id: str) -> None:
    """The request came to nothing: a repeat may run it again."""
    await tx.execute(sa.delete(first_answers).where(_f.id == id))


def _is_old(now: datetime) -> sa.ColumnElement[bool]:
    return _f.at <= now - KEPT


def _is_dead(now: datetime) -> sa.ColumnElement[bool]:
    return sa.and_(_f.status.is_(None), _f.at <= now - LEASE)


def _first_answer(row: Any) -> FirstAnswer:
    return FirstAnswer(
        id=row.id,
        route=row.route,
        body_hash=row.body_hash,
        status=row.status,
        answer=row.answer,
        at=row.at,
    )
