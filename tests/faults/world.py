"""A small contact centre in one process, driven at random, and its independent checker.

Customers write (and repeat themselves, as a network does), two workers answer and are cut
off in the middle, agents claim, reply, give back and resolve, a network takes the answers.
What everybody was told is written down here and compared with the store afterwards.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from bot.bot import Question
from bot.fallback import Thresholds
from bot.scripted import ScriptedBot, answer
from bot.worker import TurnWorker
from gateway.channel import Outgoing, Sent
from gateway.errors import BotFailed, PeykError, SendError
from gateway.events import Event
from gateway.ids import AgentId, ConversationId, ExternalId, Peer, new_id
from gateway.inbox import Inbox as WayIn
from gateway.metrics import Metrics
from gateway.model.agent import Agent, Presence, Role
from gateway.model.conversation import Conversation
from gateway.model.inbox import Inbox
from gateway.model.message import ASK_FOR_PERSON, Inbound, Message, Received
from gateway.model.turn import Answer, Turn
from gateway.outbox import Outbox
from gateway.store import agents, conversations, events, messages, tables
from gateway.store.store import Store
from gateway.store.turns import turn_of
from handoff.desk import Desk
from handoff.words import Words

LIMITS = Thresholds(answer_at=0.5, clarify_at=0.1, clarify_times=1)


class TickingClock:
    """Goes on by a millisecond whenever it is asked, and further when told."""

    def __init__(self) -> None:
        self.now = datetime(2026, 1, 1, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(milliseconds=1)
        return self.now


class Network:
    """A network that pushes, fails at random, and remembers what it took, per address."""

    kind = "chat"
    customers_fetch = False

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self.took: dict[str, list[Message]] = defaultdict(list)

    async def send(self, outgoing: Outgoing) -> Sent:
        await asyncio.sleep(self._rng.choice([0, 0, 0.001]))
        dice = self._rng.random()
        if dice < 0.1:
            raise SendError("busy", retry_after=1)
        self.took[outgoing.address.id].append(outgoing.message)
        if dice < 0.15:
            raise SendError("the answer was lost", uncertain=True)
        return Sent()


@dataclass
class Told:
    """What the world's people were told by the gateway."""

    acknowledged: dict[str, Received] = field(default_factory=dict)
    order: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    repeats: list[tuple[str, Received]] = field(default_factory=list)
    agents_said: list[Message] = field(default_factory=list)
    seen: list[Event] = field(default_factory=list)


class World:
    """One run on a store that other runs have used as well."""

    def __init__(self, store: Store, inbox: Inbox, staff: list[Agent], seed: int) -> None:
        self.store = store
        self.inbox = inbox
        self.staff = staff
        self.seed = seed
        self.rng = random.Random(seed)
        self.clock = TickingClock()
        self.network = Network(self.rng)
        self.outbox = Outbox(store, {"chat": self.network}, self.clock)
        self.desk = Desk(store, self.outbox, self.clock)
        self.bot = ScriptedBot(self._think)
        self.workers = [self._worker() for _ in range(2)]
        self.way_in = WayIn(store, lambda: None)
        self.told = Told()
        self.started_at = 0

    async def run(self) -> None:
        """Everything at once, then in peace until nothing is left to do."""
        async with self.store.read() as connection:
            self.started_at = await events.last_number(connection)
        peers = [f"{self.seed}-{n}" for n in range(self.rng.randint(1, 3))]
        jobs: list[Awaitable[None]] = [self._customer(peer) for peer in peers]
        jobs += [self._agent(self.rng.choice(self.staff)) for _ in range(3)]
        jobs += [self._crashing(worker.answer_due) for worker in self.workers for _ in range(4)]
        jobs += [self._crashing(self.outbox.send_due) for _ in range(3)]
        reading = asyncio.create_task(self._reader())
        await asyncio.gather(*jobs)
        await self._drain()
        reading.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await reading
        while await self._read_on():
            pass

    async def clear(self) -> None:
        """Leave nothing that the next run's agents could take."""
        for id in {each.conversation_id for each in self.told.acknowledged.values()}:
            with contextlib.suppress(PeykError):
                await self.desk.resolve(self.staff[-1], id)

    def _worker(self) -> TurnWorker:
        return TurnWorker(
            self.store, self.bot, self.outbox, Metrics(), self.clock,
            limits=LIMITS, deadline_s=5, at_once=4,
        )  # fmt: skip

    async def _think(self, question: Question) -> Answer:
        await self._pause()
        dice = self.rng.random()
        if dice < 0.1:
            raise BotFailed("late")
        if dice < 0.2:
            return answer("a colleague helps", wants_person="needs_person")
        if dice < 0.3:
            return answer("?", intent="warranty", title="Warranty", score=0.2)
        return answer(f"re {question.text or question.choice}", f"and {new_id()}")

    async def _customer(self, peer: str) -> None:
        for n in range(self.rng.randint(2, 5)):
            await self._pause()
            chosen = ASK_FOR_PERSON if self.rng.random() < 0.15 else None
            inbound = Inbound(
                inbox_id=self.inbox.id, peer=Peer(peer), external_id=ExternalId(f"{peer}:{n}"),
                text=f"{peer} says {n}", at=self.clock(), payload={}, chosen=chosen,
            )  # fmt: skip
            times = self.rng.choice([1, 1, 2, 3])
            received = await asyncio.gather(*(self.way_in.receive(inbound) for _ in range(times)))
            self.told.acknowledged[inbound.external_id] = received[0]
            self.told.order[peer].append(inbound.external_id)
            self.told.repeats += [(inbound.external_id, each) for each in received]

    async def _agent(self, agent: Agent) -> None:
        """Takes a conversation, says this and that, and perhaps ends it; twice."""
        for _ in range(2):
            await self._pause()
            verbs = [self.rng.choice(["claim", "next"])]
            verbs += self.rng.choices(["reply", "note", "claim"], k=self.rng.randint(0, 3))
            verbs += self.rng.choice([["bot"], ["end"], []])
            id = await self._some_conversation()
            for verb in verbs:
                await self._pause()
                with contextlib.suppress(PeykError):
                    id = await self._do(verb, agent, id)

    async def _some_conversation(self) -> ConversationId:
        while not self.told.acknowledged:
            await asyncio.sleep(0.001)
        known = [each.conversation_id for each in self.told.acknowledged.values()]
        return self.rng.choice(known)

    async def _do(self, verb: str, agent: Agent, id: ConversationId) -> ConversationId:
        desk = self.desk
        if verb == "claim":
            await desk.claim(agent, id, take_over=self.rng.random() < 0.5)
        elif verb == "next":
            taken = await desk.claim_next(agent)
            id = taken.id if taken else id
        elif verb == "reply":
            _, said = await desk.reply(agent, id, Words(text=f"{agent.name} {new_id()}"))
            self.told.agents_said.append(said)
        elif verb == "note":
            await desk.note(agent, id, Words(text=f"between us {new_id()}"))
        elif verb == "bot":
            await desk.return_to_bot(agent, id)
        else:
            await desk.resolve(agent, id)
        return id

    async def _crashing(self, work: Callable[[], Awaitable[int]]) -> None:
        """Work that is cut off at any moment, as by a dead process."""
        await self._pause()
        task = asyncio.ensure_future(work())
        if self.rng.random() < 0.4:
            await asyncio.sleep(self.rng.random() * 0.01)
            task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task

    async def _drain(self) -> None:
        """Leases run out, another worker takes over, until nothing is due."""
        quiet = 0
        while quiet < 2:
            self.clock.now += timedelta(minutes=5)
            done = await self.workers[0].answer_due() + await self.outbox.send_due()
            quiet = 0 if done else quiet + 1

    async def _reader(self) -> None:
        while True:
            await self._read_on()
            await self._pause()

    async def _read_on(self) -> int:
        last = self.told.seen[-1].n if self.told.seen else self.started_at
        async with self.store.read() as connection:
            news = await events.since(connection, last, limit=self.rng.randint(1, 50))
        self.told.seen += news
        return len(news)

    async def _pause(self) -> None:
        await asyncio.sleep(self.rng.choice([0, 0, 0.0005, 0.002, 0.005]))


@dataclass(frozen=True, kw_only=True)
class Stored:
    """What the store holds of one run."""

    conversations: list[Conversation]
    messages: dict[ConversationId, list[Message]]
    turns: list[Turn]
    deliveries: list[tuple[str, str, str]]
    events: list[Event]


async def read_stored(world: World) -> Stored:
    ids = sorted({each.conversation_id for each in world.told.acknowledged.values()})
    async with world.store.read() as connection:
        turn_rows = await connection.execute(
            sa.select(tables.turns).where(tables.turns.c.conversation_id.in_(ids))
        )
        delivery_rows = await connection.execute(
            sa.select(
                tables.deliveries.c.message_id,
                tables.deliveries.c.state,
                tables.deliveries.c.address_id,
            ).where(tables.deliveries.c.conversation_id.in_(ids))
        )
        return Stored(
            conversations=[await conversations.get(connection, id) for id in ids],
            messages={id: await messages.since(connection, id, notes=True) for id in ids},
            turns=[turn_of(row) for row in turn_rows],
            deliveries=[(row[0], row[1], row[2]) for row in delivery_rows],
            events=await events.since(connection, world.started_at, limit=100_000),
        )


async def make_staff(store: Store) -> list[Agent]:
    """Two agents and a supervisor, who may take over."""
    made = []
    for name, role in (("Sara", Role.AGENT), ("Omid", Role.AGENT), ("Laila", Role.SUPERVISOR)):
        agent = Agent(
            id=AgentId(new_id()), name=name, email=f"{name}@example.com", role=role,
            presence=Presence.ONLINE, locale=None, disabled=False,
            created_at=datetime(2026, 1, 1, tzinfo=UTC),
        )  # fmt: skip
        await store.write(lambda tx, agent=agent: agents.insert(tx, agent, "hash"))  # type: ignore[misc]
        made.append(agent)
    return made
