"""A Peyk with something in it: customers who wait, agents, queues; without a bot's answers."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

from gateway.ids import new_id
from tests.faults.gateway_process import EMAIL, PASSWORD, GatewayProcess, gateway_process
from tests.faults.processes import ROOT

NOBODY = "http://127.0.0.1:9"
"""Where no bot answers: every customer goes to people at once."""

CUSTOMERS = [
    ("Mina Karimi", "mina@example.com", "en", "Where is my order PK-1001?"),
    ("علی رضایی", None, "fa", "سفارشم کجاست؟ شماره PK-1002"),
    ("ليلى", "leila@example.com", "ar", "مرحبًا، أين طلبي؟"),
    (None, None, "en", "hello"),
]


@asynccontextmanager
async def shop(folder: Path) -> AsyncIterator[GatewayProcess]:
    web = str(ROOT / "web" / "dist")
    async with gateway_process(folder, web_dir=web, rasa_url=NOBODY) as gateway:
        for name, email, locale, text in CUSTOMERS:
            await customer_writes(gateway, text, name=name, email=email, locale=locale)
        yield gateway


async def customer_writes(gateway: GatewayProcess, text: str, **who: Any) -> None:
    """A new visitor of the demo site says this."""
    known = {name: value for name, value in who.items() if value is not None}
    async with aiohttp.ClientSession(gateway.url) as web:
        async with web.post("/chat/v1/sessions", json={"inbox": "demo", **known}) as answer:
            token = (await answer.json())["token"]
        said = {"client_id": new_id(), "text": text}
        headers = {"Authorization": f"Bearer {token}"}
        async with web.post("/chat/v1/messages", json=said, headers=headers) as answer:
            assert answer.status < 300, await answer.text()


class Admin:
    """The first admin, at the API."""

    def __init__(self, web: aiohttp.ClientSession, csrf_token: str) -> None:
        self._web = web
        self._headers = {"X-CSRF-Token": csrf_token}

    async def call(self, method: str, path: str, body: Any = None) -> Any:
        async with self._web.request(
            method, f"/api/v1{path}", json=body, headers=self._headers
        ) as answer:
            assert answer.status < 300, await answer.text()
            return await answer.json() if answer.status != 204 else None


@asynccontextmanager
async def admin_of(gateway: GatewayProcess) -> AsyncIterator[Admin]:
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(gateway.url, cookie_jar=jar) as web:
        credentials = {"email": EMAIL, "password": PASSWORD}
        async with web.post("/api/v1/session", json=credentials) as answer:
            yield Admin(web, (await answer.json())["csrf_token"])
