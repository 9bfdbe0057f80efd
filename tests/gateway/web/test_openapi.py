"""The document says what the server does, in a form that tools understand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import pytest

import handoff.routes
from gateway.web.openapi import openapi
from gateway.web.route import Route

TABLE: list[Route] = [
    route
    for module in iter_modules(handoff.routes.__path__, "handoff.routes.")
    for route in getattr(import_module(module.name), "routes", ())
]
DOCUMENT = openapi(TABLE, version="1")
OPERATIONS: dict[str, dict[str, Any]] = {
    f"{method.upper()} {path}": operation
    for path, methods in DOCUMENT["paths"].items()
    for method, operation in methods.items()
}


def everything(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for item in value.values():
            yield from everything(item)
    elif isinstance(value, list):
        for item in value:
            yield from everything(item)


def test_every_route_is_documented() -> None:
    assert set(OPERATIONS) == {f"{r.method} /api/v1{r.path}" for r in TABLE}


def test_every_reference_leads_somewhere() -> None:
    schemas = DOCUMENT["components"]["schemas"]
    references = [each["$ref"] for each in everything(DOCUMENT) if "$ref" in each]
    assert references
    for reference in references:
        start, name = reference.rsplit("/", 1)
        assert start == "#/components/schemas"
        assert name in schemas


def test_every_operation_has_a_name_of_its_own() -> None:
    names = [operation["operationId"] for operation in OPERATIONS.values()]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z_]\w*", name) for name in names)
    assert all(operation["summary"] for operation in OPERATIONS.values())


@pytest.mark.parametrize("name", OPERATIONS)
def test_every_part_of_a_path_is_described(name: str) -> None:
    described = {p["name"] for p in OPERATIONS[name]["parameters"] if p["in"] == "path"}
    assert described == set(re.findall(r"\{(\w+)\}", name))


@pytest.mark.parametrize("route", TABLE, ids=lambda route: f"{route.method} {route.path}")
def test_every_route_says_how_one_is_known_and_what_may_go_wrong(route: Route) -> None:
    operation = OPERATIONS[f"{route.method} /api/v1{route.path}"]
    responses = operation["responses"]
    if route.role is not None:
        changing = route.method != "GET"
        assert operation["security"][0].keys() == ({"session", "csrf"} if changing else {"session"})
        assert responses.keys() >= {"401", "403"}
    if route.body is not None:
        assert responses.keys() >= {"400", "413", "415", "422"}
        assert "application/json" in operation["requestBody"]["content"]
    for status, response in responses.items():
        if int(status) >= 400:
            schema = response["content"]["application/problem+json"]["schema"]
            assert schema == {"$ref": "#/components/schemas/Problem"}
    assert any(int(status) < 400 for status in responses)


def test_lists_and_bodies_have_their_fields() -> None:
    query = OPERATIONS["GET /api/v1/agents"]["parameters"]
    assert {p["name"] for p in query} == {"limit", "cursor"}
    body = DOCUMENT["components"]["schemas"]["NewAgent"]
    assert body["additionalProperties"] is False
    assert {"name", "email", "password"} <= set(body["required"])
    key = [p["name"] for p in OPERATIONS["POST /api/v1/tokens"]["parameters"]]
    assert key == ["Idempotency-Key"]


async def test_it_is_served_to_anybody(open_browser: Any) -> None:
    status, said = await open_browser().call("GET", "/api/v1/openapi.json")
    assert (status, said["openapi"], said["info"]["version"]) == (200, "3.1.0", "7")
    assert said["paths"].keys() >= {"/api/v1/agents", "/api/v1/openapi.json"}
