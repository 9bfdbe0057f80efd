"""The journal: every payload as it arrived, and the constraint that makes receiving idempotent."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import sqlalchemy as sa

from gateway.ids import new_id
from gateway.model.message import Inbound
from gateway.store.tables import journal
from gateway.store.tx import Tx, insert_on
from gateway.store.types import among


async def insert(tx: Tx, arrived: Sequence[Inbound]) -> set[tuple[str, str]]:
    """Store the payloads; the answer names those (inbox, external id) that were new."""
    rows = [
        {
            "id": new_id(),
            "inbox_id": each.inbox_id,
            "external_id": each.external_id,
            "payload": each.payload,
            "at": each.at,
        }
        for each in arrived
    ]
    await tx.execute(_new_only(tx.dialect), rows)
    stored = await tx.connection.execute(_STORED, {"ids": [row["id"] for row in rows]})
    return {(row.inbox_id, row.external_id) for row in stored}


@cache
def _new_only(dialect: str) -> sa.Executable:
    unique = ["inbox_id", "external_id"]
    return insert_on(dialect, journal).on_conflict_do_nothing(index_elements=unique)


_STORED = sa.select(journal.c.inbox_id, journal.c.external_id).where(among(journal.c.id, "ids"))
