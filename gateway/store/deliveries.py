"""Deliveries: the rows of the outbox. They only move forward."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from gateway.errors import NotFound
from gateway.ids import (
    AddressId,
    ConversationId,
    DeliveryId,
    ExternalId,
    InboxId,
    MessageId,
)
from gateway.model.delivery import OPEN, Delivery, DeliveryState, before
from gateway.store.claim import claim, claiming
from gateway.store.tables import deliveries
from gateway.store.tx import Tx

_d = deliveries.c


async def insert(tx: Tx, new: Sequence[Delivery]) -> None:
    await tx.execute(_INSERT, [_row_of(each) for each in new])


async def get(connection: AsyncConnection, id: DeliveryId) -> Delivery:
    """Raises NotFound."""
    row = (await connection.execute(sa.select(deliveries).where(_d.id == id))).one_or_none()
    if row is None:
        raise NotFound("delivery", id)
    return delivery_of(row)


async def claim_due(tx: Tx, now: datetime, lease: timedelta, limit: int) -> list[Delivery]:
    """Open deliveries for this worker alone: of each conversation and address the earliest.

    So order holds, and one that is stuck holds back its own address and no other.
    """
    rows = await claim(tx, _CLAIM_DUE, now=now, lease=lease, limit=limit)
    return [delivery_of(row) for row in rows]


async def claim_interrupted(tx: Tx, now: datetime, lease: timedelta, limit: int) -> list[Delivery]:
    """Deliveries whose worker died between claiming and recording: they may have gone."""
    rows = await claim(tx, _CLAIM_INTERRUPTED, now=now, lease=lease, limit=limit)
    return [delivery_of(row) for row in rows]


async def finish(
    tx: Tx,
    held: Delivery,
    state: DeliveryState,
    now: datetime,
    *,
    external_id: ExternalId | None = None,
    error: str | None = None,
) -> bool:
    """Record what became of a claimed delivery; False when another holds it by now."""
    result = await tx.execute(
        sa.update(deliveries)
        .where(_held(held))
        .values(state=state.value, external_id=external_id, error=error, updated_at=now)
    )
    return result.rowcount == 1


async def put_back(tx: Tx, held: Delivery, due_at: datetime, error: str, now: datetime) -> bool:
    """The network did not take it this time; it falls due again."""
    result = await tx.execute(
        sa.update(deliveries)
        .where(_held(held))
        .values(state=DeliveryState.PENDING.value, due_at=due_at, error=error, updated_at=now)
    )
    return result.rowcount == 1


async def advance(
    tx: Tx,
    address_id: AddressId,
    conversation_id: ConversationId,
    upto_seq: int,
    state: DeliveryState,
    now: datetime,
) -> list[MessageId]:
    """Move what went to this address forward, up to a message's number; answers what moved."""
    statement = (
        sa.update(deliveries)
        .where(_d.address_id == address_id, _d.conversation_id == conversation_id)
        .where(_d.state.in_([each.value for each in before(state) if each not in OPEN]))
        .where(_d.seq <= upto_seq)
        .values(state=state.value, updated_at=now)
        .returning(_d.message_id)
    )
    return [MessageId(id) for id in (await tx.connection.execute(statement)).scalars()]


async def of_messages(
    connection: AsyncConnection, ids: Sequence[MessageId]
) -> dict[MessageId, Delivery]:
    """The latest delivery of each message that has one."""
    rows = await connection.execute(
        sa.select(deliveries).where(_d.message_id.in_(list(ids))).order_by(_d.id)
    )
    return {each.message_id: each for each in map(delivery_of, rows)}


async def count_by_state(connection: AsyncConnection) -> dict[str, int]:
    """Of the open ones only, which are few."""
    statement = sa.select(_d.state, sa.func.count()).where(_is_open(deliveries)).group_by(_d.state)
    rows = await connection.execute(statement)
    return {row[0]: row[1] for row in rows}


def _is_open(table: sa.FromClause) -> sa.ColumnElement[bool]:
    """In the very words of the partial indexes: SQLite compares them, not their meaning."""
    return table.c.state.in_([sa.literal_column(f"'{state}'") for state in OPEN])


def _held(held: Delivery) -> sa.ColumnElement[bool]:
    return sa.and_(
        _d.id == held.id,
        _d.attempts == held.attempts,
        _d.state == DeliveryState.SENDING.value,
    )


def _first_pending() -> sa.ColumnElement[bool]:
    earlier = deliveries.alias()
    behind = (
        sa.exists()
        .where(earlier.c.address_id == _d.address_id)
        .where(earlier.c.conversation_id == _d.conversation_id, earlier.c.seq < _d.seq)
        .where(_is_open(earlier))
    )
    return sa.and_(_is_open(deliveries), _d.state == DeliveryState.PENDING.value, sa.not_(behind))


_INSERT = sa.insert(deliveries)
_CLAIM_DUE = claiming(
    deliveries,
    _first_pending(),
    {"state": DeliveryState.SENDING.value, "updated_at": sa.bindparam("now")},
)
_CLAIM_INTERRUPTED = claiming(
    deliveries, sa.and_(_is_open(deliveries), _d.state == DeliveryState.SENDING.value)
)


def delivery_of(row: Any) -> Delivery:
    return Delivery(
        id=DeliveryId(row.id),
        conversation_id=ConversationId(row.conversation_id),
        message_id=MessageId(row.message_id),
        inbox_id=InboxId(row.inbox_id),
        address_id=AddressId(row.address_id),
        seq=row.seq,
        state=DeliveryState(row.state),
        attempts=row.attempts,
        due_at=row.due_at,
        created_at=row.created_at,
        updated_at=row.updated_at,
        external_id=ExternalId(row.external_id) if row.external_id else None,
        error=row.error,
    )


def _row_of(delivery: Delivery) -> dict[str, Any]:
    return {
        "id": delivery.id,
        "conversation_id": delivery.conversation_id,
        "message_id": delivery.message_id,
        "inbox_id": delivery.inbox_id,
        "address_id": delivery.address_id,
        "seq": delivery.seq,
        "state": delivery.state.value,
        "attempts": delivery.attempts,
        "due_at": delivery.due_at,
        "created_at": delivery.created_at,
        "updated_at": delivery.updated_at,
        "external_id": delivery.external_id,
        "error": delivery.error,
    }
