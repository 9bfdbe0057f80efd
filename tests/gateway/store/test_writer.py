"""Units that share a commit: what one of them does never harms or speaks for another."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from gateway.errors import BadInput
from gateway.events import Event, EventKind
from gateway.hub import EVERYTHING, LocalHub
from gateway.model.message import Author, AuthorKind
from gateway.store.store import Store
from gateway.store.tables import facts
from gateway.store.tx import Tx


def fact(name: str) -> Event:
    return Event(
        kind=EventKind.AGENT_CHANGED,
        actor=Author(kind=AuthorKind.SYSTEM),
        at=datetime.now(UTC),
        data={"name": name},
    )


class Writing:
    """Units that write a row, tell it, and note what happened afterwards."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.done: list[str] = []

    async def good(self, name: str) -> str:
        async def unit(tx: Tx) -> str:
            await self._write(tx, name)
            return name

        return await self.store.write(unit)

    async def bad(self, name: str) -> None:
        async def unit(tx: Tx) -> None:
            await self._write(tx, name)
            raise BadInput("name", "is bad")

        await self.store.write(unit)

    async def stored(self) -> list[str]:
        async with self.store.read() as connection:
            rows = await connection.execute(
                sa.select(facts.c.name).where(facts.c.value == "test").order_by(facts.c.name)
            )
            return list(rows.scalars())

    async def _write(self, tx: Tx, name: str) -> None:
        await tx.execute(sa.insert(facts).values(name=name, value="test"))
        tx.tell(fact(name))
        tx.afterwards(lambda: self.done.append(name))


async def test_a_unit_that_raises_is_rolled_back_alone(store: Store, hub: LocalHub) -> None:
    writing = Writing(store)
    with hub.listen(EVERYTHING) as listener:
        results = await asyncio.gather(
            writing.good("a"), writing.bad("b"), writing.good("c"), return_exceptions=True
        )
        told = [each.data["name"] for each in listener.rest() if isinstance(each, Event)]
    assert results[0] == "a"
    assert isinstance(results[1], BadInput)
    assert results[2] == "c"
    assert await writing.stored() == ["a", "c"]
    assert sorted(told) == ["a", "c"]
    assert sorted(writing.done) == ["a", "c"]


async def test_a_broken_statement_of_one_unit_harms_no_other(store: Store) -> None:
    writing = Writing(store)
    await writing.good("a")
    results = await asyncio.gather(
        writing.good("b"), writing.good("a"), writing.good("c"), return_exceptions=True
    )
    assert results[0] == "b"
    assert isinstance(results[1], sa.exc.IntegrityError)
    assert results[2] == "c"
    assert await writing.stored() == ["a", "b", "c"]


async def test_what_is_left_for_afterwards_is_done_when_all_can_read_it(store: Store) -> None:
    seen: list[asyncio.Task[list[str]]] = []
    writing = Writing(store)

    async def unit(tx: Tx) -> None:
        await tx.execute(sa.insert(facts).values(name="a", value="test"))
        tx.afterwards(lambda: seen.append(asyncio.create_task(writing.stored())))
        assert seen == []

    await store.write(unit)
    assert await seen[0] == ["a"]


async def test_a_unit_alone_that_raises_leaves_nothing(store: Store) -> None:
    writing = Writing(store)
    with pytest.raises(BadInput):
        await writing.bad("a")
    assert await writing.stored() == []
    assert writing.done == []
