"""The built web part: the widget for any site, the console, and the demo shop."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Awaitable, Callable
from pathlib import Path

from aiohttp import web

from gateway.web.headers import PAGE_POLICY

FOREVER = "public, max-age=31536000, immutable"
LOOK_AGAIN = "no-cache"
"""May be kept, but is asked for again each time; the ETag makes that cheap."""

FRAMED_PAGE = "preview.html"
"""Shows the chat within the console's page of an inbox; nobody else may frame it."""

UNFRAMED = {
    "Content-Security-Policy": PAGE_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
}
FRAMED = {
    "Content-Security-Policy": PAGE_POLICY.replace("ancestors 'none'", "ancestors 'self'"),
    "X-Frame-Options": "SAMEORIGIN",
}

Serve = Callable[[web.Request], Awaitable[web.StreamResponse]]

NOT_BUILT = "The web part is not built: run `make web`, then load this page again.\n"

_HASHED = re.compile(r"-(?=[A-Za-z_-]*[0-9A-Z])[A-Za-z0-9_-]{8}\.[a-z0-9.]+$")
"""A name with the hash of its content, as Vite gives; a plain word has no digit or capital."""

_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".map": "application/json",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
}


def mount_static(app: web.Application, dist: Path, *, demo: bool = True) -> None:
    """Serve `dist/widget`, `dist/console` and, where wanted, `dist/demo` at `/`."""
    widget, console = _Folder(dist / "widget"), _Folder(dist / "console")
    app.router.add_get("/widget.js", widget.serving("widget.js"))
    app.router.add_get("/widget/{path:.+}", widget.serve)
    app.router.add_get("/console", console.serving("index.html"))
    app.router.add_get("/console/{path:.*}", console.serve_page)
    if demo:
        shop = _Folder(dist / "demo")
        app.router.add_get("/", shop.serving("index.html"))
        app.router.add_get("/demo/{path:.*}", shop.serve)


class _Folder:
    """One build; looked for at each request, so that it can be made while we run."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()

    def serving(self, name: str) -> Serve:
        async def serve(request: web.Request) -> web.StreamResponse:
            return self._answer(name)

        return serve

    async def serve(self, request: web.Request) -> web.StreamResponse:
        return self._answer(request.match_info["path"] or "index.html")

    async def serve_page(self, request: web.Request) -> web.StreamResponse:
        """A file, or the page that knows what stands at such an address."""
        path = request.match_info["path"]
        is_address = "." not in path.rpartition("/")[2]
        return self._answer("index.html" if is_address else path)

    def _answer(self, name: str) -> web.StreamResponse:
        """The file, or the compressed copy beside it for who takes that."""
        if not self._folder.is_dir():
            return web.Response(status=503, text=NOT_BUILT, headers={"Retry-After": "10"})
        path = self._find(name)
        if path is None:
            raise web.HTTPNotFound
        kept = FOREVER if _HASHED.search(path.name) else LOOK_AGAIN
        headers = {
            "Cache-Control": kept,
            "Content-Type": _content_type(path),
            "Vary": "Accept-Encoding",
        }
        if path.suffix == ".html":
            headers |= FRAMED if path.name == FRAMED_PAGE else UNFRAMED
        return web.FileResponse(path, headers=headers)

    def _find(self, name: str) -> Path | None:
        try:
            path = (self._folder / name).resolve()
            return path if path.is_relative_to(self._folder) and path.is_file() else None
        except (OSError, ValueError):
            return None


def _content_type(path: Path) -> str:
    known = _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0]
    return known or "application/octet-stream"
