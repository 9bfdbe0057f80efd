"""Whatever a client sends to whatever route: never a 500, always JSON that says what."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from gateway.ids import new_id
from gateway.model.agent import Agent, Role
from gateway.web.route import Route
from handoff.routes import agents, me, session, tokens

TABLE = (*session.routes, *me.routes, *tokens.routes, *agents.routes)

SURROGATES = st.sampled_from(["\ud800", "a\udfffb", "\x00", "پیک", "\u200f", "1e999", "x" * 11_000])
TEXTS = st.text(max_size=20) | SURROGATES
NUMBERS = st.integers() | st.floats() | st.sampled_from([2**63, -(2**63), 10**30])
LEAVES = st.none() | st.booleans() | NUMBERS | TEXTS
VALUES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3)
)
RELAXED = settings(
    max_examples=40,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


GOOD: dict[str, st.SearchStrategy[Any]] = {
    "disabled": st.booleans(),
    "email": st.uuids().map(lambda each: f"{each}@example.com"),
    "expires_at": st.just("2030-01-01T00:00:00Z"),
    "locale": st.sampled_from(["en", "fa"]),
    "name": st.just("Name") | SURROGATES,
    "password": st.just("correct horse"),
    "role": st.sampled_from(list(Role)),
    "status": st.just("online"),
}
"""What a field takes, so that some bodies reach the handlers."""


def bodies(route: Route) -> st.SearchStrategy[bytes]:
    """Good ones, the same with one field gone wrong, any JSON, any bytes."""
    names = sorted(route.body.model_fields) if route.body else []
    good = {name: GOOD.get(name, VALUES) for name in names}
    wrong = [st.fixed_dictionaries({**good, name: VALUES}) for name in names]
    some = st.fixed_dictionaries({}, optional=good)
    values = st.one_of(st.fixed_dictionaries(good), some, *wrong, VALUES)
    return values.map(lambda value: json.dumps(value).encode()) | st.binary(max_size=50)


def paths(route: Route, known: Sequence[str]) -> st.SearchStrategy[str]:
    segment = st.sampled_from([*known, new_id()]) | st.text(max_size=10)
    return segment.map(
        lambda text: "/api/v1" + route.path.replace("{id}", quote(text, safe="", errors="replace"))
    )


QUERIES = st.dictionaries(
    st.sampled_from(["limit", "cursor", "x"]), st.text(max_size=10), max_size=2
)
CONTENT_TYPES = st.sampled_from(["application/json"] * 5 + ["text/plain", "multipart/form-data"])
KEYS: st.SearchStrategy[dict[str, str]] = st.just({}) | st.text("abcé", min_size=1, max_size=3).map(
    lambda key: {"Idempotency-Key": key}
)


@pytest.mark.parametrize("route", TABLE, ids=lambda route: f"{route.method} {route.path}")
@RELAXED
@given(data=st.data())
async def test_nothing_that_is_sent_breaks_a_route(
    route: Route, data: st.DataObject, admin: Any, staff: dict[Role, Agent]
) -> None:
    known = [staff[Role.AGENT].id, staff[Role.SUPERVISOR].id]
    status, said = await admin.call(
        route.method,
        data.draw(paths(route, known)),
        data=data.draw(bodies(route)),
        params=data.draw(QUERIES),
        headers={"Content-Type": data.draw(CONTENT_TYPES), **data.draw(KEYS)},
    )
    assert status < 500
    assert status != 401 or route.role is None
    if status >= 400:
        assert said["status"] == status


@pytest.fixture
async def admin(open_browser: Any, staff: dict[Role, Agent]) -> Any:
    """Calls with a token, which no fuzzed sign-out ends."""
    browser, program = open_browser(), open_browser()
    await browser.sign_in("admin@example.com")
    _, made = await browser.call("POST", "/api/v1/tokens", json={"name": "fuzz"})
    program.headers["Authorization"] = f"Bearer {made['token']}"
    return program
