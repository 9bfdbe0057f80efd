"""Routes: what is read, what is refused, and with which problem."""

from __future__ import annotations

import gzip
from collections.abc import AsyncIterator
from io import BytesIO
from typing import Annotated, Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from pydantic import AwareDatetime, BaseModel, Field

from gateway.ids import new_id
from gateway.web.body import Body, Id, Nothing, Query
from gateway.web.problem import problems
from gateway.web.route import Call, Route, answer, mount

Client = TestClient[web.Request, web.Application]


class Parcel(Body):
    name: Annotated[str, Field(max_length=100)]
    count: int = 1
    at: AwareDatetime | None = None
    queue: Id | None = None
    labels: Annotated[dict[str, str], Field(default_factory=dict)]


class ParcelQuery(Query):
    limit: int = 10
    q: str | None = None


class Said(BaseModel):
    name: str
    count: int


async def take(call: Call[Parcel]) -> Said:
    return Said(name=call.body.name, count=call.body.count)


async def look(call: Call[None, ParcelQuery]) -> Said:
    return Said(name=call.query.q or "", count=call.query.limit)


async def verb(call: Call[Nothing]) -> None:
    assert call.body == Nothing()


async def one(call: Call[None]) -> web.StreamResponse:
    return answer(Said(name=call.path["id"], count=0), status=203)


async def broken(call: Call[None]) -> Said:
    raise RuntimeError("a bug with a secret")


ROUTES = (
    Route("POST", "/parcels", take, summary="", tag="", body=Parcel, answer=Said, status=201),
    Route("GET", "/parcels", look, summary="", tag="", query=ParcelQuery, answer=Said),
    Route("GET", "/parcels/{id}", one, summary="", tag="", answer=Said),
    Route("POST", "/parcels/{id}/open", verb, summary="", tag="", body=Nothing),
    Route("GET", "/broken", broken, summary="", tag="", answer=Said),
)


@pytest.fixture
async def client() -> AsyncIterator[Client]:
    app = web.Application(middlewares=[problems])
    mount(app, "/t", ROUTES)
    async with TestClient(TestServer(app)) as client:
        yield client


async def post(client: Client, raw: bytes, kind: str = "application/json") -> tuple[int, Any]:
    async with client.post("/t/parcels", data=raw, headers={"Content-Type": kind}) as response:
        return response.status, await response.json(content_type=None)


async def test_a_good_body_reaches_the_handler(client: Client) -> None:
    assert await post(client, '{"name": "پیک", "count": 2}'.encode()) == (
        201,
        {"name": "پیک", "count": 2},
    )


@pytest.mark.parametrize(
    ("raw", "status", "field"),
    [
        (b"", 422, "name"),
        (b"{", 400, None),
        (b"\xff\xfe", 400, None),
        (b"[" * 100_000, 400, None),
        (b'{"name": NaN}', 400, None),
        (b'{"name": ' + b"1" * 5000 + b"}", 400, None),
        (b"[]", 422, "body"),
        (b'"x"', 422, "body"),
        (b'{"name": "x", "name": "y"}', 422, "name"),
        (b'{"name": "x", "colour": 1}', 422, "colour"),
        (b'{"name": 1}', 422, "name"),
        (b'{"name": "x", "count": "1"}', 422, "count"),
        (b'{"name": "x", "count": true}', 422, "count"),
        (b'{"name": "x", "count": 9223372036854775808}', 422, "count"),
        (b'{"name": "x", "count": 1e999}', 422, "count"),
        (b'{"name": "a\\u0000b"}', 422, "name"),
        (b'{"name": "\\ud83d"}', 422, "name"),
        (b'{"name": "x", "labels": {"\\udc00": "y"}}', 422, None),
        (b'{"name": "x", "labels": {"k": "\\u0000"}}', 422, "labels.k"),
        (b'{"name": "x", "at": "2026-01-01T00:00:00"}', 422, "at"),
        (b'{"name": "x", "at": 1}', 422, "at"),
        (b'{"name": "x", "queue": "../etc"}', 422, "queue"),
    ],
)
async def test_a_bad_body_is_refused_naming_the_field(
    client: Client, raw: bytes, status: int, field: str | None
) -> None:
    found, said = await post(client, raw)
    assert (found, said["status"]) == (status, status)
    assert said["type"].startswith("https://peyk.dev/problems/")
    if field is not None:
        assert [error["field"] for error in said["errors"]] == [field]


async def test_another_content_type_is_refused(client: Client) -> None:
    for kind in ("text/plain", "application/json; charset=utf-16", "multipart/form-data", "x"):
        assert (await post(client, b'{"name": "x"}', kind))[0] == 415


async def test_a_body_too_large_is_refused_with_and_without_its_length(client: Client) -> None:
    raw = b'{"name": "' + b"x" * 1_048_576 + b'"}'

    async def chunks() -> AsyncIterator[bytes]:
        yield raw

    headers = {"Content-Type": "application/json"}
    for data in (BytesIO(raw), chunks()):
        async with client.post("/t/parcels", data=data, headers=headers) as response:
            assert response.status == 413


async def test_many_distinct_names_before_a_double_one_take_no_long_time(client: Client) -> None:
    names = ",".join(f'"{n}":0' for n in range(60_000))
    status, said = await post(client, ("{" + names + ',"59999":1}').encode())
    assert (status, said["errors"][0]["field"]) == (422, "59999")


@pytest.mark.parametrize(
    ("query", "field"),
    [("limit=x", "limit"), ("limit=1&limit=2", "limit"), ("colour=1", "colour"), ("q=%00", "q")],
)
async def test_a_bad_query_is_refused_naming_the_field(
    client: Client, query: str, field: str
) -> None:
    async with client.get(f"/t/parcels?{query}") as response:
        said = await response.json(content_type=None)
    assert (response.status, said["errors"][0]["field"]) == (422, field)
    assert said["errors"][0]["in"] == "query"


async def test_an_empty_query_value_counts_as_absent(client: Client) -> None:
    async with client.get("/t/parcels?limit=&q=") as response:
        assert await response.json() == {"name": "", "count": 10}


async def test_a_verb_without_arguments_needs_no_body(client: Client) -> None:
    for raw in (b"", b"{}"):
        headers = {"Content-Type": "application/json"} if raw else {}
        async with client.post(f"/t/parcels/{new_id()}/open", data=raw, headers=headers) as found:
            assert found.status == 204


async def test_what_is_no_id_is_not_found(client: Client) -> None:
    for path in ("/t/parcels/x", "/t/parcels/%00", "/t/parcels/%FF", "/nowhere"):
        async with client.get(path) as response:
            assert response.status == 404
            assert response.content_type == "application/problem+json"
    async with client.get(f"/t/parcels/{new_id()}") as response:
        assert response.status == 203


async def test_another_method_is_told_which_are_taken(client: Client) -> None:
    async with client.put("/t/parcels") as response:
        assert response.status == 405
        assert response.headers["Allow"] == "GET,POST"


async def test_a_bug_becomes_a_problem_without_details(client: Client) -> None:
    async with client.get("/t/broken") as response:
        assert response.status == 500
        assert "secret" not in await response.text()


async def test_a_body_that_is_not_compressed_as_it_says_is_refused(client: Client) -> None:
    headers = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
    async with client.post("/t/parcels", data=b'{"name":"x"}', headers=headers) as response:
        assert response.status in (400, 415)


async def test_a_compressed_bomb_is_refused(client: Client) -> None:
    headers = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
    bomb = gzip.compress(b" " * 50_000_000)
    async with client.post("/t/parcels", data=bomb, headers=headers) as response:
        assert response.status in (400, 413)


def test_a_body_that_lets_anything_in_is_refused_at_once() -> None:
    with pytest.raises(TypeError, match="Said"):
        Route("POST", "/x", take, summary="", tag="", body=Said)


async def test_a_client_that_goes_away_harms_nobody(client: Client) -> None:
    async def half() -> AsyncIterator[bytes]:
        yield b'{"name":'
        raise ConnectionResetError

    with pytest.raises((aiohttp.ClientError, ConnectionError)):
        await client.post("/t/parcels", data=half(), headers={"Content-Type": "application/json"})
    assert (await post(client, b'{"name":"x"}'))[0] == 201
