"""Conversations that wait: for an agent in a queue, or asleep until a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from gateway.ids import QueueId
from gateway.model.conversation import Conversation, State
from gateway.store.conversations import conversation_of
from gateway.store.tables import conversations, handoffs
from gateway.store.tx import Tx

_c = conversations.c
_h = handoffs.c
_WAITING = sa.and_(_c.state == State.WAITING.value, _c.snoozed_until.is_(None))


@dataclass(frozen=True, kw_only=True)
class Depth:
    """How many wait in a queue, and since when the first of them."""

    waiting: int
    oldest_waiting_since: datetime | None


@dataclass(frozen=True, kw_only=True)
class PickUp:
    """A customer who was taken from a queue: when he got into it, and when an agent came."""

    at: datetime
    taken_at: datetime


async def lock_oldest(tx: Tx, queue: QueueId | None = None) -> Conversation | None:
    """The conversation that has waited longest, locked; None only when nobody waits.

    Rows that others hold at this moment are passed over. When only such are left, we wait
    for one of them: its holder may let go of it without taking it.
    """
    wanted = sa.select(conversations).where(_WAITING)
    if queue is not None:
        wanted = wanted.where(_c.queue_id == queue)
    oldest = wanted.order_by(_c.waiting_since, _c.id).limit(1)
    while True:
        free = oldest.with_for_update(key_share=True, skip_locked=True, of=conversations)
        row = (await tx.connection.execute(free)).one_or_none()
        if row is not None:
            return conversation_of(row)
        held = (await tx.connection.execute(oldest)).one_or_none()
        if held is None:
            return None
        waited_for = wanted.where(_c.id == held.id).with_for_update(key_share=True)
        row = (await tx.connection.execute(waited_for)).one_or_none()
        if row is not None:
            return conversation_of(row)


async def ahead(connection: AsyncConnection, conversation: Conversation) -> int:
    """How many in the same queue have waited longer."""
    statement = (
        sa.select(sa.func.count())
        .select_from(conversations)
        .where(_WAITING, _c.queue_id == conversation.queue_id)
        .where(
            sa.tuple_(_c.waiting_since, _c.id)
            < sa.tuple_(
                sa.literal(conversation.waiting_since, _c.waiting_since.type),
                sa.literal(conversation.id, _c.id.type),
            )
        )
    )
    return int((await connection.execute(statement)).scalar_one())


async def depths(connection: AsyncConnection) -> dict[QueueId, Depth]:
    """Of every queue in which somebody waits."""
    statement = (
        sa.select(_c.queue_id, sa.func.count(), sa.func.min(_c.waiting_since))
        .where(_WAITING)
        .group_by(_c.queue_id)
    )
    return {
        QueueId(queue): Depth(waiting=count, oldest_waiting_since=oldest)
        for queue, count, oldest in await connection.execute(statement)
    }


async def pick_ups(
    connection: AsyncConnection, queue: QueueId, since: datetime, *, limit: int
) -> list[PickUp]:
    """The latest customers who were taken from the queue, the last one first.

    Whom an agent took from the bot never waited, and says nothing of waiting.
    """
    statement = (
        sa.select(_h.at, _h.taken_at)
        .where(_h.queue_id == queue, _h.taken_at > since, _h.taken_at > _h.at)
        .order_by(_h.taken_at.desc())
        .limit(limit)
    )
    return [PickUp(at=at, taken_at=taken) for at, taken in await connection.execute(statement)]


async def sleepers_due(connection: AsyncConnection, now: datetime) -> bool:
    """Whether any snoozed conversation is due."""
    due = sa.select(_c.id).where(_c.snoozed_until <= now).limit(1)
    return (await connection.execute(due)).first() is not None


async def lock_sleepers(tx: Tx, now: datetime, *, limit: int) -> list[Conversation]:
    """Snoozed conversations that are due, locked; another replica's are passed over."""
    statement = (
        sa.select(conversations)
        .where(_c.snoozed_until <= now)
        .order_by(_c.snoozed_until)
        .limit(limit)
        .with_for_update(key_share=True, skip_locked=True)
    )
    return [conversation_of(row) for row in await tx.connection.execute(statement)]
