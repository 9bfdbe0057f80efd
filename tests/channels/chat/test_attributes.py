"""What a site knows of its visitor: said by the page, or signed."""

from __future__ import annotations

from typing import Any

import pytest

from channels.chat.attributes import MOST, merged
from gateway.events import EventKind
from gateway.ids import ContactId
from gateway.store import contacts, events
from tests.channels.chat.site import ChatSite
from tests.channels.chat.test_sessions import IDENTITY, identity


async def known(site: ChatSite, id: str) -> dict[str, Any]:
    async with site.store.read() as connection:
        return (await contacts.get(connection, ContactId(id))).attributes


async def test_what_a_page_says_of_its_visitor_is_kept_as_the_pages_word(site: ChatSite) -> None:
    page = await site.visit(attributes={"plan": "pro", "cart": 3, "vip": True, "از": "تهران"})
    assert await known(site, page.contact_id) == {
        "page.plan": "pro",
        "page.cart": 3,
        "page.vip": True,
        "page.از": "تهران",
    }


async def test_a_page_may_say_more_later_and_take_back(site: ChatSite) -> None:
    page = await site.visit(attributes={"plan": "pro", "cart": 3})
    status, _ = await page.open_session(attributes={"cart": 4, "plan": None, "step": "pay"})
    assert status == 201
    assert await known(site, page.contact_id) == {"page.cart": 4, "page.step": "pay"}


async def test_what_is_signed_stands_apart_from_what_the_page_says(site: ChatSite) -> None:
    await site.change_settings(identity=IDENTITY)
    signed = identity(site, attributes={"plan": "pro", "page.plan": "mine"})
    page = await site.visit(identity=signed, attributes={"plan": "enterprise"})
    assert await known(site, page.contact_id) == {"plan": "pro", "page.plan": "enterprise"}
    await page.open_session(attributes={"plan": None})
    assert await known(site, page.contact_id) == {"plan": "pro"}


async def test_agents_are_told_once_that_a_contact_changed(site: ChatSite) -> None:
    page = await site.visit()
    for _ in range(2):
        await page.open_session(attributes={"cart": 4})
    async with site.store.read() as connection:
        told = await events.since(connection, 0)
    changes = [each for each in told if each.kind is EventKind.CONTACT_CHANGED]
    assert [each.data["changed"] for each in changes] == [["attributes"]]


@pytest.mark.parametrize(
    "wrong",
    [
        {"": 1},
        {" plan": 1},
        {"x" * 51: 1},
        {"plan": {"deep": 1}},
        {"plan": [1]},
        {"plan": "x" * 501},
        {f"name {n}": n for n in range(51)},
    ],
)
async def test_what_is_too_much_is_refused(site: ChatSite, wrong: dict[str, Any]) -> None:
    status, said = await site.page().open_session(attributes=wrong)
    assert status == 422, said


def test_a_contact_has_only_so_many_attributes() -> None:
    full = merged({}, {f"n{at}": at for at in range(MOST + 5)})
    assert len(full) == MOST
    assert merged(full, {"n0": "new", "more": 1})["n0"] == "new"
    assert len(merged(full, {"n0": None, "more": 1})) == MOST
