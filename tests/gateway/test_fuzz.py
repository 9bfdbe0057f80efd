"""Whatever a client sends to whatever route: never a 500, always JSON that says what."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import channels
import handoff.routes
from gateway.app import build
from gateway.ids import new_id
from gateway.model.agent import Role
from gateway.settings import load
from gateway.web import demo
from gateway.web.route import Route

TABLE: list[tuple[str, Route]] = [
    *(("/api/v1", route) for route in handoff.routes.routes),
    *((entry.prefix, route) for entry in channels.TABLE.values() for route in entry.routes),
    *(("/demo/api", route) for route in demo.routes),
]
PASSWORD = "correct horse"
RULE = {"kind": "words", "value": "refund"}

SURROGATES = st.sampled_from(["\ud800", "a\udfffb", "\x00", "پیک", "\u200f", "1e999", "x" * 11_000])
TEXTS = st.text(max_size=20) | SURROGATES
NUMBERS = st.integers() | st.floats() | st.sampled_from([2**63, -(2**63), 10**30])
LEAVES = st.none() | st.booleans() | NUMBERS | TEXTS
VALUES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3)
)
RELAXED = settings(
    max_examples=25,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


ODD = st.just("Name") | SURROGATES
GOOD: dict[str, st.SearchStrategy[Any]] = {
    "agent": st.just("{agents}"),
    "ask_for_person": st.none(),
    "attachments": st.just([]),
    "attributes": st.dictionaries(TEXTS, TEXTS, max_size=2) | st.just({}),
    "channel": st.just("chat"),
    "choose": st.none(),
    "client_id": st.uuids().map(str),
    "disabled": st.booleans(),
    "email": st.uuids().map(lambda each: f"{each}@example.com"),
    "enabled": st.booleans(),
    "expires_at": st.just("2030-01-01T00:00:00Z"),
    "identity": st.none(),
    "inbox": st.just("demo"),
    "kind": st.sampled_from(["words", "contact", "inbox"]),
    "locale": st.sampled_from(["en", "fa"]),
    "name": st.uuids().map(str) | SURROGATES,
    "note": ODD,
    "on": st.booleans(),
    "outcome": ODD,
    "password": st.just("correct horse"),
    "queue": st.just("{queues}"),
    "queue_id": st.just("{queues}"),
    "reply_to": st.none(),
    "role": st.sampled_from(list(Role)),
    "settings": st.just({}) | st.dictionaries(TEXTS, VALUES, max_size=2),
    "slots": st.dictionaries(ODD, VALUES, max_size=2),
    "status": st.just("online"),
    "text": ODD,
    "until": st.just("2031-01-01T00:00:00Z"),
    "value": ODD,
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


def filled(body: bytes, ids: dict[str, str]) -> bytes:
    for noun, id in ids.items():
        body = body.replace(b"{%s}" % noun.encode(), id.encode())
    return body


def paths(path: str, ids: dict[str, str]) -> st.SearchStrategy[str]:
    """Mostly with the id of something that is there."""
    ours = next((id for noun, id in ids.items() if f"/{noun}/" in path), new_id())
    segment = st.just(ours) | st.just(ours) | st.sampled_from([new_id(), *ids.values()]) | TEXTS
    return segment.map(
        lambda text: re.sub(r"\{[^}]*\}", lambda _: quote(text[:99], "", errors="replace"), path)
    )


QUERIES = st.dictionaries(
    st.sampled_from(["limit", "cursor", "since", "state", "owner", "q", "x"]),
    st.text(max_size=10) | st.sampled_from(["1", "waiting", "me", "2147483648", str(2**63)]),
    max_size=2,
)
CONTENT_TYPES = st.sampled_from(["application/json"] * 12 + ["text/plain", "multipart/form-data"])
KEYS: st.SearchStrategy[dict[str, str]] = st.just({}) | st.text("abcé", min_size=1, max_size=3).map(
    lambda key: {"Idempotency-Key": key}
)


@dataclass(frozen=True)
class Target:
    """A running gateway, who may call it, and the ids of what is in it."""

    client: TestClient[web.Request, web.Application]
    admin: str
    visitor: str
    ids: dict[str, str]


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=["sqlite", "postgresql"])
async def target(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Target]:
    """The whole gateway with a customer's conversation in it, and a bot that is down.

    One for all routes: the server's own database is as good as an empty one.
    """
    on_server = request.param == "postgresql"
    given = load(
        data_dir=tmp_path_factory.mktemp("data"),
        database_url=request.getfixturevalue("postgres_url") if on_server else "",
        rasa_url="http://127.0.0.1:9",
        rasa_token="x",
        admin_password=PASSWORD,
    )
    async with TestClient(TestServer(build(given))) as client:
        token = await admin_token(client)
        headers = {"Authorization": f"Bearer {token}"}
        agent = {"name": "A", "email": "a@example.com", "password": PASSWORD}
        made = await said(client, "/api/v1/agents", agent, headers)
        session = await said(client, "/chat/v1/sessions", {"inbox": "demo"}, {})
        visitor = {"Authorization": f"Bearer {session['token']}"}
        words = {"client_id": new_id(), "text": "salam"}
        received = await said(client, "/chat/v1/messages", words, visitor)
        ids = {
            "agents": made["id"],
            "contacts": session["contact_id"],
            "conversations": received["conversation_id"],
            "orders": "PK-1001",
            **{noun: await first(client, noun, headers) for noun in ("queues", "inboxes")},
            "rules": (await said(client, "/api/v1/rules", RULE, headers))["id"],
        }
        yield Target(client, token, session["token"], ids)


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize(
    ("prefix", "route"), TABLE, ids=[f"{r.method} {prefix}{r.path}" for prefix, r in TABLE]
)
@RELAXED
@given(data=st.data())
async def test_nothing_that_is_sent_breaks_a_route(
    prefix: str, route: Route, data: st.DataObject, target: Target
) -> None:
    token = target.visitor if route.role is None else target.admin
    headers = {
        "Authorization": f"Bearer {token}",
        "Content-Type": data.draw(CONTENT_TYPES),
        **data.draw(KEYS),
    }
    async with target.client.request(
        route.method,
        data.draw(paths(prefix + route.path, target.ids)),
        data=filled(data.draw(bodies(route)), target.ids),
        params=data.draw(QUERIES),
        headers=headers,
    ) as response:
        assert response.status < 500, await response.text()
        assert response.status != 401 or route.role is None
        if response.status >= 400:
            assert (await response.json(content_type=None))["status"] == response.status


async def first(
    client: TestClient[web.Request, web.Application], noun: str, headers: dict[str, str]
) -> str:
    async with client.get(f"/api/v1/{noun}", headers=headers) as response:
        return str((await response.json())["items"][0]["id"])


async def admin_token(client: TestClient[web.Request, web.Application]) -> str:
    """A token, which no fuzzed sign-out ends."""
    credentials = {"email": "admin@example.com", "password": PASSWORD}
    async with client.post("/api/v1/session", json=credentials) as response:
        csrf = (await response.json())["csrf_token"]
        cookie = response.cookies["peyk_session"].value
    headers = {"X-CSRF-Token": csrf, "Cookie": f"peyk_session={cookie}"}
    made = await said(client, "/api/v1/tokens", {"name": "fuzz"}, headers)
    return str(made["token"])


async def said(
    client: TestClient[web.Request, web.Application],
    path: str,
    body: dict[str, str],
    headers: dict[str, str],
) -> Any:
    async with client.post(path, json=body, headers=headers) as response:
        assert response.status == 201, await response.text()
        return await response.json()
