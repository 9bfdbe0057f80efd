"""Queues, contacts, inboxes, rules and files: who may, what is kept, what is refused."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest
from aiohttp.test_utils import TestServer

from gateway.events import EventKind
from gateway.ids import new_id
from gateway.model.agent import Agent
from gateway.model.inbox import Inbox, Queue
from gateway.store import inboxes
from gateway.store.store import Store
from handoff.routing import route

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\rIHDR" + bytes(40)


@pytest.fixture
async def me(signed_in: Any, sara: Agent) -> Any:
    return await signed_in(sara)


@pytest.fixture
async def chief(signed_in: Any, admin: Agent) -> Any:
    return await signed_in(admin)


async def kinds(customers: Any) -> list[EventKind]:
    return [each.kind for each in await customers.events()]


async def test_queues_show_how_many_wait_and_since_when(
    me: Any, desk: Any, sara: Agent, customers: Any, sales: Queue, clock: Any
) -> None:
    await customers.wait()
    clock.forward(minutes=3)
    await customers.wait()
    items = (await me.get("/queues"))["items"]
    assert {(q["name"], q["waiting"], q["oldest_waiting_since"]) for q in items} == {
        ("Sales", 0, None),
        ("Support", 2, "2026-01-01T09:00:00Z"),
    }
    assert {q["name"]: q["is_default"] for q in items} == {"Support": True, "Sales": False}


async def test_an_admin_makes_renames_and_closes_queues(
    chief: Any, me: Any, customers: Any, queue: Queue
) -> None:
    made = await chief.post("/queues", {"name": "Returns"}, expect=201)
    said = await chief.post("/queues", {"name": "Returns"}, expect=422)
    assert said["errors"][0]["field"] == "name"
    path = f"/queues/{made['id']}"
    status, said = await chief.call("PATCH", path, json={"name": "Support"})
    assert (status, said["errors"][0]["field"]) == (422, "name")
    status, said = await chief.call("PATCH", path, json={"name": "Refunds", "disabled": True})
    assert (status, said["name"], said["disabled"]) == (200, "Refunds", True)
    status, said = await chief.call("PATCH", path, json={"disabled": False})
    assert said["disabled"] is False
    status, said = await chief.call("PATCH", path, json={"name": None})
    assert (status, said["errors"][0]["field"]) == (422, "name")
    status, said = await chief.call("PATCH", f"/queues/{queue.id}", json={"disabled": True})
    assert (status, said["errors"][0]["field"]) == (422, "disabled")
    assert (await kinds(customers)).count(EventKind.QUEUE_CHANGED) == 3


async def test_a_closed_queue_gets_nothing_new_and_can_be_emptied(
    chief: Any, me: Any, desk: Any, sara: Agent, customers: Any, store: Store, inbox: Inbox
) -> None:
    made = await chief.post("/queues", {"name": "Returns"}, expect=201)
    id = await customers.wait()
    await me.post(f"/conversations/{id}/transfer", {"queue": made["id"]})
    await chief.call("PATCH", f"/queues/{made['id']}", json={"disabled": True})
    other = await customers.wait()
    said = await me.post(f"/conversations/{other}/transfer", {"queue": made["id"]}, expect=422)
    assert said["errors"][0]["field"] == "queue"
    claimed = await me.post("/conversations/next", {"queue": made["id"]})
    assert claimed["id"] == id
    async with store.read() as connection:
        queues = await inboxes.list_queues(connection)
    assert route(inbox=inbox, queues=queues).queue_id == inbox.queue_id


async def test_a_contact_shows_addresses_and_conversations(
    me: Any, customers: Any, inbox: Inbox
) -> None:
    id = await customers.wait("v1")
    contact_id = (await customers.now(id)).contact_id
    shown = await me.get(f"/contacts/{contact_id}")
    (address,) = shown["addresses"]
    assert (address["channel"], address["proof"], address["peer"]) == ("chat", "anonymous", "v1")
    assert address["inbox"] == {"id": inbox.id, "name": "Demo"}
    assert [each["id"] for each in shown["conversations"]] == [id]


async def test_an_agent_corrects_a_contact_and_proves_nothing_by_it(
    me: Any, customers: Any
) -> None:
    id = await customers.wait()
    path = f"/contacts/{(await customers.now(id)).contact_id}"
    change = {"name": " Mina ", "email": "mina@example.com", "attributes": {"vip": True, "a": 1}}
    status, said = await me.call("PATCH", path, json=change)
    assert (status, said["name"], said["email"]) == (200, "Mina", "mina@example.com")
    assert said["addresses"][0]["proof"] == "anonymous"
    status, said = await me.call(
        "PATCH", path, json={"email": None, "attributes": {"a": None, "b": 2}}
    )
    assert (said["email"], said["attributes"]) == (None, {"vip": True, "b": 2})
    told = [e for e in await customers.events() if e.kind is EventKind.CONTACT_CHANGED]
    assert [each.data["changed"] for each in told] == [
        ["attributes", "email", "name"],
        ["attributes", "email"],
    ]
    assert (await me.get(f"/conversations/{id}"))["contact"]["name"] == "Mina"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"name": ""}, "name"),
        ({"email": "nobody"}, "email"),
        ({"attributes": None}, "attributes"),
        ({"attributes": {"a": "x" * 20_001}}, "attributes"),
        ({"attributes": {"a" * 101: 1}}, None),
        ({"locale": "fa"}, "locale"),
    ],
)
async def test_a_contact_is_not_changed_by_what_is_wrong(
    me: Any, customers: Any, body: Any, field: str | None
) -> None:
    path = f"/contacts/{(await customers.now(await customers.wait())).contact_id}"
    status, said = await me.call("PATCH", path, json=body)
    assert status == 422
    assert field is None or said["errors"][0]["field"] == field


async def test_attributes_added_bit_by_bit_stay_bounded(me: Any, customers: Any) -> None:
    path = f"/contacts/{(await customers.now(await customers.wait())).contact_id}"
    for n in range(3):
        status, _ = await me.call("PATCH", path, json={"attributes": {f"k{n}": "x" * 9000}})
        assert status == (200 if n < 2 else 422)


async def test_an_unknown_contact_is_not_found(me: Any) -> None:
    assert (await me.call("GET", f"/contacts/{new_id()}"))[0] == 404
    assert (await me.call("PATCH", f"/contacts/{new_id()}", json={"name": "x"}))[0] == 404


async def test_only_admins_see_an_inbox_s_key_and_settings(
    me: Any, chief: Any, signed_in: Any, boss: Agent, inbox: Inbox
) -> None:
    shown = {"id": inbox.id, "name": "Demo", "channel": "chat", "disabled": False}
    assert (await me.get("/inboxes"))["items"] == [shown]
    assert (await (await signed_in(boss)).get("/inboxes"))["items"] == [shown]
    (whole,) = (await chief.get("/inboxes"))["items"]
    assert whole == {**shown, "key": "demo", "queue": inbox.queue_id, "settings": {}}


async def test_an_admin_makes_and_changes_inboxes(
    chief: Any, sales: Queue, queue: Queue, customers: Any
) -> None:
    made = await chief.post(
        "/inboxes", {"name": "Shop", "channel": "chat", "settings": {"greeting": "Hi"}}, expect=201
    )
    assert made["queue"] == queue.id
    assert len(made["key"]) >= 16
    path = f"/inboxes/{made['id']}"
    change = {"name": "Shop 2", "disabled": True, "queue": sales.id, "settings": {}}
    status, said = await chief.call("PATCH", path, json=change)
    assert status == 200
    assert {name: said[name] for name in change} == change
    assert said["key"] == made["key"]
    assert (await kinds(customers)).count(EventKind.INBOX_CHANGED) == 2


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"name": "x", "channel": "pigeon"}, "channel"),
        ({"name": "x"}, "channel"),
        ({"channel": "chat"}, "name"),
        ({"name": "x", "channel": "chat", "queue": new_id()}, "queue"),
        ({"name": "x", "channel": "chat", "settings": {"colour": 1}}, "colour"),
        ({"name": "x", "channel": "chat", "settings": {"greeting": 1}}, "greeting"),
    ],
)
async def test_a_wrong_inbox_is_not_made(chief: Any, inbox: Inbox, body: Any, field: str) -> None:
    said = await chief.post("/inboxes", body, expect=422)
    assert said["errors"][0]["field"] == field
    assert len((await chief.get("/inboxes"))["items"]) == 1


async def test_rules_are_made_changed_and_deleted(
    chief: Any, sales: Queue, inbox: Inbox, customers: Any, store: Store
) -> None:
    made = await chief.post("/rules", {"kind": "words", "value": " refund "}, expect=201)
    assert made == {
        "id": made["id"],
        "kind": "words",
        "value": "refund",
        "queue": None,
        "enabled": True,
    }
    path = f"/rules/{made['id']}"
    status, said = await chief.call("PATCH", path, json={"queue": sales.id, "enabled": False})
    assert (said["queue"], said["enabled"], said["value"]) == (sales.id, False, "refund")
    status, said = await chief.call("PATCH", path, json={"kind": "inbox", "value": inbox.id})
    assert (status, said["kind"]) == (200, "inbox")
    status, said = await chief.call("PATCH", path, json={"queue": None})
    assert said["queue"] is None
    assert [each["id"] for each in (await chief.get("/rules"))["items"]] == [made["id"]]
    assert (await chief.call("DELETE", path))[0] == 204
    assert (await chief.call("DELETE", path))[0] == 404
    assert (await chief.get("/rules"))["items"] == []
    assert (await kinds(customers)).count(EventKind.RULE_CHANGED) == 5


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"kind": "moon", "value": "x"}, "kind"),
        ({"kind": "words", "value": "  "}, "value"),
        ({"kind": "words", "value": "?!"}, "value"),
        ({"kind": "contact", "value": "somebody"}, "value"),
        ({"kind": "inbox", "value": "x"}, "value"),
        ({"kind": "inbox", "value": new_id()}, "value"),
        ({"kind": "words", "value": "x", "queue": new_id()}, "queue"),
    ],
)
async def test_a_wrong_rule_is_neither_made_nor_changed_to(
    chief: Any, inbox: Inbox, body: Any, field: str
) -> None:
    said = await chief.post("/rules", body, expect=422)
    assert said["errors"][0]["field"] == field
    made = await chief.post("/rules", {"kind": "words", "value": "refund"}, expect=201)
    status, said = await chief.call("PATCH", f"/rules/{made['id']}", json=body)
    assert (status, said["errors"][0]["field"]) == (422, field)
    assert (await chief.get("/rules"))["items"] == [made]


async def test_what_only_admins_may_is_refused_to_others(
    me: Any, signed_in: Any, boss: Agent, inbox: Inbox
) -> None:
    for browser in (me, await signed_in(boss)):
        for method, path, body in (
            ("POST", "/queues", {"name": "x"}),
            ("PATCH", f"/queues/{inbox.queue_id}", {"name": "x"}),
            ("POST", "/inboxes", {"name": "x", "channel": "chat"}),
            ("PATCH", f"/inboxes/{inbox.id}", {"name": "x"}),
            ("GET", "/rules", None),
            ("POST", "/rules", {"kind": "words", "value": "x"}),
            ("PATCH", f"/rules/{new_id()}", {"value": "x"}),
            ("DELETE", f"/rules/{new_id()}", None),
        ):
            given = {} if body is None else {"json": body}
            assert (await browser.call(method, path, **given))[0] == 403, (method, path)


def form(content: bytes, filename: str) -> aiohttp.FormData:
    data = aiohttp.FormData(quote_fields=False)
    data.add_field("file", content, filename=filename, content_type="text/html")
    return data


async def test_an_agent_sends_a_file(me: Any, customers: Any) -> None:
    id = await customers.wait()
    await me.post(f"/conversations/{id}/claim")
    status, stored = await me.call("POST", "/attachments", data=form(PNG, "../عکس.png"))
    assert status == 201
    assert stored == {
        "id": stored["id"],
        "filename": "عکس.png",
        "content_type": "image/png",
        "size": len(PNG),
        "url": f"/api/v1/attachments/{stored['id']}",
    }
    said = await me.post(f"/conversations/{id}/replies", {"attachments": [stored["id"]]})
    assert said["message"]["attachments"] == [stored]
    async with me.client.get(stored["url"], headers=me.headers) as response:
        assert await response.read() == PNG
        assert response.headers["Content-Type"] == "image/png"
        assert response.headers["Content-Disposition"].startswith("inline")


async def test_what_could_run_in_a_browser_is_only_for_saving(me: Any) -> None:
    for content, filename in ((b"<html><script>", "x.html"), (b"<svg/onload=x>", "x.png")):
        _, stored = await me.call("POST", "/attachments", data=form(content, filename))
        async with me.client.get(stored["url"], headers=me.headers) as response:
            assert response.headers["Content-Type"] == "application/octet-stream"
            assert response.headers["Content-Disposition"].startswith("attachment")
            assert response.headers["X-Content-Type-Options"] == "nosniff"
            assert "sandbox" in response.headers["Content-Security-Policy"]


async def test_a_file_too_large_or_none_at_all_is_refused(me: Any) -> None:
    status, said = await me.call("POST", "/attachments", data=form(bytes(100_001), "x"))
    assert (status, said["errors"][0]["field"]) == (413, "file")
    status, _ = await me.call("POST", "/attachments", json={})
    assert status == 415
    assert (await me.call("GET", f"/attachments/{new_id()}"))[0] == 404


async def test_files_are_for_those_who_are_signed_in(me: Any, server: TestServer) -> None:
    _, stored = await me.call("POST", "/attachments", data=form(PNG, "x.png"))
    async with (
        aiohttp.ClientSession() as session,
        session.get(server.make_url(stored["url"])) as response,
    ):
        assert response.status == 401
