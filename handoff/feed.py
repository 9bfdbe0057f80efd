"""The feed of all consoles in this process: every event once, in order, written down once.

It hears the hub, and wherever the numbers show that something is missing it reads the
store. The latest frames stay at hand for all sockets; a socket that fell further behind
gets its frames from the store. So nothing grows with a slow reader, and nobody misses or
doubles an event.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice

import structlog
from aiohttp import web

from gateway.errors import StoreUnavailable, TooMany
from gateway.events import Event
from gateway.hub import EVERYTHING, Hub, Listener, News, Overrun, PresenceNews, Typing, Viewing
from gateway.ids import AgentId, ConversationId
from gateway.store import events
from gateway.store.store import Store
from handoff.frames import Frame, encode, presence_frame, typing_frame, viewing_frame
from handoff.viewing import Viewers

log = structlog.get_logger(__name__)

AT_HAND = 1000
"""How many frames are kept for those who are nearly up to date."""
AT_ONCE = 200
LOOK_EVERY_S = 2.0
"""How soon an event is found of which no news came."""
RETRY_S = 1.0
PASSING = 64
"""How much typing and presence waits for one socket; the oldest is dropped."""
SOCKETS_OF_ONE_AGENT = 20


class Watcher:
    """One socket's place at the feed: `bell` rings when there may be something to tell."""

    def __init__(self, agent: AgentId) -> None:
        self.agent = agent
        self.bell = asyncio.Event()
        self.passing: deque[bytes] = deque(maxlen=PASSING)
        self.looks_at: ConversationId | None = None


class Feed:
    """Let `run` run; sockets `join`, and ask for the frames `after` the last they told."""

    def __init__(self, store: Store, hub: Hub) -> None:
        self._store = store
        self._hub = hub
        self._watchers: set[Watcher] = set()
        self._at_hand: deque[Frame] = deque(maxlen=AT_HAND)
        self._last = 0
        self._viewers = Viewers()
        self.closing = False

    async def run(self) -> None:
        """Follow the events until cancelled."""
        with self._hub.listen(EVERYTHING) as listener:
            while True:
                try:
                    await self._catch_up()
                    await self._follow(listener)
                except StoreUnavailable as error:
                    log.warning("the consoles' feed waits for the store", error=str(error))
                except Exception:
                    log.exception("the consoles' feed broke")
                await asyncio.sleep(RETRY_S)

    @contextmanager
    def join(self, agent: AgentId) -> Iterator[Watcher]:
        """Raises TooMany when the agent has too many sockets open."""
        if sum(each.agent == agent for each in self._watchers) >= SOCKETS_OF_ONE_AGENT:
            raise TooMany("sockets", 60)
        watcher = Watcher(agent)
        self._watchers.add(watcher)
        try:
            yield watcher
        finally:
            self._watchers.discard(watcher)

    async def after(self, n: int) -> Sequence[Frame]:
        """The next frames after event `n`; none when that is the last so far."""
        if n >= self._last:
            return ()
        if self._at_hand and self._at_hand[0].n <= n + 1:
            first = n + 1 - self._at_hand[0].n
            return list(islice(self._at_hand, first, first + AT_ONCE))
        async with self._store.read() as connection:
            found = await events.since(connection, n, limit=AT_ONCE)
            return await encode(connection, found)

    def close(self) -> None:
        """Ask all sockets to say goodbye."""
        self.closing = True
        self._ring()

    async def _follow(self, listener: Listener) -> None:
        while True:
            news = await _next(listener)
            for each in news:
                self._pass_on(each)
            for id in self._viewers.forget_silent(_now()):
                self._tell_viewers(id)
            fresh = {e.n: e for e in news if isinstance(e, Event) and e.n > self._last}
            told = [fresh[n] for n in sorted(fresh)]
            whole = [each.n for each in told] == list(
                range(self._last + 1, self._last + 1 + len(told))
            )
            if whole and Overrun() not in news:
                await self._take(told)
            else:
                await self._catch_up()

    async def _catch_up(self) -> None:
        """Read on from the last event that was taken."""
        async with self._store.read() as connection:
            if not self._watchers or not self._last:
                self._at_hand.clear()
                self._last = await events.last_number(connection)
                self._ring()
                return
            found = await events.since(connection, self._last, limit=AT_ONCE)
        await self._take(found)
        if len(found) == AT_ONCE:
            await self._catch_up()

    async def _take(self, told: Sequence[Event]) -> None:
        """The next events, in order; without a socket nobody needs their frames."""
        if not told:
            return
        if self._watchers:
            async with self._store.read() as connection:
                self._at_hand.extend(await encode(connection, told))
        else:
            self._at_hand.clear()
        self._last = told[-1].n
        self._ring()

    def _tell_viewers(self, id: ConversationId) -> None:
        """Only who looks at a conversation needs to know who else does."""
        frame = viewing_frame(id, self._viewers.of(id))
        for watcher in self._watchers:
            if watcher.looks_at == id:
                watcher.passing.append(frame)
                watcher.bell.set()

    def _pass_on(self, news: News) -> None:
        if isinstance(news, Viewing):
            if self._viewers.take(news, _now()):
                self._tell_viewers(news.conversation_id)
            return
        if isinstance(news, Typing):
            frame = typing_frame(news)
        elif isinstance(news, PresenceNews):
            frame = presence_frame(news)
        else:
            return
        for watcher in self._watchers:
            watcher.passing.append(frame)
            watcher.bell.set()

    def _ring(self) -> None:
        for watcher in self._watchers:
            watcher.bell.set()


FEED = web.AppKey("feed", Feed)


def _now() -> float:
    return asyncio.get_running_loop().time()


async def _next(listener: Listener) -> list[News]:
    """All news that is there. None for a while is a reason to look at the store."""
    try:
        async with asyncio.timeout(LOOK_EVERY_S):
            first = await listener.get()
    except TimeoutError:
        return [Overrun()]
    return [first, *listener.rest()]
