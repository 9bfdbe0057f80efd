"""Search over the agents' API: messages, notes, contacts, numbers, filters and pages."""

from __future__ import annotations

from typing import Any

import pytest

from gateway.hub import LocalHub
from gateway.ids import new_id
from gateway.indexer import Indexer
from gateway.model.agent import Agent
from gateway.store.store import Store


@pytest.fixture
async def me(signed_in: Any, sara: Agent) -> Any:
    return await signed_in(sara)


@pytest.fixture
def index(store: Store, hub: LocalHub) -> Any:
    return Indexer(store, hub, rest=0).catch_up


async def found(me: Any, q: str, **by: Any) -> list[tuple[str, str]]:
    page = await me.get("/search", q=q, **by)
    return [
        (each["kind"], "".join(piece["text"] for piece in each["snippet"]))
        for each in page["items"]
    ]


async def test_a_message_is_found_with_its_conversation_and_its_hit(
    me: Any, customers: Any, index: Any
) -> None:
    id = await customers.wait(text="Where is my parcel?")
    await index()
    (hit,) = (await me.get("/search", q="parcel"))["items"]
    assert hit["kind"] == "message"
    assert hit["snippet"] == [
        {"text": "Where is my ", "hit": False},
        {"text": "parcel", "hit": True},
        {"text": "?", "hit": False},
    ]
    assert hit["conversation"]["id"] == id
    assert hit["conversation"]["unread"] == 1
    assert (hit["message"]["seq"], hit["message"]["author"]["kind"]) == (1, "customer")


async def test_a_contact_comes_before_what_was_said_and_brings_the_latest_conversation(
    me: Any, customers: Any, index: Any
) -> None:
    first = await customers.write("visitor", "من سارا هستم")
    contact = (await me.get(f"/conversations/{first}"))["contact"]["id"]
    await me.call("PATCH", f"/contacts/{contact}", json={"name": "سارا احمدي"})
    await index()
    assert await found(me, "سارا") == [("contact", "سارا احمدي"), ("message", "من سارا هستم")]
    (hit,) = (await me.get("/search", q="احمدی", kind="contact"))["items"]
    assert (hit["contact"]["id"], hit["conversation"]["id"]) == (contact, first)


async def test_a_conversation_is_found_by_its_number_and_its_id(
    me: Any, customers: Any, index: Any
) -> None:
    await customers.write(text="first")
    second = await customers.write(text="it has 2 wheels")
    await index()
    assert await found(me, "#2") == [("conversation", "#2"), ("message", "it has 2 wheels")]
    assert await found(me, "2", kind="conversation") == [("conversation", "#2")]
    assert (await found(me, second))[0] == ("conversation", "#2")


async def test_notes_are_found_and_told_apart(me: Any, customers: Any, index: Any) -> None:
    id = await customers.wait(text="parcel")
    await me.post(f"/conversations/{id}/notes", {"text": "the parcel was lost"})
    await index()
    assert await found(me, "parcel") == [("note", "the parcel was lost"), ("message", "parcel")]
    assert await found(me, "parcel", kind="note") == [("note", "the parcel was lost")]
    assert await found(me, "parcel", kind="message") == [("message", "parcel")]


async def test_filters_leave_contacts_and_numbers_out(
    me: Any, customers: Any, index: Any, clock: Any, sara: Agent
) -> None:
    id = await customers.wait("visitor", text="parcel 1")
    clock.forward(hours=2)
    await me.post(f"/conversations/{id}/notes", {"text": "parcel 1 is here"})
    await index()
    customer, note = ("message", "parcel 1"), ("note", "parcel 1 is here")
    assert await found(me, "1", author="customer") == [customer]
    assert await found(me, "1", author=sara.id) == [note]
    assert await found(me, "1", **{"from": "2026-01-01T10:00:00Z"}) == [note]
    assert await found(me, "1", to="2026-01-01T10:00:00Z") == [customer]
    assert await found(me, "1", channel="chat", author="customer") == [customer]
    assert await found(me, "1", channel="email") == []
    assert await found(me, "1", inbox=new_id()) == []


async def test_pages_give_each_hit_once(me: Any, customers: Any, index: Any) -> None:
    for n in range(7):
        await customers.write(text=f"parcel {n}")
    await index()
    seen: list[str] = []
    cursor: dict[str, str] = {}
    while True:
        page = await me.get("/search", q="parcel", limit="3", **cursor)
        seen += [each["message"]["id"] for each in page["items"]]
        if page["next"] is None:
            break
        cursor = {"cursor": page["next"]}
    assert len(seen) == len(set(seen)) == 7


@pytest.mark.parametrize("q", ["", "  ", "!?", '"', "🙂"])
async def test_nothing_asked_finds_nothing(me: Any, customers: Any, index: Any, q: str) -> None:
    await customers.write(text="hello")
    await index()
    assert await found(me, q) == []


@pytest.mark.parametrize(
    "query", [{"kind": "thought"}, {"author": "me"}, {"from": "yesterday"}, {"inbox": "1"}]
)
async def test_a_filter_that_is_none_is_refused(me: Any, query: Any) -> None:
    status, _ = await me.call("GET", "/search", params={"q": "x", **query})
    assert status in (400, 422)
