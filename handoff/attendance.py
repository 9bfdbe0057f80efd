"""Who is here: an agent whose last console has been gone for a minute is offline.

Every process writes down, again and again, which agents have a console connected to it. So
neither a crash nor another replica makes somebody look absent, and a sleeping laptop does not
look present. Whoever comes back is again what he was before; what an agent chose himself holds.
A program that sets a presence without ever opening a console keeps it.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import structlog
from aiohttp import web

from gateway.clock import Clock
from gateway.errors import StoreUnavailable
from gateway.events import Event, EventKind
from gateway.hub import EVERYTHING, Hub, PresenceNews
from gateway.ids import AgentId
from gateway.model.agent import Presence
from gateway.model.message import Author, AuthorKind
from gateway.store import attendance
from gateway.store.store import Store
from gateway.store.tx import Tx

GONE_AFTER = timedelta(minutes=1)
EVERY_S = 10.0
SYSTEM = Author(kind=AuthorKind.SYSTEM)

log = structlog.get_logger(__name__)


class Attendance:
    """Let `run` run, and keep each console's connection within `of`."""

    def __init__(self, store: Store, hub: Hub, clock: Clock) -> None:
        self._store = store
        self._hub = hub
        self._clock = clock
        self._here: Counter[AgentId] = Counter()

    async def run(self) -> None:
        """Note who is here, and who has gone, until cancelled."""
        while True:
            try:
                await self.look()
            except StoreUnavailable as error:
                log.warning("presence waits for the store", error=str(error))
            except Exception:
                log.exception("presence broke")
            await asyncio.sleep(EVERY_S)

    @asynccontextmanager
    async def of(self, id: AgentId) -> AsyncIterator[None]:
        """One connected console of the agent. What cannot be stored now, `look` makes good."""
        self._here[id] += 1
        try:
            await self._note(id)
            yield
        finally:
            self._here[id] -= 1
            if not self._here[id]:
                del self._here[id]
                await self._note(id)

    async def look(self) -> None:
        """Note who is here now; whoever was last here too long ago is offline."""
        now = self._clock()
        here = frozenset(self._here)

        async def unit(tx: Tx) -> list[AgentId]:
            await attendance.seen(tx, here, now)
            gone = await attendance.fall(tx, now - GONE_AFTER)
            _tell(tx, dict.fromkeys(gone, Presence.OFFLINE), now)
            return gone

        async with self._store.read() as connection:
            if not here and not await attendance.any_gone(connection, now - GONE_AFTER):
                return
        gone = await self._store.write(unit, "presence")
        self._publish(dict.fromkeys(gone, Presence.OFFLINE))

    async def _note(self, id: AgentId) -> None:
        """The agent's console came or went at this moment."""
        now = self._clock()
        here = id in self._here

        async def unit(tx: Tx) -> Presence | None:
            await attendance.seen(tx, [id], now)
            back = await attendance.come_back(tx, id) if here else None
            if back is not None:
                _tell(tx, {id: back}, now)
            return back

        try:
            back = await self._store.write(unit, id)
        except StoreUnavailable as error:
            log.warning("presence waits for the store", error=str(error))
            return
        self._publish({id: back} if back is not None else {})

    def _publish(self, changed: Mapping[AgentId, Presence]) -> None:
        for id, presence in changed.items():
            self._hub.publish(EVERYTHING, PresenceNews(agent_id=id, presence=presence))


ATTENDANCE = web.AppKey("attendance", Attendance)


def _tell(tx: Tx, changed: Mapping[AgentId, Presence], now: datetime) -> None:
    for id, presence in changed.items():
        data = {"agent_id": id, "presence": presence.value}
        tx.tell(Event(kind=EventKind.PRESENCE_CHANGED, actor=SYSTEM, at=now, data=data))
