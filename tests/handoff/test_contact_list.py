"""The list of contacts: newest first, page by page, and what a search finds."""

from __future__ import annotations

from typing import Any

import pytest

from gateway.hub import LocalHub
from gateway.indexer import Indexer
from gateway.model.agent import Agent
from gateway.store import contact_lists, contacts
from gateway.store.store import Store


@pytest.fixture
async def me(signed_in: Any, sara: Agent) -> Any:
    return await signed_in(sara)


async def named(store: Store, customers: Any, name: str, email: str | None = None) -> str:
    contact_id = (await customers.now(await customers.write())).contact_id
    await store.write(lambda tx: contacts.change(tx, contact_id, name=name, email=email))
    return str(contact_id)


async def test_contacts_are_listed_with_what_is_known_of_them(
    me: Any, customers: Any, store: Store
) -> None:
    id = await customers.write("v1")
    contact_id = (await customers.now(id)).contact_id
    newer = await named(store, customers, "Mina", "mina@example.com")
    first, second = (await me.get("/contacts"))["items"]
    assert (first["id"], first["name"], first["email"]) == (newer, "Mina", "mina@example.com")
    assert second["id"] == contact_id
    assert second["addresses"] == [{"channel": "chat", "peer": "v1", "proof": "anonymous"}]
    assert (second["conversations"], second["last_seen_at"]) == (1, "2026-01-01T09:00:00Z")


async def test_pages_neither_skip_nor_repeat(me: Any, customers: Any) -> None:
    for _ in range(5):
        await customers.write()
    seen: list[str] = []
    cursor = ""
    while True:
        page = await me.get("/contacts", limit=2, cursor=cursor)
        seen += [each["id"] for each in page["items"]]
        if page["next"] is None:
            break
        cursor = page["next"]
    assert len(seen) == 5
    assert seen == sorted(set(seen), reverse=True)


@pytest.mark.parametrize("q", ["مین", "MINA@example", "mina@example.com", " mina "])
async def test_a_search_finds_by_part_of_name_or_email(
    me: Any, customers: Any, store: Store, q: str
) -> None:
    mina = await named(store, customers, "مینا Mina", "mina@example.com")
    await named(store, customers, "Omid", "omid@example.com")
    assert [each["id"] for each in (await me.get("/contacts", q=q))["items"]] == [mina]


async def test_a_search_finds_a_name_however_it_is_written(
    me: Any, customers: Any, store: Store, hub: LocalHub
) -> None:
    ali = await named(store, customers, "علی کریمی")
    await me.call("PATCH", f"/contacts/{ali}", json={"name": "علی کریمی"})
    await Indexer(store, hub, rest=0).catch_up()
    for q in ("علي", "كريمي علي"):
        assert [each["id"] for each in (await me.get("/contacts", q=q))["items"]] == [ali]


async def test_a_search_finds_by_whole_address_and_id(me: Any, customers: Any) -> None:
    contact_id = (await customers.now(await customers.write("visitor-77"))).contact_id
    await customers.write("visitor-78")
    for q in ("visitor-77", contact_id):
        assert [each["id"] for each in (await me.get("/contacts", q=q))["items"]] == [contact_id]
    assert (await me.get("/contacts", q="100%"))["items"] == []


async def test_a_search_goes_on_behind_its_window(
    me: Any, customers: Any, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contact_lists, "WINDOW", 2)
    old = await named(store, customers, "Zahra")
    for _ in range(3):
        await customers.write()
    page = await me.get("/contacts", q="zahra")
    assert page["items"] == []
    page = await me.get("/contacts", q="zahra", cursor=page["next"])
    assert [each["id"] for each in page["items"]] == [old]
    assert page["next"] is None


async def test_a_bad_cursor_is_refused(me: Any, queue: Any) -> None:
    assert (await me.call("GET", "/contacts?cursor=x"))[0] == 400
    assert (await me.call("GET", f"/contacts?q={'x' * 201}"))[0] == 422
