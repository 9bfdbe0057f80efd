"""Idempotency-Key: a repeat of a POST is answered with the first answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiohttp import web

from gateway.web.auth import Caller


async def once(
    request: web.Request,
    caller: Caller,
    raw: bytes,
    handle: Callable[[], Awaitable[web.StreamResponse]],
) -> web.StreamResponse:
    return await handle()
