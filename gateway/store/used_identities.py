"""Signed identities that opened a session: each does so once."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from gateway.ids import InboxId
from gateway.store.tables import used_identities
from gateway.store.tx import Tx

_u = used_identities.c


async def use(tx: Tx, inbox_id: InboxId, jti: str, expires_at: datetime) -> bool:
    """Note the use; False when this identity was used before."""
    result = await tx.execute(
        tx.insert(used_identities)
        .values(inbox_id=inbox_id, jti=jti, expires_at=expires_at)
        .on_conflict_do_nothing()
    )
    return result.rowcount == 1


async def forget_expired(tx: Tx, now: datetime) -> int:
    """Delete those that would be refused anyway; the number deleted."""
    result = await tx.execute(sa.delete(used_identities).where(_u.expires_at <= now))
    return result.rowcount
