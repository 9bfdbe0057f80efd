"""Canned replies: who writes them, in which languages, and what they may leave open."""

from __future__ import annotations

from typing import Any

import pytest

from gateway.events import EventKind
from gateway.ids import new_id
from gateway.model.agent import Agent
from gateway.model.begun import unknown_places

HELLO = {"shortcut": "hello", "title": "Greeting", "text": "Hello {{contact.name|there}}!"}


@pytest.fixture
async def me(signed_in: Any, sara: Agent) -> Any:
    return await signed_in(sara)


@pytest.fixture
async def chief(signed_in: Any, boss: Agent, inbox: Any) -> Any:
    return await signed_in(boss)


async def test_supervisors_write_and_all_use_them(chief: Any, me: Any, customers: Any) -> None:
    made = await chief.post("/canned-replies", {**HELLO, "shortcut": " Hello "}, expect=201)
    assert made == {**HELLO, "id": made["id"], "locale": None, "updated_at": made["updated_at"]}
    assert (await me.get("/canned-replies"))["items"] == [made]
    path = f"/canned-replies/{made['id']}"
    status, said = await chief.call("PATCH", path, json={"locale": "fa", "text": "سلام"})
    assert (status, said["locale"], said["text"], said["title"]) == (200, "fa", "سلام", "Greeting")
    assert (await chief.call("PATCH", path, json={"locale": None}))[1]["locale"] is None
    assert (await chief.call("DELETE", path))[0] == 204
    assert (await chief.call("DELETE", path))[0] == 404
    assert (await me.get("/canned-replies"))["items"] == []
    told = [e for e in await customers.events() if e.kind is EventKind.CANNED_REPLY_CHANGED]
    assert [each.data["changed"] for each in told] == [
        ["made"],
        ["locale", "text"],
        ["locale"],
        ["deleted"],
    ]


async def test_agents_do_not_write_them(me: Any, chief: Any) -> None:
    made = await chief.post("/canned-replies", HELLO, expect=201)
    path = f"/canned-replies/{made['id']}"
    assert (await me.call("POST", "/canned-replies", json=HELLO))[0] == 403
    assert (await me.call("PATCH", path, json={"title": "x"}))[0] == 403
    assert (await me.call("DELETE", path))[0] == 403


async def test_a_shortcut_stands_once_in_each_language(chief: Any) -> None:
    await chief.post("/canned-replies", HELLO, expect=201)
    said = await chief.post("/canned-replies", HELLO, expect=422)
    assert said["errors"][0]["field"] == "shortcut"
    other = await chief.post("/canned-replies", {**HELLO, "locale": "ar"}, expect=201)
    path = f"/canned-replies/{other['id']}"
    status, said = await chief.call("PATCH", path, json={"locale": None})
    assert (status, said["errors"][0]["field"]) == (422, "shortcut")
    assert (await chief.call("PATCH", path, json={"locale": "fa"}))[0] == 200


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"shortcut": "two words"}, "shortcut"),
        ({"shortcut": ""}, "shortcut"),
        ({"shortcut": "a/b"}, "shortcut"),
        ({"locale": "de"}, "locale"),
        ({"title": " "}, "title"),
        ({"text": " "}, "text"),
        ({"text": "Dear {{contact.nam}}"}, "text"),
        ({"text": "{{slots.}}"}, "text"),
    ],
)
async def test_what_is_no_canned_reply_is_neither_made_nor_changed_to(
    chief: Any, change: Any, field: str
) -> None:
    said = await chief.post("/canned-replies", {**HELLO, **change}, expect=422)
    assert said["errors"][0]["field"] == field
    made = await chief.post("/canned-replies", HELLO, expect=201)
    path = f"/canned-replies/{made['id']}"
    status, said = await chief.call("PATCH", path, json=change)
    assert (status, said["errors"][0]["field"]) == (422, field)
    assert (await chief.get("/canned-replies"))["items"] == [made]


async def test_an_unknown_canned_reply_is_not_found(chief: Any) -> None:
    path = f"/canned-replies/{new_id()}"
    assert (await chief.call("PATCH", path, json={"title": "x"}))[0] == 404
    assert (await chief.call("DELETE", path))[0] == 404


def test_places_that_nothing_can_fill_are_named() -> None:
    text = "{{ contact.name | there }} {{slots.order_number}} {{contact.phone}} {{}} { {x} }"
    assert unknown_places(text) == ["contact.phone", ""]
