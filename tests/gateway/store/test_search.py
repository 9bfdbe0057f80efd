"""The search index on each engine: what it takes in, and what it finds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest

from gateway.ids import ContactId, ConversationId, ExternalId, InboxId, Peer, new_id
from gateway.model.inbox import Inbox
from gateway.model.message import Inbound
from gateway.model.search import terms_of
from gateway.store import contacts, conversations, inboxes, indexing, messages, search
from gateway.store.search import EntryKind, Wanted
from gateway.store.store import Store
from gateway.store.tx import Tx

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


class Talk:
    """Customers who write, and an index that follows."""

    def __init__(self, store: Store, inbox: Inbox) -> None:
        self.store = store
        self.inbox = inbox.id
        self._numbers = count(1)

    async def say(
        self, text: str, peer: str = "sara", at: datetime = NOON, inbox: InboxId | None = None
    ) -> ConversationId:
        n = next(self._numbers)
        received = await self.store.receive(
            Inbound(
                inbox_id=inbox or self.inbox,
                peer=Peer(peer),
                external_id=ExternalId(f"{peer} {n}"),
                text=text,
                at=at,
                payload={},
            )
        )
        return received.conversation_id

    async def name(self, conversation: ConversationId, **known: Any) -> ContactId:
        async with self.store.read() as connection:
            contact = (await conversations.get(connection, conversation)).contact_id
        await self.store.write(lambda tx: contacts.change(tx, contact, **known))
        return contact

    async def index(self, limit: int = 50) -> None:
        while await self.step(limit):
            pass

    async def step(self, limit: int = 50) -> bool:
        async with self.store.read() as connection:
            at = await indexing.progress(connection)
            step = await indexing.next_step(connection, at.indexed, limit)
        return step is not None and await self.store.write(lambda tx: indexing.take(tx, step))

    async def find(
        self, asked: str, *, before: int | None = None, limit: int = 50, **by: Any
    ) -> list[str]:
        wanted = Wanted(terms=terms_of(asked), **{"kinds": frozenset(EntryKind)} | by)
        async with self.store.read() as connection:
            found = await search.find(connection, wanted, before=before, limit=limit)
            said = await messages.by_ids(connection, [each.message_id for each in found])
            return [
                said[each.message_id].text if each.message_id in said else each.kind.value
                for each in found
            ]


@pytest.fixture
def talk(store: Store, inbox: Inbox) -> Talk:
    return Talk(store, inbox)


async def test_what_was_said_is_found_newest_first(talk: Talk) -> None:
    for text in ("my parcel is late", "no parcel yet", "thanks"):
        await talk.say(text)
    await talk.index()
    assert await talk.find("parcel") == ["no parcel yet", "my parcel is late"]
    assert await talk.find("late parcel") == ["my parcel is late"]
    assert await talk.find("refund") == []


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("كتاب من نرسيده", "کتاب نرسیده"),
        ("کتاب من نرسیده", "كتاب نرسيده"),
        ("می‌خواهم برگردانم", "میخواهم"),
        ("می‌خواهم برگردانم", "می خواهم"),
        ("می خواهم برگردانم", "می‌خواهم"),
        ("أين طلبي؟ المدرسة", "اين المدرسه"),
        ("شماره ۱۲۳۴۵", "12345"),
        ("مُحَمَّد", "محمد"),
        ("Où est mon café", "cafe"),
        ("code ORD-01234 please", "ord-012"),
        ("write to sara.a@example.com", "sara.a@example.com"),
        ("It's o'clock: 'quoted' \\ & | ! (x)", "o'clock"),
    ],
)
async def test_what_means_the_same_is_found(talk: Talk, written: str, asked: str) -> None:
    await talk.say(written)
    await talk.say("something else")
    await talk.index()
    assert await talk.find(asked) == [written]


async def test_a_beginning_finds_the_word_and_quotes_find_the_phrase(talk: Talk) -> None:
    await talk.say("the parcels of today")
    await talk.say("today of parcels the")
    await talk.index()
    assert len(await talk.find("parc")) == 2
    assert await talk.find('"parcels of today"') == ["the parcels of today"]
    assert await talk.find('"parcel"') == []


@pytest.mark.parametrize(
    "asked", ['"', "*", "a AND", "NOT x", "NEAR(a b)", "words:x", "^a", "'a':1"]
)
async def test_no_question_breaks_the_engine(talk: Talk, asked: str) -> None:
    await talk.say("a b x")
    await talk.index()
    await talk.find(asked)


async def test_filters_narrow_what_is_found(talk: Talk, store: Store, inbox: Inbox) -> None:
    other = Inbox(
        id=InboxId(new_id()),
        channel="email",
        key="mail",
        name="Mail",
        queue_id=inbox.queue_id,
        disabled=False,
        created_at=NOON,
    )

    async def unit(tx: Tx) -> None:
        await inboxes.insert(tx, other)

    await store.write(unit)
    await talk.say("parcel by chat", at=NOON)
    await talk.say("parcel by mail", peer="omid", at=NOON + timedelta(days=1), inbox=other.id)
    await talk.index()
    assert await talk.find("parcel", channel="email") == ["parcel by mail"]
    assert await talk.find("parcel", inbox=inbox.id) == ["parcel by chat"]
    assert await talk.find("parcel", since=NOON + timedelta(hours=1)) == ["parcel by mail"]
    assert await talk.find("parcel", until=NOON + timedelta(hours=1)) == ["parcel by chat"]
    assert len(await talk.find("parcel", author="customer")) == 2
    assert await talk.find("parcel", author="bot") == []
    assert await talk.find("parcel", kinds=frozenset({EntryKind.NOTE})) == []


async def test_pages_go_on_where_the_last_one_ended(talk: Talk) -> None:
    for n in range(7):
        await talk.say(f"parcel {n}")
    await talk.index()
    wanted = Wanted(terms=terms_of("parcel"), kinds=frozenset({EntryKind.MESSAGE}))
    before, seen = None, []
    while True:
        async with talk.store.read() as connection:
            page = await search.find(connection, wanted, before=before, limit=3)
        if not page:
            break
        seen += [each.number for each in page]
        before = page[-1].number
    assert len(seen) == 7
    assert seen == sorted(seen, reverse=True)


async def test_a_contact_is_found_by_name_email_and_what_is_known(talk: Talk) -> None:
    id = await talk.say("hello")
    await talk.name(id, name="سارا احمدي", email="sara@example.com", attributes={"plan": "gold"})
    await talk.index()
    only = frozenset({EntryKind.CONTACT})
    for asked in ("احمدی", "sara@example.com", "example", "gold"):
        assert await talk.find(asked, kinds=only) == ["contact"], asked


async def test_each_event_is_taken_in_once_however_many_take_part(talk: Talk) -> None:
    for n in range(20):
        await talk.say(f"parcel {n}")
    async with talk.store.read() as connection:
        step = await indexing.next_step(connection, 0, 100)
    assert step is not None
    first = await talk.store.write(lambda tx: indexing.take(tx, step))
    second = await talk.store.write(lambda tx: indexing.take(tx, step))
    assert (first, second) == (True, False)
    assert len(await talk.find("parcel")) == 20


async def test_it_goes_on_after_the_last_event_that_was_taken_in(talk: Talk) -> None:
    await talk.say("parcel one")
    await talk.index(limit=1)
    await talk.say("parcel two")
    async with talk.store.read() as connection:
        assert (await indexing.progress(connection)).behind > 0
    await talk.index(limit=1)
    async with talk.store.read() as connection:
        assert (await indexing.progress(connection)).behind == 0
    assert await talk.find("parcel") == ["parcel two", "parcel one"]


async def test_made_anew_it_finds_the_same(talk: Talk) -> None:
    id = await talk.say("parcel one")
    await talk.name(id, name="Sara")
    for n in range(5):
        await talk.say(f"parcel {n}")
    await talk.index()
    before = await talk.find("parcel")
    await talk.store.write(indexing.begin_anew)
    assert await talk.step() is False
    for _ in range(10):
        await talk.store.write(lambda tx: indexing.empty(tx, 3))
    assert await talk.find("parcel") == []
    await talk.index()
    assert await talk.find("parcel") == before
