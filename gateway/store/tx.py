"""One transaction, and what is told and done once it is committed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from gateway.events import Event
from gateway.store.tables import counters, events


class Tx:
    """What a unit of work gets: the connection, and `tell` for the facts it makes true."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.connection = connection
        self._told: list[Event] = []
        self._afterwards: list[Callable[[], None]] = []

    def tell(self, event: Event) -> None:
        """Remember a fact; it is numbered and stored with the commit, and then published."""
        self._told.append(event)

    def afterwards(self, act: Callable[[], None]) -> None:
        """Do this once it is committed; it must not raise."""
        self._afterwards.append(act)

    @property
    def mark(self) -> tuple[int, int]:
        """How much is remembered: see `forget_since`."""
        return len(self._told), len(self._afterwards)

    def forget_since(self, mark: tuple[int, int]) -> None:
        """Drop what a unit remembered that was rolled back."""
        del self._told[mark[0] :]
        del self._afterwards[mark[1] :]

    def committed(self) -> None:
        """Do what was left for afterwards."""
        for act in self._afterwards:
            act()

    async def write_events(self) -> list[Event]:
        """Number and store what was told: the last thing before the commit.

        The counter's row stays locked until the commit, so numbers become visible in
        their order and without gaps.
        """
        if not self._told:
            return []
        last = await take_numbers(self, "event", len(self._told))
        first = last - len(self._told) + 1
        numbered = [event.numbered(first + i) for i, event in enumerate(self._told)]
        await self.connection.execute(_INSERT_EVENTS, [_row(event) for event in numbered])
        return numbered

    def insert(self, table: sa.Table) -> sqlite.Insert | postgresql.Insert:
        """An INSERT that knows `on_conflict_do_nothing` and `on_conflict_do_update`."""
        return insert_on(self.dialect, table)

    @property
    def dialect(self) -> str:
        """The database's name, for statements that are kept ready for each."""
        return self.connection.dialect.name

    async def execute(
        self, statement: sa.Executable, rows: Sequence[dict[str, Any]] | None = None
    ) -> sa.CursorResult[Any]:
        return await self.connection.execute(statement, rows)


def insert_on(dialect: str, table: sa.Table) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that knows `on_conflict_do_nothing` and `on_conflict_do_update`."""
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)


_INSERT_EVENTS = sa.insert(events)
_TAKE = (
    sa.update(counters)
    .where(counters.c.name == sa.bindparam("counter"))
    .values(value=counters.c.value + sa.bindparam("count"))
    .returning(counters.c.value)
)


async def take_numbers(tx: Tx, counter: str, count: int) -> int:
    """The last of `count` fresh numbers; the counter is locked until the commit."""
    result = await tx.connection.execute(_TAKE, {"counter": counter, "count": count})
    return int(result.scalar_one())


def _row(event: Event) -> dict[str, object]:
    return {
        "n": event.n,
        "kind": event.kind.value,
        "conversation_id": event.conversation_id,
        "contact_id": event.contact_id,
        "actor_kind": event.actor.kind.value,
        "actor_id": event.actor.id,
        "actor_name": event.actor.name,
        "data": event.data,
        "at": event.at,
    }
