"""The sessions of web chat visitors; of a token only its hash is kept."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from gateway.model.visitor import Visitor
from gateway.store.contacts import address_of, contact_of
from gateway.store.inboxes import inbox_of
from gateway.store.tables import addresses, contacts, inboxes, visitor_sessions
from gateway.store.tx import Tx

_s = visitor_sessions.c


async def find(connection: AsyncConnection, token_hash: str, now: datetime) -> Visitor | None:
    """Whose session this is; None when it is unknown or over."""
    row = (await connection.execute(_FIND, {"hash": token_hash, "now": now})).one_or_none()
    return visitor_of(row) if row else None


async def insert(tx: Tx, visitor: Visitor, token_hash: str) -> None:
    await tx.execute(
        sa.insert(visitor_sessions).values(
            id=visitor.session_id,
            address_id=visitor.address.id,
            token_hash=token_hash,
            locale=visitor.locale,
            created_at=visitor.seen_at,
            seen_at=visitor.seen_at,
            expires_at=visitor.expires_at,
        )
    )


async def change(tx: Tx, id: str, **values: Any) -> None:
    """Set `locale`, `seen_at` or `expires_at`."""
    await tx.execute(sa.update(visitor_sessions).where(_s.id == id).values(**values))


async def forget_expired(tx: Tx, now: datetime) -> int:
    """Delete what is over; the number of sessions deleted."""
    result = await tx.execute(sa.delete(visitor_sessions).where(_s.expires_at <= now))
    return result.rowcount


_FIND = (
    sa.select(visitor_sessions, addresses, contacts, inboxes)
    .join(addresses, addresses.c.id == _s.address_id)
    .join(contacts, contacts.c.id == addresses.c.contact_id)
    .join(inboxes, inboxes.c.id == addresses.c.inbox_id)
    .where(_s.token_hash == sa.bindparam("hash"), _s.expires_at > sa.bindparam("now"))
    .set_label_style(sa.LABEL_STYLE_TABLENAME_PLUS_COL)
)


def visitor_of(row: Any) -> Visitor:
    session = _Columns(row, "visitor_sessions")
    return Visitor(
        session_id=session.id,
        address=address_of(_Columns(row, "addresses")),
        contact=contact_of(_Columns(row, "contacts")),
        inbox=inbox_of(_Columns(row, "inboxes")),
        locale=session.locale,
        seen_at=session.seen_at,
        expires_at=session.expires_at,
    )


class _Columns:
    """One table's columns of a joined row."""

    def __init__(self, row: Any, table: str) -> None:
        self._row = row
        self._table = table

    def __getattr__(self, name: str) -> Any:
        return getattr(self._row, f"{self._table}_{name}")
