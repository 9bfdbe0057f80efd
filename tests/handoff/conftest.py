"""A desk on a real store, agents of each role, and customers who write."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import orjson
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from argon2 import PasswordHasher
from pydantic import BaseModel, ConfigDict

from gateway.channel import Outgoing, Sent
from gateway.clock import Clock
from gateway.events import Event, EventKind
from gateway.files import FolderFiles
from gateway.hub import LocalHub
from gateway.ids import AgentId, ConversationId, ExternalId, HandoffId, Peer, QueueId, new_id
from gateway.metrics import Metrics
from gateway.model.agent import Agent, Presence, Role
from gateway.model.conversation import Conversation
from gateway.model.handoff import Handoff
from gateway.model.inbox import Inbox, Queue
from gateway.model.message import Author, AuthorKind, Inbound
from gateway.model.session import Token
from gateway.model.turn import Guess
from gateway.outbox import Outbox
from gateway.store import agents, conversations, events, handoffs, inboxes, tokens, turns
from gateway.store.store import Store
from gateway.store.tx import Tx
from gateway.web import auth, keys
from gateway.web.headers import guard, preflight
from gateway.web.problem import problems
from gateway.web.route import mount
from gateway.web.site import Site
from handoff.agents import AGENTS, Agents
from handoff.attendance import ATTENDANCE, Attendance
from handoff.desk import DESK, Desk
from handoff.feed import FEED, Feed
from handoff.passwords import Passwords
from handoff.routes import routes
from handoff.routes.inboxes import CHANNELS
from handoff.signin import SIGN_IN, SignIn

BOT_AUTHOR = Author(kind=AuthorKind.BOT)


class FetchedChannel:
    """A channel like the web chat: customers fetch, so nothing is ever sent from here."""

    kind = "chat"
    customers_fetch = True

    async def send(self, outgoing: Outgoing) -> Sent:
        raise AssertionError("nothing is sent on this channel")


@pytest.fixture
def outbox(store: Store, clock: Clock) -> Outbox:
    return Outbox(store, {"chat": FetchedChannel()}, clock)


@pytest.fixture
def desk(store: Store, outbox: Outbox, clock: Clock) -> Desk:
    return Desk(store, outbox, clock)


MakeAgent = Callable[..., Awaitable[Agent]]


@pytest.fixture
def make_agent(store: Store, clock: Clock) -> MakeAgent:
    async def make(name: str = "Sara", role: Role = Role.AGENT, *, disabled: bool = False) -> Agent:
        agent = Agent(
            id=AgentId(new_id()),
            name=name,
            email=f"{new_id()}@example.com",
            role=role,
            presence=Presence.ONLINE,
            locale=None,
            disabled=disabled,
            created_at=clock(),
        )

        async def unit(tx: Tx) -> None:
            await agents.insert(tx, agent, "no password")
            if disabled:
                await agents.change(tx, agent.id, disabled_at=clock())

        await store.write(unit)
        return agent

    return make


@pytest.fixture
async def sara(make_agent: MakeAgent) -> Agent:
    return await make_agent("Sara")


@pytest.fixture
async def omid(make_agent: MakeAgent) -> Agent:
    return await make_agent("Omid")


@pytest.fixture
async def boss(make_agent: MakeAgent) -> Agent:
    return await make_agent("Boss", Role.SUPERVISOR)


@pytest.fixture
async def sales(store: Store, clock: Clock) -> Queue:
    """A second queue."""
    queue = Queue(
        id=QueueId(new_id()), name="Sales", is_default=False, disabled=False, created_at=clock()
    )
    await store.write(lambda tx: inboxes.insert_queue(tx, queue))
    return queue


@dataclass
class Customers:
    """What customers and the bot do, so that agents have something to do."""

    store: Store
    inbox: Inbox
    clock: Clock
    numbers: count[int]

    async def write(self, peer: str = "", text: str = "salam") -> ConversationId:
        """A message of this visitor, or of a new one."""
        number = next(self.numbers)
        received = await self.store.receive(
            Inbound(
                inbox_id=self.inbox.id,
                peer=Peer(peer or f"visitor {number}"),
                external_id=ExternalId(f"m{number}"),
                text=text,
                at=self.clock(),
                payload={"text": text},
                language="en",
            )
        )
        return received.conversation_id

    async def wait(self, peer: str = "", text: str = "a person, please") -> ConversationId:
        """A visitor whom the bot handed off, waiting in the inbox's queue."""
        id = await self.write(peer, text)
        await self.store.write(lambda tx: self._hand_off(tx, id))
        return id

    async def now(self, id: ConversationId) -> Conversation:
        async with self.store.read() as connection:
            return await conversations.get(connection, id)

    async def handoffs(self, id: ConversationId) -> list[Handoff]:
        async with self.store.read() as connection:
            return await handoffs.of_conversation(connection, id)

    async def events(self, id: ConversationId | None = None) -> list[Event]:
        async with self.store.read() as connection:
            return await events.since(connection, 0, conversation_id=id, limit=100_000)

    async def _hand_off(self, tx: Tx, id: ConversationId) -> None:
        before = await conversations.lock(tx, id)
        after = before.ask_for_person(self.inbox.queue_id, self.clock())
        handoff = Handoff(
            id=HandoffId(new_id()),
            conversation_id=id,
            reason="asked_for_person",
            explanation="The customer asked for a person.",
            at=self.clock(),
            waiting_since=after.waiting_since or self.clock(),
            queue_id=self.inbox.queue_id,
            from_seq=after.last_seq,
            guesses=(Guess(name="order_status", confidence=0.4, title="Where is my order?"),),
            slots=after.slots,
        )
        await handoffs.insert(tx, handoff)
        await turns.drop_open(tx, id, "handed off", self.clock())
        await conversations.save(tx, before, after)
        tx.tell(
            Event(
                kind=EventKind.HANDED_OFF,
                actor=BOT_AUTHOR,
                at=self.clock(),
                conversation_id=id,
                contact_id=before.contact_id,
                data={"reason": handoff.reason},
            )
        )


@pytest.fixture
def customers(store: Store, inbox: Inbox, clock: Clock) -> Customers:
    return Customers(store, inbox, clock, count(1))


@dataclass
class Browser:
    """One browser, or program, of one agent."""

    client: TestClient[web.Request, web.Application]
    headers: dict[str, str]

    async def call(self, method: str, path: str, **given: Any) -> tuple[int, Any]:
        """Status and JSON of one request under /api/v1."""
        headers = {**self.headers, **given.pop("headers", {})}
        async with self.client.request(
            method, f"/api/v1{path}", headers=headers, **given
        ) as response:
            raw = await response.read()
            return response.status, orjson.loads(raw) if raw else None

    async def get(self, path: str, **params: Any) -> Any:
        status, said = await self.call("GET", path, params=params)
        assert status == 200, said
        return said

    async def post(self, path: str, body: Any = None, expect: int = 200) -> Any:
        status, said = await self.call("POST", path, json={} if body is None else body)
        assert status == expect, said
        return said


@pytest.fixture
async def feed(store: Store, hub: LocalHub) -> AsyncIterator[Feed]:
    feed = Feed(store, hub)
    running = asyncio.create_task(feed.run())
    yield feed
    running.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await running


@pytest.fixture
async def server(
    store: Store, hub: LocalHub, clock: Clock, desk: Desk, feed: Feed, tmp_path: Path
) -> AsyncIterator[TestServer]:
    """The agents' API over real sockets."""
    app = web.Application(middlewares=[problems, preflight])
    passwords = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    app[keys.STORE] = store
    app[keys.HUB] = hub
    app[keys.CLOCK] = clock
    app[keys.SITE] = Site()
    app[keys.METRICS] = Metrics()
    app[keys.FILES] = FolderFiles(tmp_path / "files")
    app[keys.MAX_ATTACHMENT] = 100_000
    app[AGENTS] = Agents(store, hub, passwords, clock)
    app[SIGN_IN] = SignIn(store, passwords, clock)
    app[CHANNELS] = {"chat": ShopSettings.model_validate}
    app[DESK] = desk
    app[FEED] = feed
    app[ATTENDANCE] = Attendance(store, hub, clock)
    guard(app)
    mount(app, "/api/v1", routes)
    server = TestServer(app)
    await server.start_server()
    yield server
    feed.close()
    await server.close()


class ShopSettings(BaseModel):
    """Stands for a channel's settings."""

    model_config = ConfigDict(extra="forbid")
    greeting: str | None = None


SignedIn = Callable[[Agent], Awaitable[Browser]]


@pytest.fixture
async def signed_in(server: TestServer, store: Store, clock: Clock) -> AsyncIterator[SignedIn]:
    """A program with a personal token of the agent."""
    opened: list[TestClient[web.Request, web.Application]] = []

    async def sign_in(agent: Agent) -> Browser:
        secret = auth.TOKEN_PREFIX + auth.new_secret()
        token = Token(
            id=new_id(),
            agent_id=agent.id,
            name="test",
            created_at=clock(),
            last_used_at=clock(),
            expires_at=None,
        )
        await store.write(lambda tx: tokens.insert(tx, token, auth.hash_secret(secret)))
        client = TestClient(server)
        opened.append(client)
        return Browser(client, {"Authorization": f"Bearer {secret}"})

    yield sign_in
    for client in opened:
        await client.session.close()


@pytest.fixture
async def admin(make_agent: MakeAgent) -> Agent:
    return await make_agent("Admin", Role.ADMIN)
