"""One claim for all work that lies in rows.

`due_at` is the lease as well: a claim moves it into the future, so that a dead worker's
row falls due again by itself. `attempts` counts the claims and fences: whoever finishes a
row names the attempt under which he holds it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from gateway.store.tx import Tx


def claiming(
    table: sa.Table, due: sa.ColumnElement[bool], values: dict[str, Any] | None = None
) -> sa.Executable:
    """The statement that claims those of the rows that are `due`, and sets `values` in them."""
    free = (
        sa.select(table.c.id)
        .where(due, table.c.due_at <= sa.bindparam("now"))
        .order_by(table.c.due_at, table.c.id)
        .limit(sa.bindparam("limit"))
        .with_for_update(key_share=True, skip_locked=True, of=table)
    )
    return (
        sa.update(table)
        .where(table.c.id.in_(free))
        .values(due_at=sa.bindparam("until"), attempts=table.c.attempts + 1, **(values or {}))
        .returning(*table.c)
    )


async def claim(
    tx: Tx, statement: sa.Executable, *, now: datetime, lease: timedelta, limit: int
) -> Sequence[sa.Row[Any]]:
    """Up to `limit` rows that are due now, oldest first, for this worker alone."""
    found = await tx.connection.execute(
        statement, {"now": now, "until": now + lease, "limit": limit}
    )
    return sorted(found.all(), key=lambda row: row.id)
