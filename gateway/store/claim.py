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


async def claim(
    tx: Tx,
    table: sa.Table,
    due: sa.ColumnElement[bool],
    *,
    now: datetime,
    lease: timedelta,
    limit: int,
    values: dict[str, Any] | None = None,
) -> Sequence[sa.Row[Any]]:
    """Up to `limit` rows that are `due` now, oldest first, for this worker alone."""
    free = (
        sa.select(table.c.id)
        .where(due, table.c.due_at <= now)
        .order_by(table.c.due_at, table.c.id)
        .limit(limit)
        .with_for_update(key_share=True, skip_locked=True, of=table)
    )
    statement = (
        sa.update(table)
        .where(table.c.id.in_(free))
        .values(due_at=now + lease, attempts=table.c.attempts + 1, **(values or {}))
        .returning(*table.c)
    )
    result = await tx.connection.execute(statement)
    return sorted(result.all(), key=lambda row: row.id)
