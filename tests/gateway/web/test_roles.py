"""Every route of the agents' table, asked by everybody: a new route cannot be forgotten."""

from __future__ import annotations

import importlib
import pkgutil
import re
from typing import Any

import pytest
from aiohttp import web

import handoff.routes
from gateway.ids import new_id
from gateway.model.agent import Agent, Role
from gateway.web.route import Call, Route, mount


def table() -> list[Route]:
    """All routes of all modules, also of one that was added after this was written."""
    modules = pkgutil.iter_modules(handoff.routes.__path__, "handoff.routes.")
    found = [importlib.import_module(module.name) for module in modules]
    return [route for module in found for route in getattr(module, "routes", ())]


PUBLIC = {("POST", "/session")}
"""What may be asked by nobody: grows only on purpose."""

FOR_ADMINS = {("POST", "/agents"), ("PATCH", "/agents/{id}")}

TABLE = table()
NAMES = [f"{route.method} {route.path}" for route in TABLE]


def test_every_module_with_routes_is_served() -> None:
    assert set(handoff.routes.routes) == set(TABLE)


def test_only_the_sign_in_is_public() -> None:
    assert {(route.method, route.path) for route in TABLE if route.role is None} == PUBLIC


def test_admins_alone_change_agents() -> None:
    found = {(r.method, r.path) for r in TABLE if r.role is Role.ADMIN}
    assert found >= FOR_ADMINS


def test_no_two_routes_have_one_address() -> None:
    assert len(set(NAMES)) == len(NAMES)


async def reached(call: Call[Any, Any]) -> web.StreamResponse:
    return web.Response(status=299)


@pytest.fixture
def bare(app: web.Application) -> web.Application:
    """The same table with handlers that say that they were reached."""
    reachable = [
        Route(r.method, r.path, reached, summary=r.summary, tag=r.tag, role=r.role) for r in TABLE
    ]
    mount(app, "/bare", reachable)
    return app


async def test_each_route_lets_in_its_role_and_those_above_and_nobody_else(
    bare: web.Application, open_browser: Any, staff: dict[Role, Agent]
) -> None:
    callers: dict[Role | None, Any] = {None: open_browser()}
    for known, agent in staff.items():
        callers[known] = open_browser()
        assert await callers[known].sign_in(agent.email) == 200
    for route in TABLE:
        path = "/bare" + re.sub(r"\{[^}]*\}", new_id(), route.path)
        for role, browser in callers.items():
            status, _ = await browser.call(route.method, path)
            assert status == expected(route, role), (route.method, route.path, role)


async def test_each_real_route_refuses_the_same_callers(
    app: web.Application, open_browser: Any, staff: dict[Role, Agent]
) -> None:
    mounted = {(r.method, r.resource.canonical) for r in app.router.routes() if r.resource}
    agent, nobody = open_browser(), open_browser()
    await agent.sign_in("agent@example.com")
    for route in TABLE:
        if route.role is None or (route.method, "/api/v1" + route.path) not in mounted:
            continue
        path = "/api/v1" + re.sub(r"\{[^}]*\}", new_id(), route.path)
        assert (await nobody.call(route.method, path))[0] == 401
        if not Role.AGENT.reaches(route.role):
            assert (await agent.call(route.method, path))[0] == 403


def expected(route: Route, role: Role | None) -> int:
    if route.role is None:
        return 299
    if role is None:
        return 401
    return 299 if role.reaches(route.role) else 403
