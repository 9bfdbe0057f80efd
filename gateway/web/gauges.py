"""Sets the metrics of what stands in the store, each time that they are asked for."""

from __future__ import annotations

from gateway.clock import Clock
from gateway.metrics import Metrics
from gateway.model.delivery import OPEN
from gateway.store import deliveries, events, inboxes, tallies, waiting
from gateway.store.store import Store


class Gauges:
    """Call `refresh` before the metrics are read.

    Deliveries are counted from the events since the first refresh, so the counts are
    those of all replicas on one database: compare them, do not add them up.
    """

    def __init__(self, store: Store, metrics: Metrics, clock: Clock) -> None:
        self._store = store
        self._metrics = metrics
        self._clock = clock
        self._counted: int | None = None

    async def refresh(self) -> None:
        await self._refresh_queues()
        await self._refresh_work()
        await self._count_deliveries()

    async def _refresh_queues(self) -> None:
        """All queues, also those in which nobody waits."""
        async with self._store.read() as connection:
            known = await inboxes.list_queues(connection)
            depths = await waiting.depths(connection)
        now = self._clock()
        shown = {queue.name: (0, 0.0) for queue in known}
        for queue in known:
            if depth := depths.get(queue.id):
                oldest = depth.oldest_waiting_since
                age = max(0.0, (now - oldest).total_seconds()) if oldest else 0.0
                shown[queue.name] = (depth.waiting, age)
        self._metrics.show_queues(shown)

    async def _refresh_work(self) -> None:
        async with self._store.read() as connection:
            by_state = await deliveries.count_by_state(connection)
            due = await tallies.open_turns(connection)
        for state in OPEN:
            self._metrics.open_deliveries.labels(state.value).set(by_state.get(state.value, 0))
        self._metrics.open_turns.set(due)

    async def _count_deliveries(self) -> None:
        async with self._store.read() as connection:
            last = await events.last_number(connection)
            after, self._counted = self._counted, last
            if after is None or after == last:
                return
            changes = await tallies.delivery_changes(connection, after, last)
            posted = await tallies.said(connection, after, last)
        self._metrics.deliveries.labels("posted").inc(posted)
        for state, count in changes.items():
            self._metrics.deliveries.labels(state).inc(count)
