"""Watches what concerns more than one visitor: queues that move, and inboxes that change.

Those who wait are told their new place soon, but not at every single move.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Iterable

import structlog

from channels.chat.feed import Feed
from channels.chat.standing import MOVES
from gateway.events import Event, EventKind
from gateway.hub import EVERYTHING, Hub, News, Overrun

PAUSE = 0.5
"""Seconds in which moves are gathered."""

AT_ONCE = 8
PATIENCE = 2.0
"""Seconds that one slow page may hold up the others."""

log = structlog.stdlib.get_logger(__name__)


class Watch:
    """Looks at the queue again for every feed whose customer waits."""

    def __init__(
        self, hub: Hub, feeds: Callable[[], Iterable[Feed]], inboxes_changed: Callable[[], None]
    ) -> None:
        self._hub = hub
        self._feeds = feeds
        self._inboxes_changed = inboxes_changed
        self._moved = asyncio.Event()

    async def listen(self) -> None:
        """Hear of moves and changes, until cancelled."""
        with self._hub.listen(EVERYTHING, wanted=_matters) as listener:
            while True:
                self._hear(await listener.get())

    async def run(self) -> None:
        """Tell the waiting, until cancelled."""
        while True:
            await self._moved.wait()
            await asyncio.sleep(PAUSE)
            self._moved.clear()
            waiting = [feed for feed in self._feeds() if feed.waits]
            for i in range(0, len(waiting), AT_ONCE):
                await asyncio.gather(*(_look(feed) for feed in waiting[i : i + AT_ONCE]))

    def _hear(self, news: News) -> None:
        lost = isinstance(news, Overrun)
        kind = news.kind if isinstance(news, Event) else None
        if lost or kind in MOVES:
            self._moved.set()
        if lost or kind is EventKind.INBOX_CHANGED:
            self._inboxes_changed()


def _matters(news: News) -> bool:
    """What people say is most of the news, and moves nobody."""
    return isinstance(news, Event) and (news.kind in MOVES or news.kind is EventKind.INBOX_CHANGED)


async def _look(feed: Feed) -> None:
    try:
        with contextlib.suppress(TimeoutError, ConnectionError):
            async with asyncio.timeout(PATIENCE):
                await feed.look_at_queue()
    except Exception:
        log.exception("a place in the queue was not told")
