"""A server in Rasa's place that answers wrongly in every way, or passes on to the real one."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
from aiohttp import web

from tests.faults.processes import free_port

Behaviour = Callable[[web.Request], Awaitable[web.StreamResponse]]

GOOD_BEGINNING = b'{"messages": [{"text": "hello"}], "understood": {"ranking": [], "score": 1, '
UNDERSTOOD = b'"understood": {"ranking": [], "score": 0.9, "language": "en"}'


def _answer(**changed: Any) -> bytes:
    """A good answer but for what was changed."""
    understood = {
        "ranking": changed.pop("ranking", [{"name": "greet", "confidence": 0.9, "title": None}]),
        "entities": changed.pop("entities", []),
        "score": 0.9,
        "language": changed.pop("language", "en"),
    }
    whole = {"messages": [{"text": "hello"}], "slots": {}, "model": "m", "dialogue": []}
    return json.dumps({**whole, "understood": understood, **changed}).encode()


GARBAGE: dict[str, bytes] = {
    "nothing": b"",
    "no JSON": b"<html>It works!</html>",
    "half an answer": GOOD_BEGINNING,
    "bytes that are no text": b"\xff\xfe\x00\x01",
    "the stock channel's empty list": b"[]",
    "an empty object": b"{}",
    "null": b"null",
    "the score as text": b'{"messages": [], "understood": {"ranking": [], "score": "high", '
    b'"language": "en"}, "slots": {}, "model": "m", "dialogue": []}',
    "a score beyond 1": b'{"messages": [], "understood": {"ranking": [], "score": 7, '
    b'"language": "en"}, "slots": {}, "model": "m", "dialogue": []}',
    "messages that are no list": b'{"messages": "hi", ' + UNDERSTOOD + b', "slots": {}, '
    b'"model": "m", "dialogue": []}',
    "a text that is a number": b'{"messages": [{"text": 5}], ' + UNDERSTOOD + b', "slots": {}, '
    b'"model": "m", "dialogue": []}',
    "a text too long": b'{"messages": [{"text": "' + b"a" * 20_000 + b'"}], ' + UNDERSTOOD
    + b', "slots": {}, "model": "m", "dialogue": []}',
    "nested too deeply": b"[" * 200_000,
    "three megabytes": b'"' + b"a" * 3_000_000 + b'"',
}  # fmt: skip


POISON: dict[str, bytes] = {
    "NUL in a slot": _answer(slots={"order_number": "a\0b"}),
    "NUL in the dialogue": _answer(dialogue=[{"event": "user", "text": "a\0b"}]),
    "NUL in a label": _answer(messages=[{"text": "x", "buttons": [{"label": "\0", "value": "v"}]}]),
    "NUL in an intent": _answer(ranking=[{"name": "a\0b", "confidence": 0.9, "title": "t\0"}]),
    "NUL in the model": _answer(model="m\0"),
    "NUL in an entity": _answer(entities=[{"entity": "e\0", "value": "\0"}]),
    "a number beyond 64 bits": _answer(slots={"order_number": 10**30}),
    "a language of twenty letters": _answer(language="x" * 20),
    "an image that is no address": _answer(messages=[{"text": None, "image": "javascript:\0"}]),
}
"""Of the agreed shape, and yet no database or no page takes all of it."""


class BrokenRasa:
    """Behaves as `behaviour` says, from one request to the next."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.behaviour: Behaviour = fails
        self.asked = 0

    async def handle(self, request: web.Request) -> web.StreamResponse:
        if request.path.endswith("/turn"):
            self.asked += 1
        return await self.behaviour(request)


async def fails(request: web.Request) -> web.StreamResponse:
    return web.Response(status=500, text="Internal Server Error")


async def has_no_model(request: web.Request) -> web.StreamResponse:
    return web.json_response({"error": "no model is loaded"}, status=503)


async def sends_away(request: web.Request) -> web.StreamResponse:
    """A redirect must not be followed: the token would go with it."""
    return web.Response(status=307, headers={"Location": str(request.url)})


def late(seconds: float, then: Behaviour) -> Behaviour:
    async def answers_late(request: web.Request) -> web.StreamResponse:
        await asyncio.sleep(seconds)
        return await then(request)

    return answers_late


async def drips(request: web.Request) -> web.StreamResponse:
    """The head comes at once, and then a byte now and again."""
    response = web.StreamResponse()
    await response.prepare(request)
    for byte in GOOD_BEGINNING:
        await response.write(bytes([byte]))
        await asyncio.sleep(0.5)
    return response


async def hangs_up(request: web.Request) -> web.StreamResponse:
    assert request.transport is not None
    request.transport.abort()
    return web.Response()


def says(body: bytes) -> Behaviour:
    async def answers(request: web.Request) -> web.StreamResponse:
        return web.Response(body=body, content_type="application/json")

    return answers


def passes_on(url: str, session: aiohttp.ClientSession) -> Behaviour:
    """To the real Rasa at this address."""

    async def forward(request: web.Request) -> web.StreamResponse:
        async with session.request(
            request.method, url + request.path, headers=_without_host(request),
            data=await request.read(),
        ) as answer:  # fmt: skip
            return web.Response(
                status=answer.status, body=await answer.read(), content_type="application/json"
            )

    return forward


@asynccontextmanager
async def broken_rasa() -> AsyncIterator[BrokenRasa]:
    port = free_port()
    broken = BrokenRasa(f"http://127.0.0.1:{port}")
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", broken.handle)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    try:
        yield broken
    finally:
        await runner.cleanup()


def _without_host(request: web.Request) -> dict[str, str]:
    return {name: value for name, value in request.headers.items() if name != "Host"}
