"""The indexer: follows the events in the background, so that search finds what was said.

Nothing waits for it. It works in small steps and rests after each, many times as long as
the step took: under load the index falls behind for a while, and the way in stays as fast.
"""

from __future__ import annotations

import asyncio
import contextlib
import time

import structlog

from gateway.errors import StoreUnavailable
from gateway.events import Event
from gateway.hub import EVERYTHING, Hub, Listener
from gateway.store import indexing
from gateway.store.indexing import EMPTYING, Progress
from gateway.store.store import Store

log = structlog.get_logger(__name__)

AT_ONCE = 100
REST = 15.0
"""So many times as long as a step took it rests after it."""
LEAST_REST_S = 0.01
LOOK_EVERY_S = 2.0
"""How soon events are found of which no news came."""
RETRY_S = 2.0


class Indexer:
    """Let `run` run. `rest` is how long it rests, in times of a step."""

    def __init__(self, store: Store, hub: Hub, *, rest: float = REST) -> None:
        self._store = store
        self._hub = hub
        self._rest = rest

    async def run(self) -> None:
        """Follow the events until cancelled."""
        with self._hub.listen(EVERYTHING, wanted=_is_event) as listener:
            while True:
                try:
                    await self.catch_up()
                    await _news(listener)
                except StoreUnavailable as error:
                    log.warning("the index waits for the store", error=str(error))
                    await asyncio.sleep(RETRY_S)
                except Exception:
                    log.exception("the index was not written")
                    await asyncio.sleep(RETRY_S)

    async def catch_up(self) -> None:
        """Take in all that has happened."""
        while await self.step() is not None:
            pass

    async def step(self) -> Progress | None:
        """One step and its rest; how far it has come, or None when nothing was left to do."""
        async with self._store.read() as connection:
            progress = await indexing.progress(connection)
            step = await indexing.next_step(connection, progress.indexed, AT_ONCE)
        started = time.perf_counter()
        if progress.indexed == EMPTYING:
            await self._store.write(lambda tx: indexing.empty(tx, AT_ONCE), "index")
        elif step is not None:
            await self._store.write(lambda tx: indexing.take(tx, step), "index")
        else:
            return None
        await asyncio.sleep(LEAST_REST_S + (time.perf_counter() - started) * self._rest)
        return progress


def _is_event(news: object) -> bool:
    return isinstance(news, Event)


async def _news(listener: Listener) -> None:
    """Something happened, or it is time to look anyway."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(LOOK_EVERY_S):
            await listener.get()
    listener.rest()
