"""When each agent's console was last connected, and what follows for the presence."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from gateway.ids import AgentId
from gateway.model.agent import Presence
from gateway.store.tables import agents
from gateway.store.tx import Tx

_a = agents.c
_OFFLINE = Presence.OFFLINE.value


async def seen(tx: Tx, ids: Iterable[AgentId], at: datetime) -> None:
    """A console of each of these agents is connected, or was until now."""
    wanted = sorted(ids)
    if wanted:
        await tx.execute(sa.update(agents).where(_a.id.in_(wanted)).values(here_at=at))


async def any_gone(connection: AsyncConnection, since: datetime) -> bool:
    """Whether anybody who is not offline was last here before this time."""
    found = await connection.execute(sa.select(_a.id).where(_gone(since)).limit(1))
    return found.first() is not None


async def fall(tx: Tx, since: datetime) -> list[AgentId]:
    """Whoever was last here before this time is offline, until he is here again."""
    fallen = await tx.execute(
        sa.update(agents)
        .where(_gone(since))
        .values(comes_back_as=_a.presence, presence=_OFFLINE)
        .returning(_a.id)
    )
    return [AgentId(row.id) for row in fallen]


async def come_back(tx: Tx, id: AgentId) -> Presence | None:
    """What the agent is from now on, if he was offline only because he was not here."""
    found = await tx.execute(
        sa.update(agents)
        .where(_a.id == id, _a.presence == _OFFLINE, _a.comes_back_as.is_not(None))
        .values(presence=_a.comes_back_as, comes_back_as=None)
        .returning(_a.presence)
    )
    row = found.one_or_none()
    return Presence(row.presence) if row else None


def _gone(since: datetime) -> sa.ColumnElement[bool]:
    return sa.and_(_a.presence != _OFFLINE, _a.here_at.is_not(None), _a.here_at < since)
