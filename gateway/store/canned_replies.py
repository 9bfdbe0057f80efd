"""Texts that agents send often: few rows, read whole, changed by supervisors."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from gateway.errors import BadInput, NotFound
from gateway.model.begun import CannedReply
from gateway.store.tables import canned_replies
from gateway.store.tx import Tx

_c = canned_replies.c
FOR_ALL = ""
"""How a text for all languages is stored."""


async def list_all(connection: AsyncConnection) -> list[CannedReply]:
    rows = await connection.execute(sa.select(canned_replies).order_by(_c.created_at, _c.id))
    return [canned_reply_of(row) for row in rows]


async def get(connection: AsyncConnection, id: str) -> CannedReply:
    """Raises NotFound."""
    row = (await connection.execute(sa.select(canned_replies).where(_c.id == id))).one_or_none()
    if row is None:
        raise NotFound("canned reply", id)
    return canned_reply_of(row)


async def insert(tx: Tx, new: CannedReply) -> None:
    """Raises BadInput when the shortcut is taken in this language."""
    statement = tx.insert(canned_replies).values(id=new.id, created_at=new.created_at, **_row(new))
    if (await tx.execute(statement.on_conflict_do_nothing())).rowcount != 1:
        raise _taken()


async def change(tx: Tx, changed: CannedReply) -> None:
    """Raises NotFound, and BadInput when the shortcut is taken in this language."""
    statement = sa.update(canned_replies).where(_c.id == changed.id).values(**_row(changed))
    try:
        result = await tx.execute(statement)
    except IntegrityError as exc:
        raise _taken() from exc
    if result.rowcount != 1:
        raise NotFound("canned reply", changed.id)


async def delete(tx: Tx, id: str) -> None:
    """Raises NotFound."""
    result = await tx.execute(sa.delete(canned_replies).where(_c.id == id))
    if result.rowcount != 1:
        raise NotFound("canned reply", id)


def canned_reply_of(row: Any) -> CannedReply:
    return CannedReply(
        id=row.id,
        shortcut=row.shortcut,
        locale=row.locale or None,
        title=row.title,
        text=row.text,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )


def _row(reply: CannedReply) -> dict[str, Any]:
    return {
        "shortcut": reply.shortcut,
        "locale": reply.locale or FOR_ALL,
        "title": reply.title,
        "text": reply.text,
        "updated_at": reply.updated_at,
    }


def _taken() -> BadInput:
    return BadInput("shortcut", "is already taken in this language", code="taken")
