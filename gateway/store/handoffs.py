"""Handoffs: when and why people were asked, and how it went on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from gateway.ids import AgentId, ConversationId, HandoffId, QueueId
from gateway.model.handoff import Handoff
from gateway.model.turn import Guess
from gateway.model.why import rows_of, whys_of
from gateway.store.tables import handoffs
from gateway.store.tx import Tx

_h = handoffs.c


async def insert(tx: Tx, new: Handoff) -> None:
    row = asdict(new)
    row["guesses"] = [asdict(each) for each in new.guesses]
    row["why"] = rows_of(new.why)
    await tx.execute(sa.insert(handoffs).values(row))


async def take(tx: Tx, id: ConversationId, agent: AgentId, now: datetime) -> None:
    """Note who answered the call first; later owners do not change it."""
    await tx.execute(
        sa.update(handoffs)
        .where(_h.conversation_id == id, _h.taken_at.is_(None), _h.ended_at.is_(None))
        .values(taken_at=now, taken_by=agent)
    )


async def end(tx: Tx, id: ConversationId, how: str, now: datetime) -> None:
    """`how` is resolved or returned."""
    await tx.execute(
        sa.update(handoffs)
        .where(_h.conversation_id == id, _h.ended_at.is_(None))
        .values(ended_at=now, ended_by=how)
    )


async def of_conversation(connection: AsyncConnection, id: ConversationId) -> list[Handoff]:
    rows = await connection.execute(
        sa.select(handoffs).where(_h.conversation_id == id).order_by(_h.at)
    )
    return [handoff_of(row) for row in rows]


async def open_of(
    connection: AsyncConnection, ids: Iterable[ConversationId]
) -> dict[ConversationId, Handoff]:
    """The handoffs that are not over, by conversation."""
    rows = await connection.execute(
        sa.select(handoffs).where(_h.conversation_id.in_(list(ids)), _h.ended_at.is_(None))
    )
    return {each.conversation_id: each for each in map(handoff_of, rows)}


def handoff_of(row: Any) -> Handoff:
    return Handoff(
        id=HandoffId(row.id),
        conversation_id=ConversationId(row.conversation_id),
        reason=row.reason,
        explanation=row.explanation,
        why=whys_of(row.why),
        at=row.at,
        waiting_since=row.waiting_since,
        queue_id=QueueId(row.queue_id),
        from_seq=row.from_seq,
        guesses=tuple(Guess(**each) for each in row.guesses),
        slots=row.slots,
        taken_at=row.taken_at,
        taken_by=AgentId(row.taken_by) if row.taken_by else None,
        ended_at=row.ended_at,
        ended_by=row.ended_by,
    )
