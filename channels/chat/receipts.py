"""What has gone out to visitors' pages, noted in the store in small batches."""

from __future__ import annotations

import asyncio

import structlog

from gateway.clock import Clock
from gateway.errors import StoreUnavailable
from gateway.events import Event, EventKind
from gateway.ids import AddressId, ConversationId
from gateway.model.contact import Address
from gateway.model.delivery import DeliveryState
from gateway.model.message import Author, AuthorKind
from gateway.store import deliveries
from gateway.store.store import Store
from gateway.store.tx import Tx

PAUSE = 0.3
"""Seconds that a batch is gathered for."""

Line = tuple[AddressId, ConversationId]

log = structlog.stdlib.get_logger(__name__)


class Receipts:
    """Remembers how far each address has got its messages, until that is stored.

    Lost in a crash, it does no harm: the page that comes back gets the messages again
    or says that it has them.
    """

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._upto: dict[Line, tuple[int, Address]] = {}
        self._bell = asyncio.Event()

    def delivered(self, address: Address, id: ConversationId, seq: int) -> None:
        """The frames up to this number have gone out to this address."""
        known, _ = self._upto.get((address.id, id), (0, address))
        self._upto[address.id, id] = (max(known, seq), address)
        self._bell.set()

    async def run(self) -> None:
        """Store what is gathered, until cancelled."""
        while True:
            await self._bell.wait()
            await asyncio.sleep(PAUSE)
            try:
                await self.flush()
            except StoreUnavailable:
                log.warning("receipts wait for the store", waiting=len(self._upto))

    async def flush(self) -> None:
        self._bell.clear()
        taken, self._upto = self._upto, {}
        if not taken:
            return
        now = self._clock()

        async def unit(tx: Tx) -> None:
            for (address_id, id), (seq, address) in sorted(taken.items()):
                moved = await deliveries.advance(
                    tx, address_id, id, seq, DeliveryState.DELIVERED, now
                )
                for message_id in moved:
                    tx.tell(
                        Event(
                            kind=EventKind.DELIVERY_CHANGED,
                            actor=Author(kind=AuthorKind.SYSTEM),
                            at=now,
                            conversation_id=id,
                            contact_id=address.contact_id,
                            data={
                                "message_id": message_id,
                                "state": DeliveryState.DELIVERED.value,
                                "error": None,
                            },
                        )
                    )

        try:
            await self._store.write(unit)
        except StoreUnavailable:
            for line, (seq, address) in taken.items():
                self.delivered(address, line[1], seq)
            raise
