"""The way out: whatever we say to a customer is posted here and sent from here, once.

`post` stores a message together with the delivery that it needs. The sender claims what is
due, calls the channel outside any transaction, and records what became of it.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from gateway.channel import Channel, Outgoing
from gateway.clock import Clock
from gateway.errors import SendError, StoreUnavailable
from gateway.events import Event, EventKind, message_added
from gateway.ids import DeliveryId, ExternalId, MessageId, new_id
from gateway.metrics import Metrics
from gateway.model.conversation import Conversation
from gateway.model.delivery import Delivery, DeliveryState
from gateway.model.message import (
    Author,
    AuthorKind,
    Draft,
    Message,
    MessageKind,
    preview,
)
from gateway.store import attachments, contacts, deliveries, inboxes, messages
from gateway.store.store import Store
from gateway.store.tx import Tx

log = structlog.get_logger(__name__)

LEASE = timedelta(seconds=60)
AT_ONCE = 50
POLL = 1.0
TRIES = 8
SYSTEM = Author(kind=AuthorKind.SYSTEM)


class Outbox:
    """Posts and sends. `channels` is the table of channels, by kind."""

    def __init__(
        self,
        store: Store,
        channels: Mapping[str, Channel],
        clock: Clock,
        metrics: Metrics | None = None,
    ) -> None:
        self._store = store
        self._channels = channels
        self._clock = clock
        self._metrics = metrics or Metrics()
        self._pushes = any(not channel.customers_fetch for channel in channels.values())
        self._bell = asyncio.Event()

    def ring(self) -> None:
        """There may be something to send."""
        if self._pushes:
            self._bell.set()

    async def post(
        self, tx: Tx, conversation: Conversation, draft: Draft, now: datetime
    ) -> tuple[Conversation, Message]:
        """Append what we say, with its delivery; the caller saves the conversation.

        A note gets no delivery. What was said `once` already is answered as it stands.
        """
        if said := await self._said_before(tx, conversation, draft):
            return conversation, said
        files = await attachments.unsent(tx, draft.attachment_ids)
        message = Message(
            id=MessageId(new_id()),
            conversation_id=conversation.id,
            seq=conversation.last_seq + 1,
            kind=draft.kind,
            author=draft.author,
            text=draft.text,
            at=now,
            reply_to=draft.reply_to,
            turn_id=draft.turn_id,
            buttons=draft.buttons,
            attachments=tuple(files[id] for id in draft.attachment_ids if id in files),
            image=draft.image,
            inbox_id=conversation.inbox_id if draft.once else None,
            external_id=draft.once,
        )
        await messages.insert(tx, [message])
        await attachments.tie(tx, [message])
        if draft.kind is MessageKind.MESSAGE:
            await self._deliver(tx, conversation, message, now)
        tx.tell(message_added(message, conversation.contact_id))
        return _after(conversation, message), message

    async def post_again(self, tx: Tx, old: Delivery, now: datetime) -> Delivery:
        """Try once more to get a message out; the old delivery stays as it ended."""
        inbox = await inboxes.get(tx.connection, old.inbox_id)
        again = replace(
            old,
            id=DeliveryId(new_id()),
            state=self._first_state(inbox.channel),
            attempts=0,
            due_at=now,
            created_at=now,
            updated_at=now,
            external_id=None,
            error=None,
        )
        await deliveries.insert(tx, [again])
        return again

    async def run(self) -> None:
        """Send what is due until cancelled; polls even when nobody rings."""
        while True:
            self._bell.clear()
            try:
                sent = await self.send_due()
            except StoreUnavailable as error:
                log.warning("outbox waits for the store", error=str(error))
                sent = 0
            except Exception:
                # One delivery that breaks us must not keep all others from going out.
                log.exception("the outbox failed and goes on")
                sent = 0
            if sent < AT_ONCE:
                await _wait(self._bell, POLL)

    async def send_due(self) -> int:
        """Claim and send what is due now; the number of deliveries that were claimed."""
        now = self._clock()
        interrupted = await self._store.write(
            lambda tx: deliveries.claim_interrupted(tx, now, LEASE, AT_ONCE), key="outbox"
        )
        claimed = await self._store.write(
            lambda tx: deliveries.claim_due(tx, now, LEASE, AT_ONCE), key="outbox"
        )
        await asyncio.gather(
            *(self._settle(each) for each in interrupted), *(self._send(each) for each in claimed)
        )
        return len(claimed)

    async def _said_before(
        self, tx: Tx, conversation: Conversation, draft: Draft
    ) -> Message | None:
        if draft.once is None:
            return None
        key = (conversation.inbox_id, draft.once)
        return (await messages.by_external(tx, [key])).get(key)

    async def _deliver(
        self, tx: Tx, conversation: Conversation, message: Message, now: datetime
    ) -> None:
        address = await contacts.address(tx.connection, conversation.address_id)
        inbox = await inboxes.get(tx.connection, address.inbox_id)
        delivery = Delivery(
            id=DeliveryId(new_id()),
            conversation_id=conversation.id,
            message_id=message.id,
            inbox_id=inbox.id,
            address_id=address.id,
            seq=message.seq,
            state=self._first_state(inbox.channel),
            attempts=0,
            due_at=now,
            created_at=now,
            updated_at=now,
        )
        await deliveries.insert(tx, [delivery])

    def _first_state(self, kind: str) -> DeliveryState:
        """What customers fetch has gone as soon as it is stored."""
        channel = self._channels.get(kind)
        fetched = channel is not None and channel.customers_fetch
        return DeliveryState.SENT if fetched else DeliveryState.PENDING

    async def _send(self, delivery: Delivery) -> None:
        outgoing = await self._outgoing(delivery)
        channel = self._channels.get(outgoing.inbox.channel)
        if channel is None:
            await self._finish(delivery, DeliveryState.FAILED, error="no such channel")
            return
        try:
            with self._metrics.send_seconds.labels(channel.kind).time():
                sent = await channel.send(outgoing)
        except SendError as error:
            await self._failed(outgoing, error)
        except Exception as error:
            log.exception("channel broke", delivery=delivery.id, channel=channel.kind)
            await self._failed(outgoing, SendError(repr(error), uncertain=True))
        else:
            await self._finish(delivery, DeliveryState.SENT, external_id=sent.external_id)

    async def _failed(self, outgoing: Outgoing, error: SendError) -> None:
        delivery = outgoing.delivery
        if error.uncertain:
            await self._doubt(outgoing, str(error))
        elif error.permanent or delivery.attempts >= TRIES:
            await self._finish(delivery, DeliveryState.FAILED, error=str(error))
        else:
            wait = error.retry_after or 2.0**delivery.attempts
            await self._put_back(delivery, str(error), wait)

    async def _settle(self, delivery: Delivery) -> None:
        """A worker died between claiming and recording: it may have gone."""
        await self._doubt(await self._outgoing(delivery), "interrupted while it was sent")

    async def _doubt(self, outgoing: Outgoing, error: str) -> None:
        """The inbox's rule: send again, or leave it to an agent."""
        if outgoing.inbox.settings.get("uncertain") == "send_again":
            await self._put_back(outgoing.delivery, error, 2.0**outgoing.delivery.attempts)
        else:
            await self._finish(outgoing.delivery, DeliveryState.UNCERTAIN, error=error)

    async def _outgoing(self, delivery: Delivery) -> Outgoing:
        async with self._store.read() as connection:
            found = await messages.by_ids(connection, [delivery.message_id])
            return Outgoing(
                delivery=delivery,
                message=found[delivery.message_id],
                address=await contacts.address(connection, delivery.address_id),
                inbox=await inboxes.get(connection, delivery.inbox_id),
            )

    async def _put_back(self, delivery: Delivery, error: str, wait_s: float) -> None:
        now = self._clock()
        due = now + timedelta(seconds=wait_s)
        await self._store.write(
            lambda tx: deliveries.put_back(tx, delivery, due, error, now), key="outbox"
        )

    async def _finish(
        self,
        delivery: Delivery,
        state: DeliveryState,
        *,
        external_id: ExternalId | None = None,
        error: str | None = None,
    ) -> None:
        now = self._clock()

        async def unit(tx: Tx) -> None:
            if await deliveries.finish(
                tx, delivery, state, now, external_id=external_id, error=error
            ):
                tx.tell(_changed(delivery, state, error, now))

        await self._store.write(unit, key="outbox")


def _after(conversation: Conversation, message: Message) -> Conversation:
    """The conversation with one message more; an answer ends the customer's wait.

    What the system says is nobody's last word and no answer.
    """
    after = replace(conversation, last_seq=message.seq, updated_at=message.at)
    if message.kind is MessageKind.NOTE:
        return after
    if message.author.kind is AuthorKind.SYSTEM:
        return after
    return replace(after, last_message=preview(message), waiting_since=None)


def _changed(delivery: Delivery, state: DeliveryState, error: str | None, at: datetime) -> Event:
    return Event(
        kind=EventKind.DELIVERY_CHANGED,
        actor=SYSTEM,
        at=at,
        conversation_id=delivery.conversation_id,
        data={
            "message_id": delivery.message_id,
            "delivery_id": delivery.id,
            "state": state.value,
            "error": error,
            "attempts": delivery.attempts,
        },
    )


async def _wait(bell: asyncio.Event, seconds: float) -> None:
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(bell.wait(), seconds)
