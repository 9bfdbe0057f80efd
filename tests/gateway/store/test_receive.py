"""Receiving is one transaction, once, in order, whatever arrives at the same time."""

from __future__ import annotations

import asyncio
import random
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from gateway.events import EventKind
from gateway.ids import ExternalId, Peer
from gateway.model.conversation import State
from gateway.model.inbox import Inbox
from gateway.model.message import Inbound
from gateway.store import conversations, events, messages, tables
from gateway.store.store import Store

T0 = datetime(2026, 1, 1, 9, tzinfo=UTC)


def said(inbox: Inbox, peer: str, id: str, text: str = "salam", s: float = 0) -> Inbound:
    return Inbound(
        inbox_id=inbox.id,
        peer=Peer(peer),
        external_id=ExternalId(f"{peer}:{id}"),
        text=text,
        at=T0 + timedelta(seconds=s),
        payload={"text": text},
    )


async def count(store: Store, table: sa.Table) -> int:
    async with store.read() as connection:
        return int(
            (await connection.execute(sa.select(sa.func.count()).select_from(table))).scalar_one()
        )


async def test_sixty_concurrent_receives_of_twenty_messages_store_twenty(
    store: Store, inbox: Inbox
) -> None:
    sent = [said(inbox, "v1", str(i), f"message {i}", s=i) for i in range(20)] * 3
    received = await asyncio.gather(*(store.receive(each) for each in sent))

    assert sum(each.duplicate for each in received) == 40
    assert len({each.message_id for each in received}) == 20
    assert len({each.conversation_id for each in received}) == 1
    assert await count(store, tables.contacts) == 1
    assert await count(store, tables.addresses) == 1
    assert await count(store, tables.conversations) == 1
    assert await count(store, tables.journal) == 20
    async with store.read() as connection:
        stored = await messages.since(connection, received[0].conversation_id)
    assert [each.seq for each in stored] == list(range(1, 21))
    assert [each.text for each in stored] == [f"message {i}" for i in range(20)]


async def test_without_the_constraint_the_same_receives_would_be_doubled(
    store: Store, inbox: Inbox
) -> None:
    """The control: other external ids for the repeats, and everything is there thrice."""
    sent = [said(inbox, "v1", f"{n}-{i}", s=i) for n in range(3) for i in range(20)]
    received = await asyncio.gather(*(store.receive(each) for each in sent))
    assert sum(each.duplicate for each in received) == 0
    assert await count(store, tables.messages) == 60


async def test_a_repeat_gets_the_first_answer_also_much_later(store: Store, inbox: Inbox) -> None:
    first = await store.receive(said(inbox, "v1", "a"))
    await store.receive(said(inbox, "v1", "b"))
    again = await store.receive(said(inbox, "v1", "a"))
    assert again.duplicate
    assert (again.message_id, again.seq) == (first.message_id, first.seq)
    assert again.conversation_id == first.conversation_id


async def test_many_customers_at_once_each_get_their_own(store: Store, inbox: Inbox) -> None:
    sent = [said(inbox, f"v{i % 30}", str(i), s=i) for i in range(300)]
    order = list(sent)
    random.Random(7).shuffle(order)
    received = await asyncio.gather(*(store.receive(each) for each in order))
    by_conversation: dict[str, list[int]] = {}
    for each in received:
        by_conversation.setdefault(each.conversation_id, []).append(each.seq)
    assert len(by_conversation) == 30
    assert all(sorted(seqs) == list(range(1, 11)) for seqs in by_conversation.values())


async def test_a_message_opens_a_turn_and_the_next_lengthens_it(store: Store, inbox: Inbox) -> None:
    await store.receive(said(inbox, "v1", "a"))
    received = await store.receive(said(inbox, "v1", "b", s=1))
    async with store.read() as connection:
        rows = (await connection.execute(sa.select(tables.turns))).all()
        conversation = await conversations.get(connection, received.conversation_id)
    assert [(row.first_seq, row.last_seq) for row in rows] == [(1, 2)]
    assert conversation.waiting_since == T0
    assert conversation.last_message is not None
    assert conversation.last_message["seq"] == 2


async def test_a_resolved_conversation_goes_on_within_its_time_and_not_after(
    store: Store, inbox: Inbox
) -> None:
    first = await store.receive(said(inbox, "v1", "a"))

    async def resolve(tx: object) -> None:
        before = await conversations.lock(tx, first.conversation_id)  # type: ignore[arg-type]
        await conversations.save(tx, before, before.resolve(T0))  # type: ignore[arg-type]

    await store.write(resolve)
    soon = await store.receive(said(inbox, "v1", "b", s=60))
    assert soon.conversation_id == first.conversation_id
    async with store.read() as connection:
        reopened = await conversations.get(connection, soon.conversation_id)
        told = await events.since(connection, 0)
    assert reopened.state is State.WITH_BOT
    assert EventKind.REOPENED in [each.kind for each in told]

    await store.write(resolve)
    late = await store.receive(said(inbox, "v1", "c", s=8 * 24 * 3600))
    assert late.conversation_id != first.conversation_id
    assert late.contact_id == first.contact_id


async def test_one_bad_message_in_a_shared_commit_fails_alone(store: Store, inbox: Inbox) -> None:
    bad = Inbound(
        inbox_id=said(inbox, "x", "x").inbox_id,
        peer=Peer("v9"),
        external_id=ExternalId("v9:1"),
        text="no such reply",
        at=T0.replace(tzinfo=None),
        payload={},
    )
    good = [said(inbox, f"v{i}", "1") for i in range(5)]
    results = await asyncio.gather(
        *(store.receive(each) for each in [*good[:3], bad, *good[3:]]), return_exceptions=True
    )
    assert sum(isinstance(each, Exception) for each in results) == 1
    assert isinstance(results[3], Exception)
    assert await count(store, tables.messages) == 5


async def test_nothing_is_stored_of_a_unit_that_raises(store: Store, inbox: Inbox) -> None:
    first = await store.receive(said(inbox, "v1", "a"))

    async def unit(tx: object) -> None:
        before = await conversations.lock(tx, first.conversation_id)  # type: ignore[arg-type]
        await conversations.save(tx, before, before.resolve(T0))  # type: ignore[arg-type]
        raise LookupError("changed my mind")

    with pytest.raises(LookupError):
        await store.write(unit)
    async with store.read() as connection:
        after = await conversations.get(connection, first.conversation_id)
    assert after.state is State.WITH_BOT
