"""The store as the rest of the program sees it: read, write, receive."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import replace
from typing import TypeVar, cast

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection

from gateway.errors import StoreUnavailable
from gateway.events import Event
from gateway.hub import EVERYTHING, Hub, about_contact
from gateway.model.message import Inbound, Received
from gateway.model.turn import Turn
from gateway.store.engine import Engines, open_engines
from gateway.store.migrate import migrate
from gateway.store.receive import receive_batch
from gateway.store.tx import Tx
from gateway.store.writer import Writer, is_lost

T = TypeVar("T")

TakeTurns = Callable[[Tx], Awaitable[Sequence[Turn]]]

Reading = AsyncConnection
"""What `Store.read` gives: a look that only the modules of this package can ask."""


class Store:
    """One database. Open it with `opened`."""

    def __init__(self, engines: Engines, hub: Hub) -> None:
        self._engines = engines
        self._hub = hub
        self._take: TakeTurns | None = None
        self._writer = Writer(engines.writer, self._publish, lanes=1 if engines.is_sqlite else 2)

    @property
    def is_sqlite(self) -> bool:
        return self._engines.is_sqlite

    async def write(self, unit: Callable[[Tx], Awaitable[T]], key: str = "") -> T:
        """Run a unit of work; its result is answered once it is durable.

        The unit may run more than once, so it does nothing but ask and change the store.
        Units of one `key` run in the order in which they were given.
        Raises what the unit raises, or StoreUnavailable.
        """
        return cast(T, await self._writer.run(unit, key))

    async def receive(self, inbound: Inbound) -> Received:
        """Store one customer's message, together with those that arrive at the same time."""
        received = await self._writer.run_item(self._receive_batch, inbound, key=inbound.peer)
        return cast(Received, received)

    @contextmanager
    def turns_taken_by(self, take: TakeTurns) -> Iterator[None]:
        """Meanwhile `take` may claim new turns in the very commit that brings them."""
        self._take = take
        try:
            yield
        finally:
            self._take = None

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """One consistent look; raises StoreUnavailable when there is no database."""
        async with AsyncExitStack() as stack:
            try:
                connection = await stack.enter_async_context(self._engines.reader.connect())
            except (DBAPIError, PoolTimeout, OSError) as error:
                raise StoreUnavailable(str(error)) from error
            try:
                yield connection
            except DBAPIError as error:
                if not is_lost(error):
                    raise
                raise StoreUnavailable(str(error)) from error

    async def ready(self) -> None:
        """Raises StoreUnavailable when the database does not answer."""
        async with self.read() as connection:
            await connection.execute(sa.select(1))

    async def _receive_batch(self, tx: Tx, inbounds: Sequence[Inbound]) -> list[Received]:
        received = await receive_batch(tx, inbounds)
        if self._take is None or not any(each.turn_waits for each in received):
            return received
        taken = {turn.conversation_id for turn in await self._take(tx)}
        return [
            replace(each, turn_waits=False) if each.conversation_id in taken else each
            for each in received
        ]

    def _publish(self, told: Sequence[Event]) -> None:
        for event in told:
            topic = about_contact(event.contact_id) if event.contact_id else EVERYTHING
            self._hub.publish(topic, event)

    async def open(self) -> None:
        """Bring the schema up to date and start to write."""
        await migrate(self._engines.writer)
        self._writer.start()

    async def close(self) -> None:
        """Finish what was given, then let go of the database."""
        await self._writer.stop()
        await self._engines.close()


@asynccontextmanager
async def opened(url: str, hub: Hub) -> AsyncIterator[Store]:
    """The store at this URL, migrated and writing; closed at the end."""
    store = Store(open_engines(url), hub)
    await store.open()
    try:
        yield store
    finally:
        await store.close()
