"""The metrics of what stands in the store."""

from __future__ import annotations

from typing import Any

import pytest

from gateway.channel import Outgoing, Sent
from gateway.ids import ConversationId, ExternalId, Peer, new_id
from gateway.metrics import Metrics
from gateway.model.inbox import Inbox, Queue
from gateway.model.message import Author, AuthorKind, Draft, Inbound
from gateway.outbox import Outbox
from gateway.store import conversations
from gateway.store.store import Store
from gateway.store.tx import Tx
from gateway.web.gauges import Gauges


class Network:
    kind = "chat"
    customers_fetch = False

    async def send(self, outgoing: Outgoing) -> Sent:
        return Sent()


class Scene:
    """Customers who write, are answered, and wait."""

    def __init__(self, store: Store, inbox: Inbox, queue: Queue, clock: Any) -> None:
        self.store, self.inbox, self.queue, self.clock = store, inbox, queue, clock
        self.metrics = Metrics()
        self.gauges = Gauges(store, self.metrics, clock)
        self.outbox = Outbox(store, {"chat": Network()}, clock)

    async def write(self) -> ConversationId:
        received = await self.store.receive(
            Inbound(
                inbox_id=self.inbox.id,
                peer=Peer(new_id()),
                external_id=ExternalId(new_id()),
                text="salam",
                at=self.clock(),
                payload={},
            )
        )
        return received.conversation_id

    async def wait(self) -> None:
        id = await self.write()

        async def unit(tx: Tx) -> None:
            before = await conversations.lock(tx, id)
            await conversations.save(tx, before, before.ask_for_person(self.queue.id, self.clock()))

        await self.store.write(unit)

    async def answer(self, id: ConversationId) -> None:
        async def unit(tx: Tx) -> None:
            before = await conversations.lock(tx, id)
            draft = Draft(author=Author(kind=AuthorKind.BOT), text="hello")
            after, _ = await self.outbox.post(tx, before, draft, self.clock())
            await conversations.save(tx, before, after)

        await self.store.write(unit)

    async def value(self, name: str, **labels: str) -> float | None:
        await self.gauges.refresh()
        return self.metrics.registry.get_sample_value(name, labels)


@pytest.fixture
def scene(store: Store, inbox: Inbox, queue: Queue, clock: Any) -> Scene:
    return Scene(store, inbox, queue, clock)


async def test_a_queue_shows_how_many_wait_and_for_how_long(scene: Scene, clock: Any) -> None:
    assert await scene.value("peyk_queue_depth", queue="Support") == 0
    await scene.wait()
    clock.forward(seconds=90)
    await scene.wait()
    assert await scene.value("peyk_queue_depth", queue="Support") == 2
    assert await scene.value("peyk_queue_age_seconds", queue="Support") == 90


async def test_deliveries_are_counted_as_they_go_on(scene: Scene) -> None:
    await scene.gauges.refresh()
    await scene.answer(await scene.write())
    await scene.answer(await scene.write())
    assert await scene.value("peyk_deliveries_open", state="pending") == 2
    assert await scene.value("peyk_deliveries_total", state="posted") == 2
    assert await scene.value("peyk_deliveries_total", state="sent") is None
    await scene.outbox.send_due()
    assert await scene.value("peyk_deliveries_open", state="pending") == 0
    assert await scene.value("peyk_deliveries_total", state="sent") == 2
    assert await scene.value("peyk_deliveries_total", state="posted") == 2


async def test_turns_that_wait_for_the_bot_are_shown(scene: Scene) -> None:
    assert await scene.value("peyk_turns_open") == 0
    await scene.write()
    assert await scene.value("peyk_turns_open") == 1
