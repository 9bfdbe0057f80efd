"""The web chat without a WebSocket, and which sites may use it."""

from __future__ import annotations

from typing import Any

import pytest

from gateway.ids import new_id
from gateway.model.delivery import DeliveryState
from gateway.model.message import ASK_FOR_PERSON, Button
from gateway.store import tables
from gateway.web import keys
from gateway.web.site import Site
from tests.channels.chat.site import ChatSite, client_id


async def test_a_message_by_http_is_201_and_its_repeat_200_with_the_same_answer(
    site: ChatSite,
) -> None:
    page = await site.visit()
    body = {"client_id": client_id(), "text": "hello"}
    first = await page.call("POST", "/messages", json=body)
    again = await page.call("POST", "/messages", json=body)
    assert (first[0], again[0]) == (201, 200)
    assert first[1] == again[1]
    assert set(first[1]) == {"message_id", "seq", "conversation_id"}
    async with page.socket() as line:
        ack = await line.say("hello", body["client_id"])
    assert (ack["message_id"], ack["seq"]) == (first[1]["message_id"], 1)


async def test_messages_are_listed_from_where_the_page_is(site: ChatSite) -> None:
    page = await site.visit()
    assert (await page.call("GET", "/messages"))[1]["items"] == []
    said = await page.say("one")
    id = said["conversation_id"]
    await site.say_as_bot(id, "two")
    status, listed = await page.call("GET", "/messages?since=1")
    assert status == 200
    assert (listed["conversation_id"], listed["state"], listed["next"]) == (id, "with_bot", None)
    assert [(each["seq"], each["text"]) for each in listed["items"]] == [(2, "two")]
    await site.chat.receipts.flush()
    assert await site.delivery_states(id) == [DeliveryState.DELIVERED.value]


async def test_a_long_story_is_listed_in_pages(site: ChatSite) -> None:
    page = await site.visit()
    id = (await page.say("0"))["conversation_id"]
    for n in range(1, 250):
        await site.say_as_bot(id, str(n))
    texts: list[str] = []
    since: int | None = 0
    while since is not None:
        _, said = await page.call("GET", f"/messages?since={since}&conversation_id={id}")
        texts += [each["text"] for each in said["items"]]
        since = said["next"]
    assert texts == [str(n) for n in range(250)]


async def test_a_button_and_the_wish_for_a_person_go_by_http_too(site: ChatSite) -> None:
    page = await site.visit()
    id = (await page.say("order"))["conversation_id"]
    asked = await site.say_as_bot(id, "Well?", buttons=(Button(label="Yes", value="/yes"),))
    choose = {"message_id": asked.id, "value": "/yes"}
    for more in ({"choose": choose}, {"ask_for_person": True}):
        body = {"client_id": client_id(), **more}
        assert (await page.call("POST", "/messages", json=body))[0] == 201
    chosen = [(m.text, m.chosen) for m in (await site.messages(id))[2:]]
    assert chosen == [("Yes", "/yes"), ("I would like to talk to a person.", ASK_FOR_PERSON)]


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        ({}, 422, "body"),
        ({"client_id": "x", "text": "a"}, 422, "client_id"),
        ({"text": " "}, 422, "text"),
        ({"text": "x" * 10_001}, 413, "text"),
        ({"text": "x", "ask_for_person": True}, 422, "body"),
        ({"text": 5}, 422, "text"),
        ({"text": "x", "reply_to": "y"}, 422, "reply_to"),
        ({"text": "x", "surprise": 1}, 422, "surprise"),
        ({"choose": {"value": "x"}}, 422, "choose.message_id"),
        ({"attachments": [new_id()]}, 422, "attachments"),
        ({"text": "x", "attachments": ["x"]}, 422, "attachments.0"),
    ],
)
async def test_a_bad_message_is_a_problem_that_names_the_field(
    site: ChatSite, body: dict[str, Any], status: int, field: str
) -> None:
    page = await site.visit()
    given = {"client_id": client_id(), **body}
    answered, said = await page.call("POST", "/messages", json=given)
    assert (answered, said["errors"][0]["field"]) == (status, field)
    assert await site.count(tables.journal) == 0


async def test_what_is_not_the_visitors_is_404(site: ChatSite) -> None:
    page, stranger = await site.visit(), await site.visit()
    said = await page.say("mine")
    for more in (
        {"text": "x", "reply_to": said["message_id"]},
        {"choose": {"message_id": said["message_id"], "value": "x"}},
    ):
        body = {"client_id": client_id(), **more}
        assert (await stranger.call("POST", "/messages", json=body))[0] == 404


@pytest.mark.parametrize("token", ["", "x", "Bearer", "پیک"])
async def test_without_a_session_nothing_is_read_or_said(site: ChatSite, token: str) -> None:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    page = site.page(**headers)
    for method, path in (("GET", "/messages"), ("POST", "/messages"), ("POST", "/attachments")):
        given = {"json": {"client_id": client_id(), "text": "x"}} if path == "/messages" else {}
        status, said = await page.call(method, path, **given if method == "POST" else {})
        assert (status, said["status"]) == (401, 401)


async def test_messages_by_http_are_limited_per_visitor_and_per_network(
    site: ChatSite,
) -> None:
    limits = {"messages_burst": 2, "messages_per_s": 0.5, "network_times": 1.5}
    await site.change_settings(limits={**limits, "loopback_too": True})
    one, two = await site.visit(), await site.visit()

    def body() -> dict[str, str]:
        return {"client_id": client_id(), "text": "x"}

    first = [(await one.call("POST", "/messages", json=body()))[0] for _ in range(3)]
    second = [(await two.call("POST", "/messages", json=body()))[0] for _ in range(2)]
    assert first == [201, 201, 429]
    assert second == [201, 429]
    url = site.server.make_url("/chat/v1/messages")
    headers = {"Authorization": f"Bearer {one.token}"}
    async with site.session.post(url, json=body(), headers=headers) as response:
        assert (response.status, int(response.headers["Retry-After"]) >= 1) == (429, True)


async def test_only_pages_of_the_inboxs_sites_are_served(site: ChatSite) -> None:
    await site.change_settings(allowed_sites=["https://Shop.example/", "http://localhost:3000"])
    for origin, status in (
        ("https://shop.example", 201),
        ("http://localhost:3000", 201),
        ("http://shop.example", 403),
        ("https://shop.example.evil.example", 403),
        ("https://evil.example", 403),
        ("null", 403),
    ):
        assert (await site.page(Origin=origin).open_session())[0] == status, origin
    page = await site.visit()
    own = str(site.server.make_url("/")).rstrip("/")
    assert (await page.call("GET", "/messages", headers={"Origin": own}))[0] == 200
    evil = {"Origin": "https://evil.example"}
    assert (await page.call("GET", "/messages", headers=evil))[0] == 403
    async with page.raw_socket(**evil) as socket:
        await socket.send_json({"type": "hello", "token": page.token})
        assert (await socket.receive_json())["code"] == "unauthorized"
        await socket.receive()
        assert socket.close_code == 4401


async def test_pages_of_any_site_may_call_when_none_is_named(site: ChatSite) -> None:
    url = site.server.make_url("/chat/v1/sessions")
    asks = {"Origin": "https://any.example", "Access-Control-Request-Method": "POST"}
    async with site.session.options(url, headers=asks) as response:
        assert response.status == 204
        assert "Authorization" in response.headers["Access-Control-Allow-Headers"]
    body = {"inbox": site.inbox.key}
    async with site.session.post(url, json=body, headers={"Origin": asks["Origin"]}) as response:
        assert response.status == 201
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in response.headers


@pytest.mark.parametrize(("trusted", "second"), [(False, 429), (True, 201)])
async def test_a_network_address_behind_a_proxy_is_believed_only_if_the_proxy_is_trusted(
    site: ChatSite, trusted: bool, second: int
) -> None:
    site.app._state[keys.SITE] = Site(trust_proxy=trusted)
    limits = {"network_sessions_burst": 1, "network_sessions_per_s": 0.001}
    await site.change_settings(limits={**limits, "loopback_too": True})
    pages = [site.page(**{"X-Forwarded-For": f"192.0.2.{n}"}) for n in (1, 2, 2)]
    assert [(await page.open_session())[0] for page in pages] == [201, second, 429]
