"""What a new store needs before anybody can use it: a queue, the demo's inbox."""

from __future__ import annotations

from gateway.clock import Clock
from gateway.ids import InboxId, QueueId, new_id
from gateway.model.inbox import Inbox, Queue
from gateway.store import inboxes
from gateway.store.store import Store
from gateway.store.tx import Tx

DEMO_KEY = "demo"


async def prepare(store: Store, clock: Clock, *, demo: bool) -> None:
    """Make what is missing; replicas that start together make it once."""

    async def unit(tx: Tx) -> None:
        await inboxes.lock_all(tx)
        known = await inboxes.list_queues(tx.connection)
        queue = next((each for each in known if each.is_default), None)
        if queue is None:
            queue = _support(clock)
            await inboxes.insert_queue(tx, queue)
        if demo and not await inboxes.list_inboxes(tx.connection):
            await inboxes.insert(tx, _demo(queue, clock))

    await store.write(unit)


def _support(clock: Clock) -> Queue:
    return Queue(
        id=QueueId(new_id()),
        name="Support",
        is_default=True,
        disabled=False,
        created_at=clock(),
    )


def _demo(queue: Queue, clock: Clock) -> Inbox:
    return Inbox(
        id=InboxId(new_id()),
        channel="chat",
        key=DEMO_KEY,
        name="Nilgoon shop",
        queue_id=queue.id,
        disabled=False,
        created_at=clock(),
    )
