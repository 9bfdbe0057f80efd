"""The web chat: customers on web pages, who fetch their messages themselves."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine

import structlog
from aiohttp import web

from channels.chat.feed import Feed, Sources
from channels.chat.gate import CHANNEL, Gate
from channels.chat.incoming import Incoming
from channels.chat.links import Links
from channels.chat.receipts import Receipts
from channels.chat.sessions import Sessions
from channels.chat.settings import settings_of
from channels.chat.socket import GOING_AWAY, Shared, Socket
from channels.chat.uploads import Uploads
from channels.chat.watch import Watch
from channels.chat.wishes import Wishes
from gateway.channel import Outgoing, Sent
from gateway.errors import NotFound, SendError, StoreUnavailable
from gateway.model.inbox import Inbox
from gateway.parts import Parts

SWEEP_EVERY = 3600.0
"""Seconds between two deletions of what has expired."""

PAUSE = 1.0
"""Seconds between a break and the next try."""

Work = Callable[[], Coroutine[None, None, None]]

log = structlog.stdlib.get_logger(__name__)


class ChatChannel:
    """One web chat for all its inboxes. `running` is its life, as aiohttp's cleanup context."""

    kind = CHANNEL
    customers_fetch = True

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.sessions = Sessions(parts.store, parts.clock)
        self.gate = Gate(parts.store, parts.clock, self.sessions)
        self.incoming = Incoming(parts.store, parts.inbox, parts.clock, parts.metrics)
        self.wishes = Wishes(parts.store, parts.clock)
        self.links = Links(parts.clock)
        self.uploads = Uploads(parts.store, parts.files, parts.clock)
        self.receipts = Receipts(parts.store, parts.clock)
        self._sockets: set[Socket] = set()
        self._closing = False
        self._watch = Watch(parts.hub, self._feeds, self.gate.forget_settings)
        self._shared = Shared(
            gate=self.gate,
            incoming=self.incoming,
            wishes=self.wishes,
            hub=parts.hub,
            sources=Sources(
                store=parts.store,
                clock=parts.clock,
                link=self.links.address,
                receipts=self.receipts,
            ),
        )

    async def send(self, outgoing: Outgoing) -> Sent:
        """Never asked: what is stored is sent."""
        raise SendError("web chat customers fetch their messages", permanent=True)

    async def serve_socket(self, request: web.Request) -> web.StreamResponse:
        """Talk to a page by WebSocket until either side ends it."""
        if self._closing:
            raise StoreUnavailable("closing")
        socket = Socket(self._shared, request)
        if not socket.wire.can_open():
            raise web.HTTPUpgradeRequired
        open_sockets = self.parts.metrics.open_sockets.labels(self.kind)
        self._sockets.add(socket)
        open_sockets.inc()
        try:
            return await socket.serve()
        finally:
            open_sockets.dec()
            self._sockets.discard(socket)

    async def running(self, app: web.Application) -> AsyncIterator[None]:
        """Do the work beside the sockets; at the end nothing that was told goes unnoted."""
        await self.links.learn_secret(self.parts.store)
        await self.parts.files.forget_parts()
        work = (self.receipts.run, self._watch.listen, self._watch.run, self._sweep)
        tasks = [asyncio.create_task(_go_on(each)) for each in work]
        yield
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await _if_possible(self.receipts.flush())

    def trouble(self, inbox: Inbox) -> str | None:
        """An inbox whose settings are wrong is closed to visitors."""
        try:
            settings_of(inbox)
        except NotFound:
            return "its settings are wrong"
        return None

    async def close(self, app: web.Application) -> None:
        """Say goodbye to every page: it comes back to whoever serves next."""
        self._closing = True
        await asyncio.gather(
            *(each.wire.close(GOING_AWAY, "the server is going away") for each in self._sockets)
        )

    def _feeds(self) -> list[Feed]:
        return [each.feed for each in self._sockets if each.feed is not None]

    async def _sweep(self) -> None:
        while True:
            await _if_possible(self.sessions.forget_expired())
            await _if_possible(self.uploads.forget_abandoned())
            await asyncio.sleep(SWEEP_EVERY)


async def _go_on(work: Work) -> None:
    """Until cancelled; what breaks is begun again."""
    while True:
        try:
            await work()
        except Exception:
            log.exception("work of the web chat broke")
            await asyncio.sleep(PAUSE)


async def _if_possible(work: Coroutine[None, None, object]) -> None:
    try:
        await work
    except StoreUnavailable as error:
        log.warning("the store was not there", error=str(error))


CHAT: web.AppKey[ChatChannel] = web.AppKey("chat")
