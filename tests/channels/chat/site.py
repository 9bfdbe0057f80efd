"""A web chat over real sockets: the gateway's side, pages of visitors, the bot and agents."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from uuid import uuid4

import sqlalchemy as sa
from aiohttp import ClientSession, ClientWebSocketResponse, WSMsgType, web
from aiohttp.test_utils import TestServer

from channels.chat.channel import ChatChannel
from channels.chat.routes import CHAT, routes
from gateway.clock import Clock
from gateway.events import Event, EventKind
from gateway.files import FolderFiles
from gateway.hub import LocalHub
from gateway.ids import AgentId, ConversationId, InboxId, new_id
from gateway.inbox import Inbox as WayIn
from gateway.metrics import Metrics
from gateway.model.agent import Agent, Presence, Role
from gateway.model.conversation import Conversation
from gateway.model.inbox import Inbox
from gateway.model.message import (
    Author,
    AuthorKind,
    Button,
    Draft,
    Message,
    MessageKind,
)
from gateway.outbox import Outbox
from gateway.parts import Parts
from gateway.store import agents, conversations, deliveries, inboxes, messages, tables, turns
from gateway.store.store import Store
from gateway.store.tx import Tx
from gateway.web import keys
from gateway.web.headers import guard, preflight
from gateway.web.problem import problems
from gateway.web.route import mount
from gateway.web.site import Site
from handoff.desk import Desk

MAX_FILE = 64 * 1024
SOON = 5.0
BOT = Author(kind=AuthorKind.BOT, name="Peyk")

Frame = dict[str, Any]


def client_id() -> str:
    return str(uuid4())


@dataclass(kw_only=True)
class ChatSite:
    """One gateway that serves the chat, and those who act behind it."""

    store: Store
    hub: LocalHub
    inbox: Inbox
    clock: Clock
    chat: ChatChannel
    app: web.Application
    server: TestServer
    session: ClientSession
    outbox: Outbox
    desk: Desk

    def page(self, **headers: str) -> Page:
        return Page(site=self, headers=headers)

    async def visit(self, **body: Any) -> Page:
        """A page with a session."""
        page = self.page()
        status, said = await page.open_session(**body)
        assert status == 201, said
        return page

    async def say_as_bot(
        self, id: str, text: str, *, buttons: tuple[Button, ...] = (), author: Author = BOT
    ) -> Message:
        return await self._post(id, Draft(author=author, text=text, buttons=buttons))

    async def hand_off(self, id: str, queue_id: Any = None) -> None:
        """As the bot does it: the owner changes, and the customer is told."""
        now = self.clock()

        async def unit(tx: Tx) -> None:
            before = await conversations.lock(tx, ConversationId(id))
            after = before.ask_for_person(queue_id or self.inbox.queue_id, now)
            await conversations.save(tx, before, after)
            await turns.drop_open(tx, before.id, "handed off", now)
            tx.tell(
                Event(
                    kind=EventKind.HANDED_OFF,
                    actor=BOT,
                    at=now,
                    conversation_id=after.id,
                    contact_id=after.contact_id,
                )
            )

        await self.store.write(unit)

    async def agent(self, name: str = "Nasrin", role: Role = Role.AGENT) -> Agent:
        agent = Agent(
            id=AgentId(new_id()),
            name=name,
            email=f"{name.lower()}@example.com",
            role=role,
            presence=Presence.ONLINE,
            locale=None,
            disabled=False,
            created_at=self.clock(),
        )
        await self.store.write(lambda tx: agents.insert(tx, agent, "no hash"))
        return agent

    async def change_settings(self, **settings: Any) -> None:
        await self.store.write(lambda tx: inboxes.change(tx, self.inbox.id, settings=settings))

    async def tell_inbox_changed(self) -> None:
        event = Event(
            kind=EventKind.INBOX_CHANGED,
            actor=BOT,
            at=self.clock(),
            data={"inbox_id": self.inbox.id, "changed": ["settings"]},
        )

        async def unit(tx: Tx) -> None:
            tx.tell(event)

        await self.store.write(unit)

    async def other_inbox(self, key: str, **settings: Any) -> Inbox:
        other = replace(self.inbox, id=InboxId(new_id()), key=key, name=key, settings=settings)
        await self.store.write(lambda tx: inboxes.insert(tx, other))
        return other

    async def conversation(self, id: str) -> Conversation:
        async with self.store.read() as connection:
            return await conversations.get(connection, ConversationId(id))

    async def messages(self, id: str, *, notes: bool = False) -> list[Message]:
        async with self.store.read() as connection:
            return await messages.since(connection, ConversationId(id), limit=100_000, notes=notes)

    async def delivery_states(self, id: str) -> list[str]:
        """Of the messages that went out, in their order."""
        found = [each.id for each in await self.messages(id)]
        async with self.store.read() as connection:
            rows = await deliveries.of_messages(connection, found)
        return [rows[each].state.value for each in found if each in rows]

    async def count(self, table: sa.Table) -> int:
        async with self.store.read() as connection:
            statement = sa.select(sa.func.count()).select_from(table)
            return int((await connection.execute(statement)).scalar_one())

    async def _post(self, id: str, draft: Draft) -> Message:
        now = self.clock()

        async def unit(tx: Tx) -> Message:
            before = await conversations.lock(tx, ConversationId(id))
            after, message = await self.outbox.post(tx, before, draft, now)
            await conversations.save(tx, before, after)
            return message

        return await self.store.write(unit)

    async def note(self, id: str, agent: Agent, text: str) -> Message:
        author = Author(kind=AuthorKind.AGENT, id=agent.id, name=agent.name)
        return await self._post(id, Draft(author=author, text=text, kind=MessageKind.NOTE))


@dataclass(kw_only=True)
class Page:
    """A visitor's page: its session's token and its HTTP calls."""

    site: ChatSite
    headers: Mapping[str, str] = field(default_factory=dict)
    token: str = ""
    contact_id: str = ""

    async def open_session(self, **body: Any) -> tuple[int, Frame]:
        """Resumes if there is a token already."""
        given = {"inbox": self.site.inbox.key, **body}
        status, said = await self.call("POST", "/sessions", json=given)
        if status == 201:
            self.token, self.contact_id = said["token"], said["contact_id"]
        return status, said

    async def call(self, method: str, path: str, **given: Any) -> tuple[int, Any]:
        """Status and JSON of a request under /chat/v1."""
        headers = {**self.headers, **given.pop("headers", {})}
        if self.token and "Authorization" not in headers:
            headers["Authorization"] = f"Bearer {self.token}"
        url = self.site.server.make_url(f"/chat/v1{path}")
        async with self.site.session.request(method, url, headers=headers, **given) as response:
            raw = await response.read()
            is_json = "json" in response.content_type
            return response.status, json.loads(raw) if is_json else raw

    async def say(self, text: str, id: str | None = None, **more: Any) -> Frame:
        """By HTTP."""
        body = {"client_id": id or client_id(), "text": text, **more}
        status, said = await self.call("POST", "/messages", json=body)
        assert status in (200, 201), said
        return dict(said)

    def socket(self, **hello: Any) -> Line:
        return Line(page=self, hello=hello)

    def raw_socket(self, **headers: str) -> Any:
        url = self.site.server.make_url("/chat/v1/socket")
        return self.site.session.ws_connect(
            url, headers={**self.headers, **headers}, max_msg_size=0
        )


class Line:
    """A page's open WebSocket; used as `async with page.socket() as line`."""

    def __init__(self, *, page: Page, hello: Mapping[str, Any]) -> None:
        self.page = page
        self.hello = {"type": "hello", "token": page.token, **hello}
        self.ready: Frame = {}
        self.seen: list[Frame] = []
        self._socket: ClientWebSocketResponse | None = None

    async def __aenter__(self) -> Self:
        self._socket = await self.page.raw_socket()
        await self.send(self.hello)
        self.ready = await self.get("ready")
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.socket.close()

    @property
    def socket(self) -> ClientWebSocketResponse:
        assert self._socket is not None
        return self._socket

    @property
    def texts(self) -> list[str]:
        return [each["text"] for each in self.seen if each["type"] == "message"]

    async def send(self, frame: Frame | bytes | str) -> None:
        if isinstance(frame, bytes):
            await self.socket.send_bytes(frame)
        else:
            text = frame if isinstance(frame, str) else json.dumps(frame)
            await self.socket.send_str(text)

    async def next(self) -> Frame:
        """The next frame, whatever it is."""
        async with asyncio.timeout(SOON):
            message = await self.socket.receive()
        if message.type is not WSMsgType.TEXT:
            raise ConnectionResetError(f"closed with {self.socket.close_code}")
        frame: Frame = json.loads(message.data)
        self.seen.append(frame)
        return frame

    async def get(self, kind: str, **fields: Any) -> Frame:
        """The next frame of this kind with these values; what comes before is passed over."""
        while True:
            frame = await self.next()
            if frame["type"] == kind and fields.items() <= frame.items():
                return frame

    async def silence(self, seconds: float = 0.3) -> list[Frame]:
        """What came in this time."""
        came: list[Frame] = []
        try:
            async with asyncio.timeout(seconds):
                while True:
                    came.append(await self.next())
        except TimeoutError:
            return came

    async def say(self, text: str, id: str | None = None, **more: Any) -> Frame:
        """Send a message and wait for its ack."""
        id = id or client_id()
        await self.send({"type": "message", "client_id": id, "text": text, **more})
        return await self.get("ack", client_id=id)

    async def closed(self) -> int:
        """The code with which the server closes."""
        async with asyncio.timeout(SOON):
            while True:
                message = await self.socket.receive()
                if message.type is WSMsgType.TEXT:
                    self.seen.append(json.loads(message.data))
                else:
                    assert self.socket.close_code is not None
                    return self.socket.close_code


@asynccontextmanager
async def serving(
    store: Store, hub: LocalHub, inbox: Inbox, clock: Clock, folder: Path
) -> AsyncIterator[ChatSite]:
    """The chat as the gateway wires it, on a port of its own."""
    chat = ChatChannel(
        Parts(
            store=store,
            hub=hub,
            inbox=WayIn(store, ring=lambda: None),
            files=FolderFiles(folder),
            clock=clock,
            metrics=Metrics(),
            max_attachment_bytes=MAX_FILE,
        )
    )
    app = web.Application(middlewares=[problems, preflight])
    guard(app)
    app[keys.STORE], app[keys.HUB], app[keys.CLOCK] = store, hub, clock
    app[keys.SITE] = Site()
    app[CHAT] = chat
    mount(app, "/chat/v1", routes)
    app.cleanup_ctx.append(chat.running)
    app.on_shutdown.append(chat.close)
    outbox = Outbox(store, {"chat": chat}, clock)
    server = TestServer(app)
    async with server, ClientSession() as session:
        yield ChatSite(
            store=store,
            hub=hub,
            inbox=inbox,
            clock=clock,
            chat=chat,
            app=app,
            server=server,
            session=session,
            outbox=outbox,
            desk=Desk(store, outbox, clock),
        )


TABLES = (tables.messages, tables.contacts, tables.conversations, tables.journal)
"""What a refused frame must not touch."""
