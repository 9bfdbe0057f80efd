"""Secrets that every process on this store shares, made once."""

from __future__ import annotations

import sqlalchemy as sa

from gateway.store.tables import facts
from gateway.store.tx import Tx


async def keep(tx: Tx, name: str, fresh: str) -> str:
    """The secret of this name: the one that is kept, else `fresh`, which is kept from now on."""
    statement = tx.insert(facts).values(name=f"secret:{name}", value=fresh)
    await tx.execute(statement.on_conflict_do_nothing(index_elements=["name"]))
    found = sa.select(facts.c.value).where(facts.c.name == f"secret:{name}")
    return str((await tx.connection.execute(found)).scalar_one())
