"""Saved views: an agent's own, and those that all share."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from gateway.errors import NotFound
from gateway.ids import AgentId, ViewId
from gateway.model.view import View
from gateway.store.tables import views
from gateway.store.tx import Tx

_v = views.c


async def of_agent(connection: AsyncConnection, agent: AgentId) -> list[View]:
    """The shared ones and the agent's own, oldest first."""
    statement = sa.select(views).where(_v.agent_id.is_(None) | (_v.agent_id == agent))
    rows = await connection.execute(statement.order_by(_v.created_at, _v.id))
    return [_view_of(row) for row in rows]


async def get(connection: AsyncConnection, id: ViewId, agent: AgentId) -> View:
    """Raises NotFound, also for what is another agent's own."""
    statement = sa.select(views).where(_v.id == id, _v.agent_id.is_(None) | (_v.agent_id == agent))
    row = (await connection.execute(statement)).one_or_none()
    if row is None:
        raise NotFound("view", id)
    return _view_of(row)


async def insert(tx: Tx, view: View) -> None:
    await tx.execute(
        sa.insert(views),
        [
            {
                "id": view.id,
                "agent_id": view.agent_id,
                "name": view.name,
                "query": view.query,
                "created_at": view.created_at,
            }
        ],
    )


async def change(tx: Tx, id: ViewId, **columns: object) -> None:
    await tx.execute(sa.update(views).where(_v.id == id).values(**columns))


async def remove(tx: Tx, id: ViewId) -> None:
    await tx.execute(sa.delete(views).where(_v.id == id))


def _view_of(row: Any) -> View:
    return View(
        id=ViewId(row.id),
        agent_id=AgentId(row.agent_id) if row.agent_id else None,
        name=row.name,
        created_at=row.created_at,
        query=row.query,
    )
