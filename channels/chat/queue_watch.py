"""Tells those who wait when the queue has moved: soon, but not at every single move."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Iterable

import structlog

from channels.chat.feed import MOVES, Feed
from gateway.errors import PeykError
from gateway.events import Event
from gateway.hub import EVERYTHING, Hub, Overrun

PAUSE = 0.5
"""Seconds in which moves are gathered."""

AT_ONCE = 8
PATIENCE = 2.0
"""Seconds that one slow page may hold up the others."""

log = structlog.stdlib.get_logger(__name__)


class QueueWatch:
    """Looks at the queue again for every feed whose customer waits."""

    def __init__(self, hub: Hub, feeds: Callable[[], Iterable[Feed]]) -> None:
        self._hub = hub
        self._feeds = feeds
        self._moved = asyncio.Event()

    async def listen(self) -> None:
        """Hear of every move of every conversation, until cancelled."""
        with self._hub.listen(EVERYTHING) as listener:
            while True:
                news = await listener.get()
                if isinstance(news, Overrun) or (isinstance(news, Event) and news.kind in MOVES):
                    self._moved.set()

    async def run(self) -> None:
        """Tell the waiting, until cancelled."""
        while True:
            await self._moved.wait()
            await asyncio.sleep(PAUSE)
            self._moved.clear()
            waiting = [feed for feed in self._feeds() if feed.waits]
            for i in range(0, len(waiting), AT_ONCE):
                await asyncio.gather(*(_look(feed) for feed in waiting[i : i + AT_ONCE]))


async def _look(feed: Feed) -> None:
    try:
        with contextlib.suppress(TimeoutError, ConnectionError):
            async with asyncio.timeout(PATIENCE):
                await feed.look_at_queue()
    except PeykError as error:
        log.warning("a place in the queue was not told", error=str(error))
