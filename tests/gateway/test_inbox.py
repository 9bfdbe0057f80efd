"""The way in refuses what no channel may bring, names the field, and stores nothing of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from gateway.errors import BadInput, TooLarge
from gateway.ids import AttachmentId, ExternalId, MessageId, Peer
from gateway.inbox import Inbox as WayIn
from gateway.inbox import storable
from gateway.model.inbox import Inbox
from gateway.model.message import MAX_TEXT, Inbound
from gateway.store import messages, tables
from gateway.store.store import Store


@pytest.fixture
def inbound(inbox: Inbox) -> Inbound:
    return Inbound(
        inbox_id=inbox.id, peer=Peer("v1"), external_id=ExternalId("v1:1"), text="salam",
        at=datetime(2026, 1, 1, tzinfo=UTC), payload={},
    )  # fmt: skip


async def test_the_bell_rings_for_news_and_not_for_repeats(store: Store, inbound: Inbound) -> None:
    rings: list[int] = []
    way_in = WayIn(store, lambda: rings.append(1))
    await way_in.receive(inbound)
    await way_in.receive(inbound)
    assert len(rings) == 1


async def test_ten_thousand_characters_are_taken_and_one_more_is_not(
    store: Store, inbound: Inbound
) -> None:
    way_in = WayIn(store, lambda: None)
    await way_in.receive(replace(inbound, text="ی" * MAX_TEXT))
    with pytest.raises(TooLarge) as refused:
        await way_in.receive(
            replace(inbound, text="x" * (MAX_TEXT + 1), external_id=ExternalId("v1:2"))
        )
    assert (refused.value.field, refused.value.limit) == ("text", MAX_TEXT)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": " \n\t"}, "text"),
        ({"text": "\x00"}, "text"),
        ({"external_id": ExternalId("")}, "external_id"),
        ({"external_id": ExternalId("x" * 401)}, "external_id"),
        ({"attachment_ids": (AttachmentId("../x"),)}, "attachments"),
        ({"reply_to": MessageId("1; DROP")}, "reply_to"),
    ],
)
async def test_bad_input_is_named_and_nothing_is_stored(
    store: Store, inbound: Inbound, change: dict[str, object], field: str
) -> None:
    with pytest.raises(BadInput) as refused:
        await WayIn(store, lambda: None).receive(replace(inbound, **change))  # type: ignore[arg-type]
    assert refused.value.field == field
    async with store.read() as connection:
        stored = await connection.scalar(sa.select(sa.func.count()).select_from(tables.journal))
    assert stored == 0


async def test_odd_text_is_stored_as_far_as_databases_can(store: Store, inbound: Inbound) -> None:
    odd = "a\x00b\ud800c \u202e\u200cپیک 👩‍👩‍👧 \ufffe"
    received = await WayIn(store, lambda: None).receive(replace(inbound, text=odd))
    async with store.read() as connection:
        (message,) = await messages.since(connection, received.conversation_id)
    assert message.text == storable(odd) == "ab?c \u202e\u200cپیک 👩‍👩‍👧 \ufffe"
