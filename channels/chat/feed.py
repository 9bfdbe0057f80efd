"""What one socket is told: its visitor's conversations, in order, each thing once.

The listener is opened before the store is read, so nothing falls between. A message that
comes live is told only if it is the next one; otherwise the store is read from where the
page is. The hub may lose or reorder news without harm: the numbers show it.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from channels.chat.convert import (
    JsonObject,
    Link,
    ack_frame,
    message_frame,
    ready_frame,
    receipt_frame,
    state_frame,
    typing_frame,
)
from channels.chat.receipts import Receipts
from channels.chat.settings import ChatSettings
from channels.chat.standing import TELLING, opening_of, read_standing
from channels.chat.story import Have, find_start, is_of, read_page
from gateway.clock import Clock
from gateway.events import Event, EventKind
from gateway.hub import Listener, News, Overrun, Typing
from gateway.ids import ConversationId
from gateway.model.conversation import Conversation, State
from gateway.model.message import AuthorKind, Message, MessageKind, Received
from gateway.model.visitor import Visitor
from gateway.store import contacts, conversations
from gateway.store.store import Store

LOOK_EVERY = 60.0
"""Seconds without news after which the store is looked at anyway."""

TYPING_EVERY = 1.0
"""Seconds between two equal signs of typing."""

OWN = 1_000
"""How many of a socket's own messages are remembered, to be acknowledged only."""

Send = Callable[[JsonObject], Awaitable[None]]


@dataclass(frozen=True, kw_only=True)
class Sources:
    """What all sockets' feeds draw from."""

    store: Store
    clock: Clock
    link: Link
    receipts: Receipts


class Feed:
    """Tells one socket. `begin` once, then `run` until cancelled."""

    def __init__(
        self, sources: Sources, visitor: Visitor, settings: ChatSettings, send: Send
    ) -> None:
        self._sources = sources
        self._store = sources.store
        self._send = send
        self._told: dict[ConversationId, int] = {}
        self._own: OrderedDict[str, bool] = OrderedDict()
        self._unread: Message | None = None
        self._standing: JsonObject | None = None
        self._typed: tuple[JsonObject, float] | None = None
        self._one_at_a_time = asyncio.Lock()
        self.visitor = visitor
        self.settings = settings
        self.current: Conversation | None = None
        self.read_upto = 0

    @property
    def waits(self) -> bool:
        """Whether the customer was last told that he stands in a queue."""
        return self._standing is not None and self._standing["state"] == State.WAITING.value

    def knows(self, id: str) -> bool:
        return id in self._told

    def is_current(self, id: str) -> bool:
        return self.current is not None and self.current.id == id

    def expect_own(self, client_id: str) -> None:
        """This socket said it: it is owed an ack, and gets no message."""
        self._own[client_id] = True
        if len(self._own) > OWN:
            self._own.popitem(last=False)

    def forget_own(self, client_id: str) -> None:
        """Nothing came of it."""
        self._own.pop(client_id, None)

    async def begin(self, have: Have) -> None:
        """Greet, and say how things stand."""
        start = await find_start(self._store, self.visitor, have)
        self.current = start.current
        self._told = start.after
        opening = opening_of(self.settings, self._sources.clock())
        await self._send(ready_frame(self.visitor, start.current, start.epoch, opening))
        if start.current is None:
            self._standing = state_frame(None, opening)
        await self._tell_standing()

    async def run(self, listener: Listener) -> None:
        """Tell what was missed, and then what happens."""
        async with self._one_at_a_time:
            for id in tuple(self._told):
                await self._catch_up(id)
        while True:
            news = await _next(listener)
            async with self._one_at_a_time:
                await self._hear(news)

    async def acknowledge(self, client_id: str, received: Received) -> None:
        """Tell the ack in its place: whoever has it has everything before it."""
        id, seq = received.conversation_id, received.seq
        async with self._one_at_a_time:
            if await self._may_tell(id, None) and self._told[id] < seq - 1:
                await self._catch_up(id)
            await self._pay_ack(client_id, received)

    async def look_at_queue(self) -> None:
        """Others ahead may have gone."""
        async with self._one_at_a_time:
            if self.waits:
                await self._tell_standing()

    async def _hear(self, news: News) -> None:
        match news:
            case Overrun():
                await self._look_again()
            case Typing():
                await self._hear_typing(news)
            case Event(kind=EventKind.MESSAGE_ADDED, conversation_id=str(id)):
                await self._hear_message(ConversationId(id), news.message)
            case Event(kind=kind, conversation_id=str(id)) if kind in TELLING:
                await self._hear_move(ConversationId(id), kind)
            case Event(kind=EventKind.READ_BY_CUSTOMER, conversation_id=str(id)):
                await self._hear_read(news)
            case Event(kind=EventKind.CONTACT_CHANGED):
                await self._look_at_contact()

    async def _hear_message(self, id: ConversationId, message: Message | None) -> None:
        if not await self._may_tell(id, message):
            return
        told = self._told[id]
        if message is not None and message.seq <= told:
            return
        if message is not None and message.seq == told + 1:
            await self._tell(message)
            self._told[id] = message.seq
        else:
            await self._catch_up(id)

    async def _hear_move(self, id: ConversationId, kind: EventKind) -> None:
        if self.current is None or id != self.current.id:
            return
        await self._tell_standing()
        if kind is EventKind.CLAIMED:
            await self._tell_read()

    async def _hear_typing(self, typing: Typing) -> None:
        if typing.author.kind is AuthorKind.CUSTOMER or not self.knows(typing.conversation_id):
            return
        frame = typing_frame(typing.author, typing.on)
        now = asyncio.get_running_loop().time()
        if self._typed and self._typed[0] == frame and now - self._typed[1] < TYPING_EVERY:
            return
        self._typed = (frame, now)
        await self._send(frame)

    async def _hear_read(self, event: Event) -> None:
        """Another tab has shown it; this one's own reading it knows."""
        seq = event.data["seq"]
        if self.current and event.conversation_id == self.current.id and seq > self.read_upto:
            self.read_upto = seq
            await self._send(receipt_frame(event.data["message_id"], seq))

    async def _look_again(self) -> None:
        """News were lost, or there were none for long: the store knows."""
        async with self._store.read() as connection:
            current = await conversations.latest(
                connection, self.visitor.contact.id, self.visitor.inbox.id
            )
        if current is not None:
            await self._may_tell(current.id, None)
        for id in tuple(self._told):
            await self._catch_up(id)
        await self._tell_standing()
        await self._look_at_contact()

    async def _look_at_contact(self) -> None:
        async with self._store.read() as connection:
            contact = await contacts.get(connection, self.visitor.contact.id)
        self.visitor = replace(self.visitor, contact=contact)

    async def _may_tell(self, id: ConversationId, message: Message | None) -> bool:
        """Whether it is a conversation of this visitor's; a new one becomes the current one."""
        if id in self._told:
            return True
        async with self._store.read() as connection:
            found = await conversations.get(connection, id)
        if not is_of(self.visitor, found):
            return False
        if self.current is None or found.number > self.current.number:
            await self._turn_to(found)
        else:
            self._told[id] = message.seq - 1 if message else found.last_seq
        return True

    async def _turn_to(self, new: Conversation) -> None:
        """The new conversation's story, after the last of the one before."""
        if self.current is not None:
            await self._catch_up(self.current.id)
        self.current = new
        self._told[new.id] = 0
        self.read_upto = 0
        await self._tell_standing()

    async def _catch_up(self, id: ConversationId) -> None:
        more = True
        while more:
            page = await read_page(self._store, id, self._told[id])
            for message in page.messages:
                await self._tell(message)
                self._told[id] = message.seq
            self._told[id] = max(page.upto, self._told[id])
            more = page.more

    async def _tell(self, message: Message) -> None:
        if message.kind is not MessageKind.MESSAGE:
            return
        is_customers = message.author.kind is AuthorKind.CUSTOMER
        said_as = message.client_id if is_customers else None
        if said_as is not None and said_as in self._own:
            # It is stored, so it may be acknowledged: what answers it must not come first.
            await self._pay_ack(said_as, message)
        else:
            await self._send(message_frame(message, self._sources.link))
        if is_customers:
            self._unread = message
            return
        self._sources.receipts.delivered(self.visitor.address, message.conversation_id, message.seq)
        if message.author.kind in (AuthorKind.BOT, AuthorKind.AGENT):
            await self._tell_read()

    async def _pay_ack(self, client_id: str, stored: Received | Message) -> None:
        if self._own.get(client_id, True):
            self._own[client_id] = False
            await self._send(ack_frame(client_id, stored))

    async def _tell_read(self) -> None:
        """Who answers has read what was said before."""
        unread, self._unread = self._unread, None
        if unread is not None:
            await self._send(receipt_frame(unread.id, unread.seq))

    async def _tell_standing(self) -> None:
        now = self._sources.clock()
        standing = (
            await read_standing(self._store, self.current.id, now, self.settings.rating)
            if self.current
            else None
        )
        frame = state_frame(standing, opening_of(self.settings, now))
        if frame != self._standing:
            self._standing = frame
            await self._send(frame)


async def _next(listener: Listener) -> News:
    try:
        async with asyncio.timeout(LOOK_EVERY):
            return await listener.get()
    except TimeoutError:
        return Overrun()
