"""The indexer follows what happens, and goes on after it was stopped."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from itertools import count

from gateway.hub import LocalHub
from gateway.ids import ExternalId, Peer
from gateway.indexer import Indexer
from gateway.model.inbox import Inbox
from gateway.model.message import Inbound
from gateway.model.search import terms_of
from gateway.store import indexing, search
from gateway.store.search import EntryKind, Wanted
from gateway.store.store import Store

NUMBERS = count(1)


async def say(store: Store, inbox: Inbox, text: str) -> None:
    n = next(NUMBERS)
    await store.receive(
        Inbound(
            inbox_id=inbox.id,
            peer=Peer("sara"),
            external_id=ExternalId(f"m{n}"),
            text=text,
            at=datetime.now(UTC),
            payload={},
        )
    )


async def found(store: Store, asked: str) -> int:
    wanted = Wanted(terms=terms_of(asked), kinds=frozenset(EntryKind))
    async with store.read() as connection:
        return len(await search.find(connection, wanted, before=None, limit=500))


async def until(store: Store, asked: str, number: int) -> None:
    async with asyncio.timeout(20):
        while await found(store, asked) != number:
            await asyncio.sleep(0.02)


@asynccontextmanager
async def running(store: Store, hub: LocalHub) -> AsyncIterator[None]:
    task = asyncio.create_task(Indexer(store, hub).run())
    yield
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


async def test_what_is_said_is_found_a_moment_later(
    store: Store, hub: LocalHub, inbox: Inbox
) -> None:
    async with running(store, hub):
        await say(store, inbox, "my parcel")
        await until(store, "parcel", 1)


async def test_what_was_said_while_it_was_away_is_taken_in(
    store: Store, hub: LocalHub, inbox: Inbox
) -> None:
    async with running(store, hub):
        await say(store, inbox, "parcel one")
        await until(store, "parcel", 1)
    await asyncio.gather(*(say(store, inbox, f"parcel {n}") for n in range(300)))
    async with running(store, hub):
        await until(store, "parcel", 301)


async def test_two_of_them_write_everything_once(store: Store, hub: LocalHub, inbox: Inbox) -> None:
    async with running(store, hub), running(store, hub):
        await asyncio.gather(*(say(store, inbox, f"parcel {n}") for n in range(300)))
        await until(store, "parcel", 300)


async def test_made_anew_while_it_runs_nothing_is_lost(
    store: Store, hub: LocalHub, inbox: Inbox
) -> None:
    async with running(store, hub):
        await asyncio.gather(*(say(store, inbox, f"parcel {n}") for n in range(150)))
        await until(store, "parcel", 150)
        await store.write(indexing.begin_anew)
        await say(store, inbox, "parcel meanwhile")
        async with asyncio.timeout(20):
            while True:
                async with store.read() as connection:
                    at = await indexing.progress(connection)
                if at.indexed >= 0 and at.behind == 0:
                    break
                await asyncio.sleep(0.02)
        assert await found(store, "parcel") == 151


async def test_a_step_says_when_nothing_is_left(store: Store, hub: LocalHub, inbox: Inbox) -> None:
    await say(store, inbox, "parcel")
    indexer = Indexer(store, hub)
    assert await indexer.step() is not None
    assert await indexer.step() is None
