"""A gateway's web part over real sockets: store, sign-in and the agents' addresses."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import CookieJar, web
from aiohttp.test_utils import TestClient, TestServer
from argon2 import PasswordHasher

from gateway.clock import Clock
from gateway.hub import LocalHub
from gateway.metrics import Metrics
from gateway.model.agent import Agent, Role
from gateway.store.store import Store
from gateway.web import keys
from gateway.web.headers import guard, preflight
from gateway.web.openapi import document_route
from gateway.web.problem import problems
from gateway.web.route import mount
from gateway.web.site import Site
from handoff.agents import AGENTS, Agents
from handoff.passwords import Passwords
from handoff.routes import agents, me, session, tokens
from handoff.signin import SIGN_IN, SignIn

PASSWORD = "correct horse"
ROUTES = (*session.routes, *me.routes, *tokens.routes, *agents.routes)


@dataclass
class Browser:
    """One browser, or program: its cookies, its CSRF token or its personal token."""

    client: TestClient[web.Request, web.Application]
    headers: dict[str, str] = field(default_factory=dict)

    async def call(self, method: str, path: str, **given: Any) -> tuple[int, Any]:
        """Status and JSON of one request."""
        headers = {**self.headers, **given.pop("headers", {})}
        async with self.client.request(method, path, headers=headers, **given) as response:
            raw = await response.read()
            return response.status, await response.json(content_type=None) if raw else None

    async def sign_in(self, email: str, password: str = PASSWORD) -> int:
        body = {"email": email, "password": password}
        status, said = await self.call("POST", "/api/v1/session", json=body)
        if status == 200:
            self.headers["X-CSRF-Token"] = said["csrf_token"]
        return status


Open = Callable[[], Browser]


@pytest.fixture
async def app(store: Store, hub: LocalHub, clock: Clock) -> web.Application:
    passwords = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    app = web.Application(middlewares=[problems, preflight])
    app[keys.STORE] = store
    app[keys.CLOCK] = clock
    app[keys.SITE] = Site()
    app[keys.METRICS] = Metrics()
    app[AGENTS] = Agents(store, hub, passwords, clock)
    app[SIGN_IN] = SignIn(store, passwords, clock)
    guard(app)
    mount(app, "/api/v1", [*ROUTES, document_route(ROUTES, version="7")])
    return app


@pytest.fixture
async def open_browser(app: web.Application) -> AsyncIterator[Open]:
    """Opens browsers that share nothing but the server."""
    async with AsyncExitStack() as stack:
        server = TestServer(app)
        await stack.enter_async_context(server)
        opened: list[Browser] = []

        def open_one() -> Browser:
            opened.append(Browser(TestClient(server, cookie_jar=CookieJar(unsafe=True))))
            return opened[-1]

        yield open_one
        for browser in opened:
            await browser.client.session.close()


@pytest.fixture
async def staff(app: web.Application) -> dict[Role, Agent]:
    """One agent of each role, with PASSWORD."""
    return {
        role: await app[AGENTS].make(
            name=role.value.title(), email=f"{role}@example.com", role=role, password=PASSWORD
        )
        for role in Role
    }
