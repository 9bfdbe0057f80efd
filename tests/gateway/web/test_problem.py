"""Problems: each error has its status and type, and none comes after an answer has begun."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from gateway.errors import (
    BadInput,
    BotFailed,
    IllegalMove,
    NotAllowed,
    NotFound,
    NotSignedIn,
    OwnedByAnother,
    SendError,
    StoreUnavailable,
    TooLarge,
    TooMany,
)
from gateway.web.headers import guard
from gateway.web.problem import problem_of, problems

OWNER: dict[str, str | None] = {"kind": "agent", "id": "a1", "name": "Sara"}


@pytest.mark.parametrize(
    ("error", "status", "slug"),
    [
        (BadInput("name", "a text"), 422, "bad-input"),
        (NotSignedIn("no"), 401, "not-signed-in"),
        (NotAllowed("no"), 403, "not-allowed"),
        (NotFound("agent", "1"), 404, "not-found"),
        (IllegalMove("claim", "resolved", 3, OWNER), 409, "illegal-move"),
        (OwnedByAnother("claim", "with_agent", 3, OWNER), 409, "owned-by-another"),
        (TooLarge("file", 10), 413, "too-large"),
        (TooMany("messages", 0.2), 429, "too-many"),
        (SendError("no"), 502, "not-sent"),
        (StoreUnavailable("no"), 503, "unavailable"),
        (BotFailed("timeout"), 503, "unavailable"),
        (KeyError("a bug"), 500, "internal"),
    ],
)
def test_each_error_has_its_status_and_type(error: Exception, status: int, slug: str) -> None:
    problem = problem_of(error)
    document = problem.document()
    assert (problem.status, document["status"]) == (status, status)
    assert document["type"] == f"https://peyk.dev/problems/{slug}"


def test_a_lost_race_names_the_present_owner() -> None:
    said = problem_of(OwnedByAnother("claim", "with_agent", 3, OWNER)).document()
    assert (said["state"], said["ownership"], said["owner"]) == ("with_agent", 3, OWNER)


def test_too_many_says_when_to_come_back() -> None:
    assert problem_of(TooMany("messages", 2.1)).headers["Retry-After"] == "3"
    assert problem_of(TooMany("messages", 0)).headers["Retry-After"] == "1"


def test_a_bug_tells_no_details() -> None:
    assert "secret" not in str(problem_of(KeyError("secret")).document())


async def breaks_after_the_upgrade(request: web.Request) -> web.StreamResponse:
    socket = web.WebSocketResponse()
    await socket.prepare(request)
    await socket.send_str("hello")
    raise NotFound("conversation")


async def breaks_after_the_first_byte(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse()
    await response.prepare(request)
    await response.write(b"begun ")
    raise NotFound("file")


@pytest.fixture
async def client() -> AsyncIterator[TestClient[web.Request, web.Application]]:
    app = web.Application(middlewares=[problems])
    guard(app)
    app.router.add_get("/socket", breaks_after_the_upgrade)
    app.router.add_get("/stream", breaks_after_the_first_byte)
    async with TestClient(TestServer(app)) as client:
        yield client


async def test_a_broken_socket_is_closed_without_a_word_of_http(client: Any) -> None:
    async with client.ws_connect("/socket") as socket:
        assert await socket.receive_str() == "hello"
        end = await socket.receive(timeout=5)
        assert end.type in (aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSED)


async def test_a_broken_answer_is_cut_off_and_not_continued(client: Any) -> None:
    with pytest.raises(aiohttp.ClientPayloadError):
        async with client.get("/stream") as response:
            await response.read()


async def test_a_request_that_is_no_upgrade_is_told(client: Any) -> None:
    async with client.get("/socket") as response:
        assert response.status == 400
        assert response.content_type == "application/problem+json"
