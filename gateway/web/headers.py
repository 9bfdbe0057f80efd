"""Headers that every answer carries, and which sites may read which answers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final

from aiohttp import hdrs, web

from gateway.web.problem import STARTED

PAGE_POLICY: Final = (
    "default-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
"""For our own pages: nothing inline, nothing from elsewhere, in nobody's frame."""

NO_PAGE_POLICY: Final = "default-src 'none'; frame-ancestors 'none'; sandbox"
"""For all that is no page: should a browser show it as one, it can do nothing."""

OPEN: Final = ("/chat/", "/widget.js", "/widget/")
"""What pages of any site may fetch; none of it looks at cookies."""

_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Content-Security-Policy": NO_PAGE_POLICY,
    "Server": "Peyk",
}
_OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Retry-After",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, POST, PUT, OPTIONS",
    "Access-Control-Allow-Headers": "Authorization, Content-Type, Idempotency-Key",
    "Access-Control-Max-Age": "86400",
}


def guard(app: web.Application) -> None:
    """Put the headers on every answer of the app, and note when an answer has begun."""
    app.on_response_prepare.append(_prepare)


@web.middleware
async def preflight(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Answers a browser that asks whether a page of another site may call."""
    asks = request.method == hdrs.METH_OPTIONS and hdrs.ACCESS_CONTROL_REQUEST_METHOD in (
        request.headers
    )
    if asks and _is_open(request):
        return web.Response(status=204, headers=_PREFLIGHT)
    return await handler(request)


async def _prepare(request: web.Request, response: web.StreamResponse) -> None:
    request[STARTED] = True
    headers = response.headers
    if response.status == 101:
        return
    for name, value in _ALWAYS.items():
        if name == "Server" or name not in headers:
            headers[name] = value
    if _is_open(request):
        headers.update(_OPEN)
    else:
        headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
    headers.setdefault("Cache-Control", "no-store")


def _is_open(request: web.Request) -> bool:
    return request.path.startswith(OPEN)
