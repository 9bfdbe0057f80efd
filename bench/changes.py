"""Changes at a steady rate, through the ways in that customers and agents have."""

from __future__ import annotations

import asyncio
import random
import time
import uuid
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

import aiohttp

from bench.crowd import Crowd, Customer
from gateway.clock import utc_now
from gateway.ids import AgentId, ConversationId, new_id
from gateway.model.agent import Agent, Presence, Role
from gateway.model.inbox import Inbox
from gateway.model.session import Token
from gateway.model.visitor import Visitor
from gateway.store import agents, contacts, conversations, tokens, visitor_sessions
from gateway.store.store import Store
from gateway.store.tx import Tx
from gateway.web.auth import TOKEN_PREFIX, hash_secret, new_secret

OF_TEN = {"message": 8, "claim": 1, "transfer": 1}
"""Of ten changes so many are a customer's message, a claim, a transfer back to the queue."""


class Changes:
    """Customers who write and an agent who works; `made` counts what was acknowledged."""

    def __init__(
        self,
        url: str,
        inbox: Inbox,
        writers: dict[str, Customer],
        agent: str,
        waiting: Sequence[ConversationId],
    ) -> None:
        self._url = url
        self._inbox = inbox
        self._writers = list(writers.items())
        self._agent = {"Authorization": f"Bearer {agent}"}
        self._waiting = list(waiting)
        self._held: list[ConversationId] = []
        self._random = random.Random(11)
        self.made = 0
        self.refused = 0

    @asynccontextmanager
    async def going_on(self, per_s: float) -> AsyncIterator[None]:
        """So many changes a second for as long as the block lasts."""
        async with aiohttp.ClientSession() as session:
            task = asyncio.create_task(self._go_on(session, per_s))
            try:
                yield
            finally:
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task

    async def _go_on(self, session: aiohttp.ClientSession, per_s: float) -> None:
        kinds = [kind for kind, share in OF_TEN.items() for _ in range(share)]
        due, under_way = time.perf_counter(), set[asyncio.Task[None]]()
        while True:
            task = asyncio.create_task(self._try(session, self._random.choice(kinds)))
            under_way.add(task)
            task.add_done_callback(under_way.discard)
            due += 1 / per_s
            await asyncio.sleep(max(0.0, due - time.perf_counter()))

    async def _try(self, session: aiohttp.ClientSession, kind: str) -> None:
        """A change that is cut short by the end of the measurement is nobody's mistake."""
        with suppress(aiohttp.ClientError):
            await self._one(session, kind)

    async def _one(self, session: aiohttp.ClientSession, kind: str) -> None:
        if kind == "message":
            await self._say(session)
        elif kind == "claim" or not self._held:
            id = self._waiting.pop(self._random.randrange(len(self._waiting)))
            if await self._verb(session, id, "claim", {}):
                self._held.append(id)
        else:
            id = self._held.pop(0)
            if await self._verb(session, id, "transfer", {"queue": self._inbox.queue_id}):
                self._waiting.append(id)

    async def _say(self, session: aiohttp.ClientSession) -> None:
        secret, customer = self._random.choice(self._writers)
        body = {"client_id": str(uuid.uuid4()), "text": f"and {customer.language} {self.made}"}
        headers = {"Authorization": f"Bearer {secret}"}
        address = f"{self._url}/chat/v1/messages"
        async with session.post(address, json=body, headers=headers) as response:
            self._count(response.status)

    async def _verb(
        self, session: aiohttp.ClientSession, id: ConversationId, verb: str, body: dict[str, str]
    ) -> bool:
        address = f"{self._url}/api/v1/conversations/{id}/{verb}"
        async with session.post(address, json=body, headers=self._agent) as response:
            self._count(response.status)
            return response.status == 200

    def _count(self, status: int) -> None:
        if status < 300:
            self.made += 1
        else:
            self.refused += 1


async def crowd_with_writers(
    store: Store, inbox: Inbox, count: int, writers: int
) -> tuple[list[Customer], dict[str, Customer]]:
    """So many who wait; some of them go on writing, by the secrets of their sessions."""
    crowd = Crowd(store, inbox)
    came = await crowd.come(count, utc_now() - timedelta(seconds=5), over=timedelta(hours=2))
    await crowd.wait(came)
    secrets = {new_secret(): each for each in came[:: max(1, count // writers)]}

    async def unit(tx: Tx) -> None:
        for secret, customer in secrets.items():
            visitor = await _visitor(tx, customer, inbox)
            await visitor_sessions.insert(tx, visitor, hash_secret(secret))

    await store.write(unit)
    return came, secrets


async def working_agent(store: Store) -> str:
    """An agent who takes any number of conversations; the secret of his token."""
    secret, now = TOKEN_PREFIX + new_secret(), utc_now()
    agent = Agent(
        id=AgentId(new_id()),
        name="Omid",
        email="omid@example.com",
        role=Role.AGENT,
        presence=Presence.ONLINE,
        locale=None,
        disabled=False,
        created_at=now,
    )
    token = Token(
        id=new_id(),
        agent_id=agent.id,
        name="bench",
        created_at=now,
        last_used_at=now,
        expires_at=None,
    )

    async def unit(tx: Tx) -> None:
        await agents.insert(tx, agent, "no password")
        await tokens.insert(tx, token, hash_secret(secret))

    await store.write(unit)
    return secret


async def _visitor(tx: Tx, customer: Customer, inbox: Inbox) -> Visitor:
    conversation = await conversations.get(tx.connection, customer.conversation)
    now = utc_now()
    return Visitor(
        session_id=new_id(),
        address=await contacts.address(tx.connection, conversation.address_id),
        contact=await contacts.get(tx.connection, conversation.contact_id),
        inbox=inbox,
        locale=customer.language,
        seen_at=now,
        expires_at=now + timedelta(days=1),
    )
