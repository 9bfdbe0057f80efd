"""/healthz, /readyz and /metrics: for those who run Peyk."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiohttp import web

from gateway.errors import StoreUnavailable
from gateway.metrics import CONTENT_TYPE
from gateway.web import keys
from gateway.web.json import dumps

PATIENCE = 2.0
"""Seconds that a part has to answer."""

Refresh = Callable[[], Awaitable[None]]
Probe = Callable[[], Awaitable[str | None]]
"""Answers None when the part works, or why it does not."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """Something that Peyk needs. Without a `required` one the process is not ready.

    The bot, for one, is not required: while it is down customers go to people.
    """

    name: str
    probe: Probe
    required: bool = True


def mount_health(app: web.Application) -> None:
    app.router.add_get("/healthz", _healthz)
    app.router.add_get("/readyz", _readyz)
    app.router.add_get("/metrics", _metrics)


async def _healthz(request: web.Request) -> web.Response:
    return _json(200, {"status": "ok"})


async def _readyz(request: web.Request) -> web.Response:
    parts = await request.app[keys.PARTS]()
    found = await asyncio.gather(*(_ask(part) for part in parts))
    ready = all(why is None for part, why in zip(parts, found, strict=True) if part.required)
    said = {part.name: why or "ok" for part, why in zip(parts, found, strict=True)}
    return _json(
        200 if ready else 503, {"status": "ready" if ready else "not ready", "parts": said}
    )


async def _ask(part: Part) -> str | None:
    try:
        async with asyncio.timeout(PATIENCE):
            return await part.probe()
    except TimeoutError:
        return f"no answer within {PATIENCE:g} s"
    except Exception as exc:
        return f"failed: {type(exc).__name__}"


async def _metrics(request: web.Request) -> web.Response:
    for refresh in request.app.get(keys.REFRESHES, ()):
        # Without the store the gauges stay as they are; the rest is told all the same.
        with contextlib.suppress(StoreUnavailable):
            await refresh()
    text = request.app[keys.METRICS].text()
    return web.Response(body=text, headers={"Content-Type": CONTENT_TYPE})


def _json(status: int, document: object) -> web.Response:
    return web.Response(status=status, body=dumps(document), content_type="application/json")
