"""The way out: each delivery once, in order, and honest about what is uncertain."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from gateway.channel import Outgoing, Sent
from gateway.errors import SendError
from gateway.events import EventKind
from gateway.ids import ConversationId, ExternalId, Peer
from gateway.model.delivery import Delivery, DeliveryState
from gateway.model.inbox import Inbox
from gateway.model.message import Author, AuthorKind, Draft, Inbound, MessageKind
from gateway.outbox import TRIES, Outbox
from gateway.store import conversations, deliveries, events, inboxes, tables
from gateway.store.deliveries import delivery_of
from gateway.store.store import Store
from gateway.store.tx import Tx

AGENT = Author(kind=AuthorKind.AGENT, id="a", name="Sara")


class Network:
    """A channel that pushes; `misbehave` may raise for a text."""

    kind = "chat"
    customers_fetch = False

    def __init__(self) -> None:
        self.sent: list[str] = []
        self.misbehave: Callable[[str], None] = lambda text: None

    async def send(self, outgoing: Outgoing) -> Sent:
        await asyncio.sleep(0)
        self.misbehave(outgoing.message.text)
        self.sent.append(outgoing.message.text)
        return Sent(external_id=ExternalId(f"n{len(self.sent)}"))


class Scene:
    def __init__(self, store: Store, inbox: Inbox, clock: Any) -> None:
        self.store, self.inbox, self.clock = store, inbox, clock
        self.network = Network()
        self.outbox = Outbox(store, {"chat": self.network}, clock)

    async def customer(self, peer: str) -> ConversationId:
        received = await self.store.receive(
            Inbound(
                inbox_id=self.inbox.id, peer=Peer(peer), external_id=ExternalId(f"{peer}:1"),
                text="hi", at=self.clock(), payload={},
            )
        )  # fmt: skip
        return received.conversation_id

    async def post(
        self, id: ConversationId, text: str, kind: MessageKind = MessageKind.MESSAGE
    ) -> None:
        async def unit(tx: Tx) -> None:
            before = await conversations.lock(tx, id)
            draft = Draft(author=AGENT, text=text, kind=kind)
            after, _ = await self.outbox.post(tx, before, draft, self.clock())
            await conversations.save(tx, before, after)

        await self.store.write(unit)

    async def deliveries(self) -> list[Delivery]:
        async with self.store.read() as connection:
            statement = sa.select(tables.deliveries).order_by(tables.deliveries.c.seq)
            return [delivery_of(row) for row in await connection.execute(statement)]

    async def states(self) -> list[DeliveryState]:
        return [each.state for each in await self.deliveries()]


@pytest.fixture
def scene(store: Store, inbox: Inbox, clock: Any) -> Scene:
    return Scene(store, inbox, clock)


async def test_what_is_posted_is_sent_once_and_recorded(scene: Scene) -> None:
    await scene.post(await scene.customer("v1"), "hello")
    assert await scene.outbox.send_due() == 1
    assert await scene.outbox.send_due() == 0
    assert scene.network.sent == ["hello"]
    (delivery,) = await scene.deliveries()
    assert (delivery.state, delivery.external_id) == (DeliveryState.SENT, "n1")
    async with scene.store.read() as connection:
        kinds = [each.kind for each in await events.since(connection, 0)]
    assert kinds[-1] is EventKind.DELIVERY_CHANGED


async def test_a_note_is_never_sent(scene: Scene) -> None:
    id = await scene.customer("v1")
    await scene.post(id, "he is angry", MessageKind.NOTE)
    await scene.outbox.send_due()
    assert scene.network.sent == []
    assert await scene.deliveries() == []
    async with scene.store.read() as connection:
        conversation = await conversations.get(connection, id)
    assert conversation.waiting_since is not None
    assert conversation.last_message is not None
    assert conversation.last_message["text"] == "hi"


async def test_a_passing_failure_is_tried_again_after_the_networks_own_delay(
    scene: Scene,
) -> None:
    def busy(text: str) -> None:
        raise SendError("429", retry_after=30)

    scene.network.misbehave = busy
    await scene.post(await scene.customer("v1"), "hello")
    await scene.outbox.send_due()
    scene.network.misbehave = lambda text: None
    scene.clock.forward(seconds=29)
    assert await scene.outbox.send_due() == 0
    scene.clock.forward(seconds=2)
    assert await scene.outbox.send_due() == 1
    assert scene.network.sent == ["hello"]
    assert await scene.states() == [DeliveryState.SENT]


async def test_a_permanent_failure_fails_at_once_and_lets_the_next_go(scene: Scene) -> None:
    def blocked(text: str) -> None:
        if text == "one":
            raise SendError("blocked by the user", permanent=True)

    scene.network.misbehave = blocked
    id = await scene.customer("v1")
    await scene.post(id, "one")
    await scene.post(id, "two")
    await scene.outbox.send_due()
    await scene.outbox.send_due()
    assert scene.network.sent == ["two"]
    assert await scene.states() == [DeliveryState.FAILED, DeliveryState.SENT]
    assert (await scene.deliveries())[0].error == "blocked by the user"


async def test_after_enough_tries_a_delivery_fails(scene: Scene) -> None:
    def down(text: str) -> None:
        raise SendError("down")

    scene.network.misbehave = down
    await scene.post(await scene.customer("v1"), "hello")
    for _ in range(TRIES):
        await scene.outbox.send_due()
        scene.clock.forward(hours=1)
    assert await scene.states() == [DeliveryState.FAILED]


async def test_a_delivery_that_may_have_gone_is_uncertain_and_not_sent_again(
    scene: Scene,
) -> None:
    def cut(text: str) -> None:
        raise SendError("connection lost after the request", uncertain=True)

    scene.network.misbehave = cut
    await scene.post(await scene.customer("v1"), "hello")
    await scene.outbox.send_due()
    scene.clock.forward(hours=1)
    assert await scene.outbox.send_due() == 0
    assert await scene.states() == [DeliveryState.UNCERTAIN]


async def test_an_inbox_may_prefer_to_send_again(scene: Scene) -> None:
    await scene.store.write(
        lambda tx: inboxes.change(tx, scene.inbox.id, settings={"uncertain": "send_again"})
    )
    tries: list[str] = []

    def cut_once(text: str) -> None:
        tries.append(text)
        if len(tries) == 1:
            raise SendError("lost", uncertain=True)

    scene.network.misbehave = cut_once
    await scene.post(await scene.customer("v1"), "hello")
    await scene.outbox.send_due()
    scene.clock.forward(minutes=1)
    await scene.outbox.send_due()
    assert len(tries) == 2
    assert await scene.states() == [DeliveryState.SENT]


async def test_a_worker_that_died_while_sending_leaves_it_uncertain(scene: Scene) -> None:
    await scene.post(await scene.customer("v1"), "hello")
    now, lease = scene.clock(), timedelta(seconds=60)
    await scene.store.write(lambda tx: deliveries.claim_due(tx, now, lease, 10))
    await scene.outbox.send_due()
    assert await scene.states() == [DeliveryState.SENDING]
    scene.clock.forward(seconds=61)
    await scene.outbox.send_due()
    assert await scene.states() == [DeliveryState.UNCERTAIN]
    assert scene.network.sent == []


async def test_a_channel_that_breaks_is_uncertain_and_does_not_stop_the_others(
    scene: Scene,
) -> None:
    def bug(text: str) -> None:
        if text == "one":
            raise ZeroDivisionError

    scene.network.misbehave = bug
    await scene.post(await scene.customer("v1"), "one")
    await scene.post(await scene.customer("v2"), "two")
    await scene.outbox.send_due()
    assert scene.network.sent == ["two"]
    assert sorted(await scene.states()) == [DeliveryState.SENT, DeliveryState.UNCERTAIN]


async def test_many_messages_to_many_customers_go_out_in_order(scene: Scene) -> None:
    ids = [await scene.customer(f"v{i}") for i in range(5)]
    for n in range(6):
        for i, id in enumerate(ids):
            await scene.post(id, f"{i}-{n}")
    while await scene.outbox.send_due():
        pass
    for i in range(5):
        mine = [text for text in scene.network.sent if text.startswith(f"{i}-")]
        assert mine == [f"{i}-{n}" for n in range(6)]


async def test_for_a_channel_that_customers_fetch_storing_is_sending(scene: Scene) -> None:
    scene.network.customers_fetch = True
    await scene.post(await scene.customer("v1"), "hello")
    assert await scene.outbox.send_due() == 0
    assert scene.network.sent == []
    assert await scene.states() == [DeliveryState.SENT]
