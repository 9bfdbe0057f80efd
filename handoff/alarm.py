"""Wakes snoozed conversations when their time has come."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import structlog

from gateway.clock import Clock
from gateway.errors import StoreUnavailable
from gateway.events import EventKind
from gateway.model.message import Author, AuthorKind
from gateway.store import conversations, waiting
from gateway.store.store import Store
from gateway.store.tx import Tx
from handoff.act import fact

log = structlog.get_logger(__name__)

POLL_S = 1.0
AT_ONCE = 100
SYSTEM = Author(kind=AuthorKind.SYSTEM)


class Alarm:
    """Any number of them may run; each conversation is woken once."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def run(self) -> None:
        """Wake what is due until cancelled."""
        while True:
            try:
                woken = await self.wake_due()
            except StoreUnavailable as error:
                log.warning("snoozed conversations wait for the store", error=str(error))
                woken = 0
            except Exception:
                log.exception("the alarm broke")
                woken = 0
            if woken < AT_ONCE:
                await asyncio.sleep(POLL_S)

    async def wake_due(self) -> int:
        """Wake what is due now; how many that were."""
        now = self._clock()
        async with self._store.read() as connection:
            if not await waiting.sleepers_due(connection, now):
                return 0

        async def unit(tx: Tx) -> int:
            due = await waiting.lock_sleepers(tx, now, limit=AT_ONCE)
            for before in due:
                after = replace(before.wake(), updated_at=max(before.updated_at, now))
                await conversations.save(tx, before, after)
                tx.tell(fact(EventKind.UNSNOOZED, before, SYSTEM, now, {}))
            return len(due)

        return await self._store.write(unit, key="wake")
