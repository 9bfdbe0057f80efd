"""An agent over the real API, who keeps on working however often the gateway dies."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp

from gateway.ids import new_id
from tests.faults.gateway_process import EMAIL, PASSWORD

TROUBLE = (aiohttp.ClientError, OSError, TimeoutError)


class AgentAtWork:
    """Signed in by a personal token, which needs no cookies."""

    def __init__(self, session: aiohttp.ClientSession, url: str, token: str) -> None:
        self._session = session
        self._url = url
        self._token = token
        self.tried: list[str] = []
        self.done: list[str] = []

    async def call(self, method: str, path: str, body: Any = None) -> Any:
        """The JSON of a success; None for 204 and for a lost race."""
        headers = {"Authorization": f"Bearer {self._token}"}
        url = f"{self._url}/api/v1{path}"
        async with self._session.request(method, url, json=body, headers=headers) as answer:
            if answer.status in (204, 409):
                return None
            assert answer.status < 300, (method, path, answer.status, await answer.text())
            return await answer.json()

    async def waiting(self) -> list[str]:
        """The conversations that the queue shows to agents."""
        page = await self.call("GET", "/conversations?state=waiting&limit=100")
        return [each["id"] for each in page["items"]]

    async def work(self, rng: random.Random) -> None:
        """Take who waits, answer, give back or resolve; until cancelled."""
        while True:
            try:
                await self._round(rng)
            except TROUBLE:
                await asyncio.sleep(0.2)

    async def _round(self, rng: random.Random) -> None:
        mine = await self.call("GET", "/conversations?owner=me&state=with_agent&limit=100")
        for each in mine["items"]:
            await self._help(each["id"], rng)
        if await self.call("POST", "/conversations/next", {}) is None:
            await asyncio.sleep(0.3)

    async def _help(self, id: str, rng: random.Random) -> None:
        if rng.random() < 0.8:
            text = f"A colleague looks into it ({new_id()})."
            self.tried.append(text)
            if await self.call("POST", f"/conversations/{id}/replies", {"text": text}):
                self.done.append(text)
        verb = "return-to-bot" if rng.random() < 0.8 else "resolve"
        await self.call("POST", f"/conversations/{id}/{verb}", {})


@asynccontextmanager
async def agent_at_work(url: str) -> AsyncIterator[AgentAtWork]:
    """The first admin, signed in."""
    jar = aiohttp.CookieJar(unsafe=True)  # Otherwise it takes none from a bare address.
    patience = aiohttp.ClientTimeout(total=15)
    async with aiohttp.ClientSession(cookie_jar=jar, timeout=patience) as session:
        yield AgentAtWork(session, url, await _token(session, url))


async def _token(session: aiohttp.ClientSession, url: str) -> str:
    credentials = {"email": EMAIL, "password": PASSWORD}
    async with session.post(f"{url}/api/v1/session", json=credentials) as answer:
        assert answer.status < 300, await answer.text()
        csrf = (await answer.json())["csrf_token"]
    async with session.post(
        f"{url}/api/v1/tokens", json={"name": "tests"}, headers={"X-CSRF-Token": csrf}
    ) as answer:
        assert answer.status < 300, await answer.text()
        token: str = (await answer.json())["token"]
    session.cookie_jar.clear()
    return token
