"""The Rasa client against servers that misbehave, over real HTTP on loopback."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import aiohttp
import orjson
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.bot import Question
from bot.rasa_client import LARGEST_ANSWER, RasaClient
from gateway.errors import BotFailed
from gateway.ids import ConversationId, TurnId

QUESTION = Question(
    conversation_id=ConversationId("c"), turn_id=TurnId("t"), channel="chat", text="hi"
)
GOOD: dict[str, Any] = {
    "messages": [
        {"text": "hello", "buttons": [{"label": "Track", "value": "/order_status"}], "image": None},
        {"text": None, "buttons": [], "image": None},
    ],
    "understood": {
        "intent": {"name": "greet", "confidence": 0.9},
        "ranking": [{"name": "greet", "confidence": 0.9, "title": None}],
        "entities": [{"entity": "order_number", "value": "1001", "start": 0, "end": 4}],
        "nearest": 0.8,
        "score": 0.72,
        "language": "en",
    },
    "slots": {"order_number": "1001"},
    "active_form": None,
    "handoff": None,
    "actions": ["utter_greet"],
    "model": "m1",
    "events": [
        {"event": "slot", "name": "order_number", "value": "1001"},
        {"event": "slot", "name": "order_eta", "value": None},
    ],
    "dialogue": [{"event": "action", "name": "action_listen"}],
}
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Open = Callable[[Handler], Awaitable[RasaClient]]


@pytest.fixture
async def client_of() -> AsyncIterator[Open]:
    """A client of a server with this handler, that waits half a second for an answer."""
    servers: list[TestServer] = []
    async with aiohttp.ClientSession() as session:

        async def open(handler: Handler) -> RasaClient:
            app = web.Application()
            app.router.add_route("*", "/{path:.*}", handler)
            servers.append(TestServer(app))
            await servers[-1].start_server()
            return RasaClient(session, str(servers[-1].make_url("/")), "secret", 0.5)

        yield open
        for server in servers:
            await server.close()


async def why(client: RasaClient) -> str:
    with pytest.raises(BotFailed) as caught:
        await client.ask(QUESTION)
    return caught.value.why


async def test_a_good_answer_becomes_values(client_of: Open) -> None:
    seen: list[tuple[str, str | None, Any]] = []

    async def good(request: web.Request) -> web.Response:
        seen.append((request.path, request.headers.get("Authorization"), await request.json()))
        return web.json_response(GOOD)

    answer = await (await client_of(good)).ask(QUESTION)
    assert [each.text for each in answer.said] == ["hello"]
    assert answer.said[0].buttons[0].value == "/order_status"
    assert answer.understanding.score == 0.72
    assert answer.understanding.entities[0].value == "1001"
    assert answer.forgotten == {"order_eta"}
    assert answer.dialogue == ({"event": "action", "name": "action_listen"},)
    assert seen[0][:2] == ("/webhooks/peyk/turn", "Bearer secret")
    assert seen[0][2]["text"] == "hi"
    assert seen[0][2]["events"] == []


async def test_nobody_listening_is_down() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    async with aiohttp.ClientSession() as session:
        assert await why(RasaClient(session, f"http://127.0.0.1:{port}", "s", 0.5)) == "down"


async def test_later_than_the_deadline_is_late(client_of: Open) -> None:
    async def slow(request: web.Request) -> web.Response:
        await asyncio.sleep(2)
        return web.json_response(GOOD)

    assert await why(await client_of(slow)) == "late"


async def test_an_answer_that_drips_is_late(client_of: Open) -> None:
    async def dripping(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        for _ in range(20):
            await response.write(b" ")
            await asyncio.sleep(0.1)
        return response

    assert await why(await client_of(dripping)) == "late"


@pytest.mark.parametrize(
    ("status", "reason"), [(500, "error"), (401, "error"), (503, "no_model"), (302, "error")]
)
async def test_any_status_but_200_is_a_failure(client_of: Open, status: int, reason: str) -> None:
    async def failing(request: web.Request) -> web.Response:
        return web.json_response(GOOD, status=status)

    assert await why(await client_of(failing)) == reason


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"null",
        b"<html>",
        b"\xff\xfe",
        b'{"messages": []}',
        orjson.dumps({**GOOD, "messages": "hello"}),
        orjson.dumps({**GOOD, "messages": [{"text": 5}]}),
        orjson.dumps({**GOOD, "understood": {**GOOD["understood"], "score": 7}}),
        orjson.dumps({**GOOD, "understood": None}),
        orjson.dumps({**GOOD, "dialogue": [1, 2]}),
        orjson.dumps({**GOOD, "messages": [{"text": "x"}] * 21}),
        orjson.dumps(GOOD)[:-20],
        b'{"messages": NaN}',
    ],
)
async def test_garbage_is_the_wrong_shape(client_of: Open, body: bytes) -> None:
    async def garbage(request: web.Request) -> web.Response:
        return web.Response(body=body, content_type="application/json")

    assert await why(await client_of(garbage)) == "wrong_shape"


async def test_a_huge_answer_is_not_read_to_its_end(client_of: Open) -> None:
    async def huge(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        for _ in range(LARGEST_ANSWER // 65536 + 4):
            await response.write(b" " * 65536)
        return response

    assert await why(await client_of(huge)) == "wrong_shape"


async def test_a_connection_that_is_cut_is_down(client_of: Open) -> None:
    async def cutting(request: web.Request) -> web.Response:
        assert request.transport is not None
        request.transport.close()
        return web.Response()

    assert await why(await client_of(cutting)) == "down"


async def test_a_server_that_is_ready_names_its_model(client_of: Open) -> None:
    async def health(request: web.Request) -> web.Response:
        return web.json_response({"ready": True, "model": "m1"})

    assert await (await client_of(health)).ready() == "m1"


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"null", b"<html>", b'{"model": 5}', b"\xff"])
async def test_garbage_about_its_health_is_the_wrong_shape(client_of: Open, body: bytes) -> None:
    """It is asked when we start, and must not end us."""

    async def garbage(request: web.Request) -> web.Response:
        return web.Response(body=body, content_type="application/json")

    with pytest.raises(BotFailed) as caught:
        await (await client_of(garbage)).ready()
    assert caught.value.why == "wrong_shape"
