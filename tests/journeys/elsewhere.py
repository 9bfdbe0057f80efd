"""A website of somebody else, on an origin of its own, with the chat on its pages."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer
from playwright.async_api import Page, expect

from tests.faults.agent_at_work import agent_at_work

PAGES = Path(__file__).parent / "pages"

STRICT = (
    "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'self'; "
    "connect-src {gateway} {socket}; img-src {gateway} blob:; base-uri 'none'; "
    "form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)
"""By nonce: nothing inline without it, no style that is not a file, no markup in strings."""

BY_HOST = (
    "default-src 'none'; script-src 'self' {gateway}; style-src 'self'; "
    "connect-src {gateway} {socket}; img-src {gateway}"
)
DYNAMIC = (
    "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic'; style-src 'self'; "
    "connect-src {gateway} {socket}; img-src {gateway}"
)


@dataclass(kw_only=True)
class Elsewhere:
    """`url` is its front page. `policy` and `tag` may be changed between two visits."""

    gateway: str
    url: str = ""
    policy: str | None = STRICT
    attributes: str = ""
    with_chat: bool = True
    with_styles: bool = True

    @property
    def origin(self) -> str:
        return self.url.rstrip("/")

    def tag(self, nonce: str) -> str:
        if not self.with_chat:
            return ""
        src = escape(f"{self.gateway}/widget.js")
        extra = f" {self.attributes}" if self.attributes else ""
        return f'<script src="{src}" data-inbox="demo" nonce="{nonce}"{extra} async></script>'

    async def serve(self, request: web.Request) -> web.Response:
        name = request.match_info["name"] or "example.html"
        path = PAGES / Path(name).name
        if not path.is_file() or (path.suffix == ".css" and not self.with_styles):
            raise web.HTTPNotFound
        text, nonce = path.read_text(), secrets.token_urlsafe(16)
        if path.suffix != ".html":
            kind = {".css": "text/css", ".js": "text/javascript"}[path.suffix]
            return web.Response(text=text, content_type=kind)
        text = text.replace("{tag}", self.tag(nonce)).replace("{nonce}", nonce)
        response = web.Response(text=text, content_type="text/html")
        if self.policy is not None:
            socket = self.gateway.replace("http", "ws", 1)
            response.headers["Content-Security-Policy"] = self.policy.format(
                nonce=nonce, gateway=self.gateway, socket=socket
            )
        return response


@asynccontextmanager
async def elsewhere(gateway: str) -> AsyncIterator[Elsewhere]:
    """Served as localhost, which browsers hold for another site than 127.0.0.1."""
    site = Elsewhere(gateway=gateway)
    app = web.Application()
    app.router.add_get("/{name:[^/]*}", site.serve)
    async with TestServer(app, host="127.0.0.1") as server:
        site.url = f"http://localhost:{server.port}/"
        yield site


async def visit(page: Page, site: Elsewhere) -> None:
    """Until the button is there."""
    await page.goto(site.url)
    await expect(page.locator("peyk-chat .launcher")).to_be_visible(timeout=15_000)


async def change_inbox(gateway: str, settings: dict[str, Any]) -> str:
    """Replaces the settings of the demo's inbox; its id."""
    async with agent_at_work(gateway) as admin:
        inbox = (await admin.call("GET", "/inboxes"))["items"][0]
        await admin.call("PATCH", f"/inboxes/{inbox['id']}", {"settings": settings})
        return str(inbox["id"])
