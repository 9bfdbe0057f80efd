"""Opening the store at a start, and what a new one needs: a queue, the demo's inbox."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from gateway.clock import Clock
from gateway.errors import PeykError, StoreUnavailable
from gateway.hub import Hub
from gateway.ids import InboxId, QueueId, new_id
from gateway.model.inbox import Inbox, Queue
from gateway.settings import Settings
from gateway.store import inboxes
from gateway.store.store import Store, opened
from gateway.store.tx import Tx

DEMO_KEY = "demo"

DEMO_SETTINGS: dict[str, Any] = {
    "appearance": {"accent": "#3f63c8"},
    "texts": {
        "en": {"title": "Nilgoon", "subtitle": "The assistant answers at once, people soon after."},
        "fa": {"title": "نیلگون", "subtitle": "دستیار همین حالا پاسخ می‌دهد و همکاران کمی بعد."},
        "ar": {"title": "نيلغون", "subtitle": "المساعد يجيب فورًا، والفريق بعده بقليل."},
    },
}
"""The chat in the colours of the demo shop."""


class CannotOpen(PeykError):
    """The settings name a place that cannot be used; the message says which and why."""


@asynccontextmanager
async def open_store(settings: Settings, hub: Hub) -> AsyncIterator[Store]:
    """The store of the settings, made and brought up to date. Raises CannotOpen."""
    _make_data_dir(settings)
    async with AsyncExitStack() as stack:
        try:
            store = await stack.enter_async_context(opened(settings.store_url(), hub))
        except StoreUnavailable as error:
            raise CannotOpen(f"{_place(settings)}: {error}") from error
        yield store


def _make_data_dir(settings: Settings) -> None:
    """Raises CannotOpen."""
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotOpen(
            f"PEYK_DATA_DIR: cannot make the folder {settings.data_dir}: {error.strerror}"
        ) from error


def _place(settings: Settings) -> str:
    """Which setting names the database, and where that is; never its password."""
    if not settings.database_url:
        return f"PEYK_DATA_DIR: cannot open the database {settings.data_dir / 'peyk.db'}"
    plain = re.sub(r"//[^/]*@", "//", settings.database_url)
    return f"PEYK_DATABASE_URL: cannot open {plain}"


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
        settings=DEMO_SETTINGS,
    )
