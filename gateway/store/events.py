"""Events: read onwards from a number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from gateway.events import Event, EventKind
from gateway.ids import ContactId, ConversationId, MessageId
from gateway.model.message import Author, AuthorKind
from gateway.store import messages
from gateway.store.tables import counters, events, facts


async def since(
    connection: AsyncConnection,
    n: int,
    *,
    conversation_id: ConversationId | None = None,
    limit: int = 500,
) -> list[Event]:
    """Events with a higher number, in order, with the messages that they speak of."""
    statement = sa.select(events).where(events.c.n > n).order_by(events.c.n).limit(limit)
    if conversation_id is not None:
        statement = statement.where(events.c.conversation_id == conversation_id)
    found = [_event_of(row) for row in await connection.execute(statement)]
    return await _with_messages(connection, found)


async def last_number(connection: AsyncConnection) -> int:
    """The number of the latest committed event."""
    statement = sa.select(counters.c.value).where(counters.c.name == "event")
    return int((await connection.execute(statement)).scalar_one())


async def epoch(connection: AsyncConnection) -> str:
    """The store's own id: another store's numbers mean other things."""
    statement = sa.select(facts.c.value).where(facts.c.name == "epoch")
    return str((await connection.execute(statement)).scalar_one())


async def _with_messages(connection: AsyncConnection, found: Sequence[Event]) -> list[Event]:
    ids = [MessageId(e.data["message_id"]) for e in found if e.kind is EventKind.MESSAGE_ADDED]
    known = await messages.by_ids(connection, ids) if ids else {}
    return [replace(each, message=known.get(each.data.get("message_id", ""))) for each in found]


def _event_of(row: Any) -> Event:
    return Event(
        kind=EventKind(row.kind),
        actor=Author(kind=AuthorKind(row.actor_kind), id=row.actor_id, name=row.actor_name),
        at=row.at,
        conversation_id=ConversationId(row.conversation_id) if row.conversation_id else None,
        contact_id=ContactId(row.contact_id) if row.contact_id else None,
        data=row.data,
        n=row.n,
    )
