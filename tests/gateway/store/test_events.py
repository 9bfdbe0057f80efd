"""A reader that resumes from event N misses nothing, whatever commits late."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import create_async_engine

from gateway.events import Event, EventKind
from gateway.hub import EVERYTHING, LocalHub
from gateway.model.message import Author, AuthorKind
from gateway.store import events
from gateway.store.store import Store, opened
from gateway.store.tx import Tx

NOW = datetime(2026, 1, 1, 9, tzinfo=UTC)


def fact(who: str) -> Event:
    return Event(
        kind=EventKind.QUEUE_CHANGED,
        actor=Author(kind=AuthorKind.SYSTEM),
        at=NOW,
        data={"who": who},
    )


async def read(store: Store, since: int) -> list[tuple[int, str]]:
    async with store.read() as connection:
        return [(each.n, each.data["who"]) for each in await events.since(connection, since)]


async def tell(store: Store, who: str) -> None:
    async def unit(tx: Tx) -> None:
        tx.tell(fact(who))

    await store.write(unit)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_a_lower_number_that_commits_late_is_not_missed(
    store: Store, database_url: str
) -> None:
    """A slow transaction takes its number first; the reader meanwhile stays before it."""
    engine = create_async_engine(database_url)
    async with engine.begin() as slow:
        tx = Tx(slow)
        tx.tell(fact("slow"))
        await tx.write_events()
        quick = asyncio.create_task(tell(store, "quick"))
        await asyncio.sleep(0.3)
        seen_meanwhile = await read(store, 0)
    await quick
    await engine.dispose()

    last = seen_meanwhile[-1][0] if seen_meanwhile else 0
    assert seen_meanwhile + await read(store, last) == [(1, "slow"), (2, "quick")]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_with_a_plain_sequence_the_late_one_would_be_missed(database_url: str) -> None:
    """The control: the same two transactions over a sequence lose one for the reader."""
    engine = create_async_engine(database_url)
    async with engine.begin() as setup:
        await setup.execute(sa.text("CREATE TABLE plain (n bigserial, who text)"))
    insert = sa.text("INSERT INTO plain (who) VALUES (:who)")
    everything = sa.text("SELECT n, who FROM plain WHERE n > :n ORDER BY n")
    async with engine.connect() as slow, engine.connect() as other:
        await slow.execute(insert, {"who": "slow"})
        await other.execute(insert, {"who": "quick"})
        await other.commit()
        seen = [tuple(row) for row in await other.execute(everything, {"n": 0})]
        await slow.commit()
        after = [tuple(row) for row in await other.execute(everything, {"n": seen[-1][0]})]
        await other.rollback()
    await engine.dispose()
    assert seen + after == [(2, "quick")]


async def test_numbers_have_no_gaps_after_a_unit_that_failed(store: Store) -> None:
    async def failing(tx: Tx) -> None:
        tx.tell(fact("failed"))
        raise LookupError

    results = await asyncio.gather(
        tell(store, "a"), store.write(failing), tell(store, "b"), return_exceptions=True
    )
    assert sum(isinstance(each, LookupError) for each in results) == 1
    assert await read(store, 0) == [(1, "a"), (2, "b")]


async def test_readers_that_resume_see_everything_once_while_many_write(
    store: Store, database_url: str
) -> None:
    async with opened(database_url, LocalHub()) as second:
        writers = asyncio.gather(
            *(tell((store, second)[i % 2], str(i)) for i in range(200)),
        )
        seen: list[tuple[int, str]] = []
        while len(seen) < 200:
            seen += await read(store, seen[-1][0] if seen else 0)
            await asyncio.sleep(0)
        await writers
    assert [n for n, _ in seen] == list(range(1, 201))
    assert {who for _, who in seen} == {str(i) for i in range(200)}


async def test_events_are_published_after_the_commit_with_their_numbers(
    store: Store, hub: LocalHub
) -> None:
    with hub.listen(EVERYTHING) as listener:
        await tell(store, "a")
        news = await asyncio.wait_for(listener.get(), 1)
    assert isinstance(news, Event)
    assert news.n == 1
    assert await read(store, 0) == [(1, "a")]


async def test_the_epoch_stays_and_differs_between_stores(
    store: Store, database_url: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    async with store.read() as connection:
        first = await events.epoch(connection)
    async with opened(database_url, LocalHub()) as again, again.read() as connection:
        assert await events.epoch(connection) == first
    other = f"sqlite+aiosqlite:///{tmp_path_factory.mktemp('other') / 'peyk.db'}"
    async with opened(other, LocalHub()) as another, another.read() as connection:
        assert await events.epoch(connection) != first
