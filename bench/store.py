"""The store alone: messages received one commit each and sharing commits, turns claimed."""

from __future__ import annotations

import asyncio
import tempfile
import time
import uuid
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from pathlib import Path
from statistics import median

from bench.databases import POSTGRESQL, SQLITE, postgresql, sqlite_url
from bench.result import Result
from gateway.clock import utc_now
from gateway.first_start import prepare
from gateway.hub import LocalHub
from gateway.ids import ExternalId, InboxId, Peer
from gateway.model.message import Inbound
from gateway.store import inboxes, turns
from gateway.store.store import Store, opened

ROUNDS = 5
ALONE = 60
TOGETHER = (50, 500)
MESSAGES = 1_000
TURNS = 400
CLAIMERS = 8
CLAIMED_AT_ONCE = 8
LEASE = timedelta(minutes=5)
TEXT = "Hello, could you tell me when my parcel will arrive? It should be here by now."


async def measure() -> list[Result]:
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="peyk-bench-")))
        urls = {
            SQLITE: sqlite_url(folder),
            POSTGRESQL: stack.enter_context(postgresql())("store"),
        }
        scenes = {
            engine: await stack.enter_async_context(_scene(url)) for engine, url in urls.items()
        }
        return [
            result for engine, scene in scenes.items() for result in await _measure(engine, scene)
        ]


class Scene:
    """An open store with one inbox, and customers who write to it."""

    def __init__(self, store: Store, inbox: InboxId) -> None:
        self._store = store
        self._inbox = inbox

    async def receive(self, messages: int, customers: int) -> float:
        """Messages a second when so many customers write at once, each one after the other."""
        names = [Peer(f"visitor:{uuid.uuid4()}") for _ in range(customers)]
        started = time.perf_counter()
        await asyncio.gather(*(self._write(name, messages // customers) for name in names))
        return messages // customers * customers / (time.perf_counter() - started)

    async def claim(self, turns_open: int) -> float:
        """Turns a second that several workers claim, a few at a time."""
        await self.receive(turns_open, turns_open)
        started = time.perf_counter()
        claimed = await asyncio.gather(*(self._claim_all() for _ in range(CLAIMERS)))
        return sum(claimed) / (time.perf_counter() - started)

    async def _write(self, peer: Peer, messages: int) -> None:
        for _ in range(messages):
            id = str(uuid.uuid4())
            await self._store.receive(
                Inbound(
                    inbox_id=self._inbox,
                    peer=peer,
                    external_id=ExternalId(f"{peer}:{id}"),
                    text=TEXT,
                    at=utc_now(),
                    payload={"type": "message", "client_id": id, "text": TEXT},
                    client_id=id,
                )
            )

    async def _claim_all(self) -> int:
        total = 0
        while claimed := await self._store.write(
            lambda tx: turns.claim_due(tx, utc_now(), LEASE, CLAIMED_AT_ONCE)
        ):
            total += len(claimed)
        return total


@asynccontextmanager
async def _scene(url: str) -> AsyncIterator[Scene]:
    async with opened(url, LocalHub()) as store:
        await prepare(store, utc_now, demo=True)
        async with store.read() as connection:
            (inbox,) = await inboxes.list_inboxes(connection)
        yield Scene(store, inbox.id)


async def _measure(engine: str, scene: Scene) -> list[Result]:
    await scene.claim(10)
    alone: list[float] = []
    together: dict[int, list[float]] = {each: [] for each in TOGETHER}
    claims: list[float] = []
    for _ in range(ROUNDS):
        alone.append(await scene.receive(ALONE, 1))
        for customers, found in together.items():
            found.append(await scene.receive(MESSAGES, customers))
        claims.append(await scene.claim(TURNS))
    return [
        _rate(f"store alone, {engine}: messages received, one commit each", alone),
        *(
            _rate(
                f"store alone, {engine}: messages received, {customers} sharing commits",
                found,
                compared_with=f"one commit each {median(alone):,.0f}/s in the same run",
            )
            for customers, found in together.items()
        ),
        _rate(f"store alone, {engine}: turns claimed, {CLAIMERS} workers", claims),
    ]


def _rate(name: str, found: list[float], compared_with: str | None = None) -> Result:
    return Result(
        name=name,
        value=round(median(found)),
        unit="/s",
        better="higher",
        compared_with=compared_with,
    )
