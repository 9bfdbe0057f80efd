"""What a visitor does, by socket or by HTTP alike: checked against the store, then received."""

from __future__ import annotations

from datetime import datetime

from channels.chat.convert import Context, inbound_of
from channels.chat.frames import AskForPerson, Choose, Say, Words
from channels.chat.settings import ChatSettings
from channels.chat.story import is_of
from gateway.clock import Clock
from gateway.errors import BadInput, NotFound, TooLarge
from gateway.events import Event, EventKind
from gateway.ids import AttachmentId, ConversationId, MessageId
from gateway.inbox import Inbox
from gateway.metrics import Metrics
from gateway.model.delivery import DeliveryState
from gateway.model.message import (
    MAX_TEXT,
    Author,
    AuthorKind,
    Button,
    Message,
    MessageKind,
    Received,
)
from gateway.model.visitor import Visitor
from gateway.store import attachments, conversations, deliveries, messages
from gateway.store.store import Store
from gateway.store.tx import Tx


class Incoming:
    """The way in for web chat visitors."""

    def __init__(self, store: Store, inbox: Inbox, clock: Clock, metrics: Metrics) -> None:
        self._store = store
        self._inbox = inbox
        self._clock = clock
        self._metrics = metrics

    async def receive(self, visitor: Visitor, settings: ChatSettings, words: Words) -> Received:
        """Store what the visitor says; when this returns it may be acknowledged.

        Said again under the same `client_id`, it is answered with what was stored first.
        Raises BadInput, TooLarge or NotFound, and then nothing was stored.
        """
        context = Context(
            visitor=visitor,
            locale=locale_of(visitor, settings),
            reopen_within_s=settings.reopen_within_s,
            at=self._clock(),
            buttons=await self._check(visitor, words),
        )
        with self._metrics.receive_seconds.labels("chat").time():
            received = await self._inbox.receive(inbound_of(words, context))
        result = "duplicate" if received.duplicate else "stored"
        self._metrics.received.labels("chat", result).inc()
        return received

    async def read(self, visitor: Visitor, id: ConversationId, seq: int) -> None:
        """The visitor has seen everything up to this number."""
        now = self._clock()

        async def unit(tx: Tx) -> None:
            moved = await deliveries.advance(
                tx, visitor.address.id, id, seq, DeliveryState.READ, now
            )
            if moved:
                tx.tell(_read(visitor, id, seq, moved, now))

        await self._store.write(unit, key=visitor.address.peer)

    async def _check(self, visitor: Visitor, words: Words) -> tuple[Button, ...]:
        """The buttons of the message that a press refers to."""
        match words:
            case Say():
                await self._check_say(visitor, words)
            case Choose():
                return await self._pressed(visitor, words)
            case AskForPerson():
                pass
        return ()

    async def _check_say(self, visitor: Visitor, say: Say) -> None:
        if len(say.text) > MAX_TEXT:
            raise TooLarge("text", MAX_TEXT, "characters")
        if not say.text.strip() and not say.attachments:
            raise BadInput("text", "must not be empty without an attachment")
        if say.attachments:
            await self._check_attachments(visitor, say)
        if say.reply_to is not None:
            await self._shown(visitor, MessageId(say.reply_to))

    async def _check_attachments(self, visitor: Visitor, say: Say) -> None:
        """Each is the visitor's own, and no other message of his carries it."""
        wanted = {AttachmentId(id) for id in say.attachments}
        async with self._store.read() as connection:
            found = await attachments.by_ids(connection, wanted)
            carriers = {each.message_id for each in found.values() if each.message_id}
            carrying = await messages.by_ids(connection, carriers) if carriers else {}
        mine = [each for each in found.values() if each.address_id == visitor.address.id]
        if len(mine) != len(wanted):
            raise BadInput("attachments", "ids of files that you uploaded")
        if any(each.client_id != say.client_id for each in carrying.values()):
            raise BadInput("attachments", "files that no other message carries")

    async def _pressed(self, visitor: Visitor, choose: Choose) -> tuple[Button, ...]:
        """The buttons of a message in the conversation going on; another's are long past."""
        message = await self._shown(visitor, MessageId(choose.message_id))
        async with self._store.read() as connection:
            current = await conversations.latest(connection, visitor.contact.id, visitor.inbox.id)
        if current is None or message.conversation_id != current.id:
            raise NotFound("message", message.id)
        if choose.value not in [each.value for each in message.buttons]:
            raise BadInput("value", "the value of one of this message's buttons")
        return message.buttons

    async def _shown(self, visitor: Visitor, id: MessageId) -> Message:
        """A message that this visitor was shown. Raises NotFound."""
        async with self._store.read() as connection:
            message = (await messages.by_ids(connection, [id])).get(id)
            if message is None or message.kind is not MessageKind.MESSAGE:
                raise NotFound("message", id)
            conversation = await conversations.get(connection, message.conversation_id)
        if not is_of(visitor, conversation):
            raise NotFound("message", id)
        return message


def locale_of(visitor: Visitor, settings: ChatSettings) -> str:
    return visitor.locale or visitor.contact.locale or settings.locale


def _read(
    visitor: Visitor,
    id: ConversationId,
    seq: int,
    moved: list[MessageId],
    now: datetime,
) -> Event:
    return Event(
        kind=EventKind.READ_BY_CUSTOMER,
        actor=Author(kind=AuthorKind.CUSTOMER, id=visitor.contact.id, name=visitor.contact.name),
        at=now,
        conversation_id=id,
        contact_id=visitor.contact.id,
        data={"seq": seq, "message_id": max(moved), "message_ids": sorted(moved)},
    )
