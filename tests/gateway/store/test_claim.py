"""Work that lies in rows is claimed by one worker at a time, and never left lying."""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from functools import partial

from gateway.hub import LocalHub
from gateway.ids import DeliveryId, ExternalId, MessageId, Peer, new_id
from gateway.model.delivery import Delivery, DeliveryState
from gateway.model.inbox import Inbox
from gateway.model.message import Author, AuthorKind, Inbound, Message, MessageKind, Received
from gateway.model.turn import Decision
from gateway.store import conversations, deliveries, messages, turns
from gateway.store.store import Store, opened
from gateway.store.tx import Tx

NOW = datetime(2026, 1, 1, 9, tzinfo=UTC)
LEASE = timedelta(seconds=30)
ROWS = 2_000
WORKERS = 8


async def fill(store: Store, inbox: Inbox, count: int) -> list[Received]:
    """That many customers who wrote one message each: so many open turns."""
    inbounds = [
        Inbound(
            inbox_id=inbox.id,
            peer=Peer(f"v{i}"),
            external_id=ExternalId(f"v{i}:1"),
            text="hello",
            at=NOW,
            payload={},
        )
        for i in range(count)
    ]
    return await asyncio.gather(*(store.receive(each) for each in inbounds))


async def answer_each(store: Store, received: list[Received], per: int = 1) -> None:
    """Pending deliveries, as if something had been posted to each customer."""

    async def unit(tx: Tx) -> None:
        said = [_answer(each, 2 + n) for each in received for n in range(per)]
        await messages.insert(tx, said)
        to = {each.conversation_id: each for each in received}
        await deliveries.insert(tx, [_delivery(m, to[m.conversation_id]) for m in said])

    await store.write(unit)


def _answer(received: Received, seq: int) -> Message:
    return Message(
        id=MessageId(new_id()),
        conversation_id=received.conversation_id,
        seq=seq,
        kind=MessageKind.MESSAGE,
        author=Author(kind=AuthorKind.BOT),
        text="hi",
        at=NOW,
    )


def _delivery(message: Message, received: Received) -> Delivery:
    assert received.message is not None
    assert received.message.inbox_id is not None
    return Delivery(
        id=DeliveryId(new_id()),
        conversation_id=message.conversation_id,
        message_id=message.id,
        inbox_id=received.message.inbox_id,
        address_id=received.address_id,
        seq=message.seq,
        state=DeliveryState.PENDING,
        attempts=0,
        due_at=NOW,
        created_at=NOW,
        updated_at=NOW,
    )


async def test_eight_workers_claim_two_thousand_turns_each_exactly_once(
    store: Store, inbox: Inbox, database_url: str
) -> None:
    await fill(store, inbox, ROWS)

    async def work(mine: Store) -> list[str]:
        got: list[str] = []
        while claimed := await mine.write(lambda tx: turns.claim_due(tx, NOW, LEASE, 25)):
            got += [each.id for each in claimed]
        return got

    async with AsyncExitStack() as stack:
        stores = [
            await stack.enter_async_context(opened(database_url, LocalHub()))
            for _ in range(WORKERS)
        ]
        got = await asyncio.gather(*(work(each) for each in stores))
    times = Counter(id for each in got for id in each)
    assert len(times) == ROWS
    assert set(times.values()) == {1}


async def test_eight_workers_claim_two_thousand_deliveries_each_exactly_once(
    store: Store, inbox: Inbox, database_url: str
) -> None:
    await answer_each(store, await fill(store, inbox, ROWS))

    async def work(mine: Store) -> list[str]:
        got: list[str] = []
        while claimed := await mine.write(lambda tx: deliveries.claim_due(tx, NOW, LEASE, 25)):
            got += [each.id for each in claimed]
        return got

    async with AsyncExitStack() as stack:
        stores = [
            await stack.enter_async_context(opened(database_url, LocalHub()))
            for _ in range(WORKERS)
        ]
        got = await asyncio.gather(*(work(each) for each in stores))
    times = Counter(id for each in got for id in each)
    assert len(times) == ROWS
    assert set(times.values()) == {1}


async def test_a_dead_workers_turns_fall_due_again_and_fence_him_off(
    store: Store, inbox: Inbox
) -> None:
    received = await fill(store, inbox, 5)
    dead = await store.write(lambda tx: turns.claim_due(tx, NOW, LEASE, 10))
    assert len(dead) == 5
    assert await store.write(lambda tx: turns.claim_due(tx, NOW + LEASE / 2, LEASE, 10)) == []

    later = NOW + LEASE
    living = await store.write(lambda tx: turns.claim_due(tx, later, LEASE, 10))
    assert {each.id for each in living} == {each.id for each in dead}

    async def finish(tx: Tx, attempt: int) -> bool:
        conversation = await conversations.lock(tx, received[0].conversation_id)
        held = (dead, living)[attempt]
        turn = next(each for each in held if each.conversation_id == conversation.id)
        last_seq = await turns.close(
            tx,
            turn,
            conversation,
            answered_upto=1,
            decision=Decision.ANSWERED,
            reasons=[],
            understanding=None,
            took_ms=1,
            now=later,
        )
        return last_seq is not None

    assert not await store.write(lambda tx: finish(tx, 0))
    assert await store.write(lambda tx: finish(tx, 1))


async def test_a_dead_workers_delivery_is_found_as_interrupted(store: Store, inbox: Inbox) -> None:
    await answer_each(store, await fill(store, inbox, 3))
    dead = await store.write(lambda tx: deliveries.claim_due(tx, NOW, LEASE, 10))
    assert len(dead) == 3
    soon, later = NOW + LEASE / 2, NOW + LEASE
    assert await store.write(lambda tx: deliveries.claim_interrupted(tx, soon, LEASE, 10)) == []
    found = await store.write(lambda tx: deliveries.claim_interrupted(tx, later, LEASE, 10))
    assert {each.id for each in found} == {each.id for each in dead}
    sent = DeliveryState.SENT
    assert not await store.write(lambda tx: deliveries.finish(tx, dead[0], sent, later))
    assert await store.write(lambda tx: deliveries.finish(tx, found[0], sent, later))


async def test_deliveries_of_one_address_are_claimed_in_order_one_at_a_time(
    store: Store, inbox: Inbox
) -> None:
    await answer_each(store, await fill(store, inbox, 2), per=3)
    seqs: list[list[int]] = []
    sent = DeliveryState.SENT
    while claimed := await store.write(lambda tx: deliveries.claim_due(tx, NOW, LEASE, 10)):
        seqs.append([each.seq for each in claimed])
        for each in claimed:
            await store.write(partial(deliveries.finish, held=each, state=sent, now=NOW))
    assert seqs == [[2, 2], [3, 3], [4, 4]]


async def test_a_stuck_delivery_holds_back_its_own_address_only(store: Store, inbox: Inbox) -> None:
    await answer_each(store, await fill(store, inbox, 2), per=2)
    stuck, other = await store.write(lambda tx: deliveries.claim_due(tx, NOW, LEASE, 10))
    later = NOW + timedelta(hours=1)
    await store.write(lambda tx: deliveries.put_back(tx, stuck, later, "busy", NOW))
    await store.write(lambda tx: deliveries.finish(tx, other, DeliveryState.SENT, NOW))
    claimed = await store.write(lambda tx: deliveries.claim_due(tx, NOW, LEASE, 10))
    assert [(each.address_id, each.seq) for each in claimed] == [(other.address_id, 3)]


async def test_a_delivery_only_moves_forward(store: Store, inbox: Inbox) -> None:
    received = (await fill(store, inbox, 1))[0]
    await answer_each(store, [received])
    held = (await store.write(lambda tx: deliveries.claim_due(tx, NOW, LEASE, 10)))[0]
    await store.write(lambda tx: deliveries.finish(tx, held, DeliveryState.SENT, NOW))

    async def advance(state: DeliveryState) -> list[MessageId]:
        return await store.write(
            lambda tx: deliveries.advance(
                tx, received.address_id, received.conversation_id, 9, state, NOW
            )
        )

    assert await advance(DeliveryState.READ) == [held.message_id]
    assert await advance(DeliveryState.DELIVERED) == []
    assert not await store.write(lambda tx: deliveries.finish(tx, held, DeliveryState.FAILED, NOW))
