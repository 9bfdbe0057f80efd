"""Counting requests, by route and status."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiohttp import web

from gateway.web import keys


@web.middleware
async def metering(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Stands outermost; a method or path that is no route's counts as none, as anybody may
    make up any number of them."""
    status = 500
    try:
        response = await handler(request)
        status = response.status
    except web.HTTPException as exc:
        status = exc.status
        raise
    finally:
        resource = request.match_info.route.resource
        names = (request.method, resource.canonical) if resource else ("none", "none")
        request.app[keys.METRICS].requests.labels(*names, str(status)).inc()
    return response
