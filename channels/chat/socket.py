"""The WebSocket of one page: a reader that obeys frames, and a feed that tells the news.

Frames are handled one after the other, so a visitor's messages keep their order. Nothing
here grows with a slow page: what it does not take stays in the hub's bounded box, and
from there on in the store.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import structlog
from aiohttp import WSMessage, WSMsgType, web

from channels.chat.convert import done_frame, error_frame
from channels.chat.feed import Feed, Sources
from channels.chat.frames import (
    MAX_FRAME,
    AskForPerson,
    Choose,
    Frame,
    Hello,
    LeaveAddress,
    Ping,
    Rate,
    Read,
    Say,
    Typing,
    Words,
    client_id_of,
    read_frame,
)
from channels.chat.gate import Admitted, Gate
from channels.chat.incoming import Incoming
from channels.chat.story import Have
from channels.chat.wire import Wire
from channels.chat.wishes import Wishes
from gateway.errors import (
    BadInput,
    NotAllowed,
    NotFound,
    NotSignedIn,
    PeykError,
    StoreUnavailable,
    TooLarge,
    TooMany,
)
from gateway.hub import Hub, Listener, about_contact
from gateway.hub import Typing as TypingNews
from gateway.ids import ConversationId
from gateway.model.message import Author, AuthorKind

HELLO_WITHIN = 10.0
WRONG_HELLOS = 20
TYPING_EVERY = 1.0

GOING_AWAY = 1001
BROKEN = 1011
TRY_AGAIN = 1013
UNAUTHORIZED = 4401
TOO_MANY = 4429

log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True, kw_only=True)
class Shared:
    """What all sockets work with."""

    gate: Gate
    incoming: Incoming
    wishes: Wishes
    hub: Hub
    sources: Sources


class Socket:
    """One connection, from its handshake to its end."""

    def __init__(self, shared: Shared, request: web.Request) -> None:
        self._shared = shared
        self._request = request
        self._typed: tuple[bool, float] = (False, 0.0)
        self.wire = Wire(request)
        self.feed: Feed | None = None

    async def serve(self) -> web.WebSocketResponse:
        """Talk until either side ends it."""
        await self.wire.open()
        try:
            await self._talk()
        except ConnectionError:
            pass
        except StoreUnavailable:
            await self.wire.close(TRY_AGAIN, "try again in a moment")
        except Exception:
            log.exception("socket broke")
            await self.wire.close(BROKEN, "something went wrong on our side")
        finally:
            self.wire.let_go()
        return self.wire.response

    async def _talk(self) -> None:
        try:
            async with asyncio.timeout(HELLO_WITHIN):
                hello = await self._hello()
            if hello is None:
                return
            admitted = await self._shared.gate.admit(hello.token, self._request)
            with self._shared.gate.place(admitted):
                await self._talk_with(admitted, hello)
        except TimeoutError:
            await self._refuse(NotSignedIn("say hello first"), UNAUTHORIZED)
        except (NotSignedIn, NotAllowed, NotFound) as error:
            await self._refuse(NotSignedIn(str(error)), UNAUTHORIZED)
        except TooMany as error:
            await self._refuse(error, TOO_MANY)

    async def _hello(self) -> Hello | None:
        """The first good frame, which must be a hello; None when the page went away."""
        for _ in range(WRONG_HELLOS):
            message = await self.wire.receive()
            if message is None:
                return None
            try:
                frame = _frame_in(message)
            except (BadInput, TooLarge) as error:
                await self.wire.send(error_frame(error, client_id_of(message.data)))
                continue
            if isinstance(frame, Hello):
                return frame
            raise NotSignedIn("say hello first")
        raise TooMany("frames", 10)

    async def _talk_with(self, admitted: Admitted, hello: Hello) -> None:
        feed = Feed(self._shared.sources, admitted.visitor, admitted.settings, self.wire.send)
        with self._shared.hub.listen(about_contact(admitted.visitor.contact.id)) as listener:
            await feed.begin(self._have(hello))
            self.feed = feed
            telling = asyncio.create_task(self._tell(feed, listener))
            try:
                await self._read(admitted, feed)
            finally:
                self.feed = None
                telling.cancel()
                await asyncio.gather(telling, return_exceptions=True)

    async def _tell(self, feed: Feed, listener: Listener) -> None:
        try:
            await feed.run(listener)
        except ConnectionError:
            self.wire.cut()
        except StoreUnavailable:
            await self.wire.close(TRY_AGAIN, "try again in a moment")
        except Exception:
            log.exception("feed broke")
            await self.wire.close(BROKEN, "something went wrong on our side")

    async def _read(self, admitted: Admitted, feed: Feed) -> None:
        """Handle frames until the page goes. Raises TooMany for a flood."""
        while (message := await self.wire.receive()) is not None:
            self._shared.gate.frame(admitted)
            admitted = await self._shared.gate.refreshed(admitted)
            feed.settings = admitted.settings
            await self._handle(admitted, feed, message)

    async def _handle(self, admitted: Admitted, feed: Feed, message: WSMessage) -> None:
        """Obey one frame, or say what is wrong with it; either way the talk goes on."""
        try:
            await self._obey(admitted, feed, _frame_in(message))
        except PeykError as error:
            await self.wire.send(error_frame(error, client_id_of(message.data)))
        except ConnectionError:
            raise
        except Exception:
            log.exception("a frame was not understood by its handler")
            broken = StoreUnavailable("a bug")
            await self.wire.send(error_frame(broken, client_id_of(message.data)))

    async def _obey(self, admitted: Admitted, feed: Feed, frame: Frame) -> None:
        match frame:
            case Say() | Choose() | AskForPerson():
                await self._receive(admitted, feed, frame)
            case Typing():
                self._show_typing(feed, frame.on)
            case Read():
                await self._note_read(feed, frame)
            case LeaveAddress() | Rate():
                await self._note_wish(admitted, feed, frame)
            case Ping():
                await self.wire.send({"type": "pong"})
            case _:
                raise BadInput("type", "hello was said already")

    async def _receive(self, admitted: Admitted, feed: Feed, words: Words) -> None:
        """Store, then acknowledge: never the other way round."""
        self._shared.gate.message(admitted)
        feed.expect_own(words.client_id)
        try:
            received = await self._shared.incoming.receive(feed.visitor, admitted.settings, words)
        except BaseException:
            feed.forget_own(words.client_id)
            raise
        await feed.acknowledge(words.client_id, received)

    def _show_typing(self, feed: Feed, on: bool) -> None:
        """To agents; often repeated it says nothing new."""
        now = asyncio.get_running_loop().time()
        if feed.current is None or (self._typed[0] == on and now - self._typed[1] < TYPING_EVERY):
            return
        self._typed = (on, now)
        contact = feed.visitor.contact
        news = TypingNews(
            conversation_id=feed.current.id,
            contact_id=contact.id,
            author=Author(kind=AuthorKind.CUSTOMER, id=contact.id, name=contact.name),
            on=on,
        )
        self._shared.hub.publish(about_contact(contact.id), news)

    async def _note_read(self, feed: Feed, frame: Read) -> None:
        id = frame.conversation_id or (feed.current.id if feed.current else None)
        if id is None:
            return
        if not feed.knows(id):
            raise NotFound("conversation", id)
        if feed.is_current(id):
            if frame.seq <= feed.read_upto:
                return
            feed.read_upto = frame.seq
        await self._shared.incoming.read(feed.visitor, ConversationId(id), frame.seq)

    async def _note_wish(self, admitted: Admitted, feed: Feed, frame: LeaveAddress | Rate) -> None:
        """No message, so its ack has no number."""
        self._shared.gate.message(admitted)
        id = await self._shared.wishes.note(feed.visitor, admitted.settings, frame)
        await self.wire.send(done_frame(frame.client_id, id))

    async def _refuse(self, error: PeykError, code: int) -> None:
        await self.wire.send(error_frame(error))
        await self.wire.close(code, str(error))

    def _have(self, hello: Hello) -> Have:
        return Have(
            since=_since(hello, self._request),
            conversation_id=hello.conversation_id,
            epoch=hello.epoch,
            recent=hello.recent,
        )


def _frame_in(message: WSMessage) -> Frame:
    """Raises BadInput or TooLarge."""
    if message.type is not WSMsgType.TEXT:
        raise BadInput("frame", "text, not binary")
    if len(message.data) > MAX_FRAME:
        raise TooLarge("frame", MAX_FRAME)
    return read_frame(message.data)


def _since(hello: Hello, request: web.Request) -> int:
    """The hello's number, else the address's (`?since=`), else 0."""
    if hello.since is not None:
        return hello.since
    given = request.query.get("since", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0
