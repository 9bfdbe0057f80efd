"""Counts for those who run Peyk: cheap enough to be asked every few seconds."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from gateway.events import EventKind
from gateway.model.message import AuthorKind, MessageKind
from gateway.store.tables import events, turns

_e = events.c


async def delivery_changes(connection: AsyncConnection, after: int, upto: int) -> dict[str, int]:
    """Of the events in (after, upto]: how many deliveries came into each state."""
    state = _e.data["state"].as_string()
    statement = (
        sa.select(state, sa.func.count())
        .where(_e.n > after, _e.n <= upto, _e.kind == EventKind.DELIVERY_CHANGED.value)
        .group_by(state)
    )
    return {row[0]: row[1] for row in await connection.execute(statement)}


async def said(connection: AsyncConnection, after: int, upto: int) -> int:
    """Of the events in (after, upto]: how many messages we said, each with a delivery."""
    statement = sa.select(sa.func.count()).where(
        _e.n > after,
        _e.n <= upto,
        _e.kind == EventKind.MESSAGE_ADDED.value,
        _e.actor_kind != AuthorKind.CUSTOMER.value,
        _e.data["kind"].as_string() == MessageKind.MESSAGE.value,
    )
    return int((await connection.execute(statement)).scalar_one())


async def open_turns(connection: AsyncConnection) -> int:
    """Turns that nobody has closed yet: they wait for the bot, or it is at them."""
    statement = sa.select(sa.func.count()).where(turns.c.closed_at.is_(None))
    return int((await connection.execute(statement)).scalar_one())
