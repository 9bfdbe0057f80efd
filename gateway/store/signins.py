"""Attempts to sign in, kept so that a restart or another replica counts them too."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

import sqlalchemy as sa

from gateway.errors import TooMany
from gateway.ids import new_id
from gateway.store.tables import sign_ins
from gateway.store.tx import Tx

WINDOW = timedelta(minutes=15)
"""How long a failed attempt counts."""

_s = sign_ins.c


async def attempt(tx: Tx, limits: dict[str, int], now: datetime) -> list[str]:
    """Note one attempt for each subject, as failed until it is known better.

    The attempt is noted before the password is looked at, so that many at once do not
    pass together. Raises TooMany when a subject has used up its limit.
    """
    for subject, limit in limits.items():
        if wait := await _wait(tx, subject, limit, now):
            raise TooMany("attempts to sign in", wait.total_seconds())
    rows = [
        {"id": new_id(), "subject": subject, "succeeded": False, "at": now} for subject in limits
    ]
    await tx.execute(sa.insert(sign_ins), rows)
    return [str(row["id"]) for row in rows]


async def succeeded(tx: Tx, attempts: Iterable[str], subject: str) -> None:
    """These attempts were the agent; what the subject failed before counts no longer."""
    await tx.execute(sa.update(sign_ins).where(_s.id.in_(attempts)).values(succeeded=True))
    await tx.execute(
        sa.update(sign_ins)
        .where(_s.subject == subject, _s.succeeded.is_(False))
        .values(succeeded=True)
    )


async def forget_old(tx: Tx, now: datetime) -> None:
    await tx.execute(sa.delete(sign_ins).where(_s.at < now - WINDOW))


async def _wait(tx: Tx, subject: str, limit: int, now: datetime) -> timedelta | None:
    """How long until the oldest attempt that fills the limit counts no longer."""
    nth = (
        sa.select(_s.at)
        .where(_s.subject == subject, _s.succeeded.is_(False), _s.at > now - WINDOW)
        .order_by(_s.at.desc())
        .offset(limit - 1)
        .limit(1)
    )
    at: datetime | None = (await tx.connection.execute(nth)).scalar_one_or_none()
    return None if at is None else at + WINDOW - now
