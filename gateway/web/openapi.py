"""The OpenAPI 3.1 document, made from the same routes and types that serve."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Literal, cast

from aiohttp import web
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from gateway.web.problem import SLUGS
from gateway.web.route import Route

PREFIX = "/api/v1"

_REF = "#/components/schemas/{model}"

_PROBLEM: dict[str, Any] = {
    "type": "object",
    "description": "RFC 9457: what was wrong, for programs in `type`, for people in `detail`.",
    "required": ["type", "title", "status"],
    "properties": {
        "type": {"type": "string", "format": "uri", "description": "Stable."},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "description": "Each bad field.",
            "items": {
                "type": "object",
                "required": ["field", "message", "in"],
                "properties": {
                    "field": {"type": "string"},
                    "message": {"type": "string"},
                    "in": {"enum": ["body", "query", "path", "header"]},
                    "code": {"type": "string", "description": "What `message` says; stable."},
                    "limits": {"type": "object", "description": "The limits it names."},
                },
            },
        },
        "load": {"type": "integer", "description": "With 409 at-capacity: what one holds."},
        "capacity": {"type": "integer", "description": "With 409 at-capacity."},
        "state": {"type": "string", "description": "With 409: the conversation's state."},
        "ownership": {"type": "integer", "description": "With 409: its ownership number."},
        "owner": {
            "type": "object",
            "description": "With 409: who owns the conversation now.",
            "properties": {
                "kind": {"enum": ["bot", "queue", "agent"]},
                "id": {"type": ["string", "null"]},
                "name": {"type": ["string", "null"]},
            },
        },
    },
}
_SECURITY_SCHEMES: dict[str, Any] = {
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": "peyk_session",
        "description": "Set by `POST /api/v1/session`; changing requests need `csrf` as well.",
    },
    "csrf": {
        "type": "apiKey",
        "in": "header",
        "name": "X-CSRF-Token",
        "description": "The `csrf_token` that the sign-in and `GET /api/v1/me` answer.",
    },
    "token": {
        "type": "http",
        "scheme": "bearer",
        "description": "A personal API token, made by `POST /api/v1/tokens`.",
    },
}
_KEY_HEADER: dict[str, Any] = {
    "name": "Idempotency-Key",
    "in": "header",
    "description": "A repeat with the same key within 24 hours gets the first answer.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 200},
}


def openapi(
    routes: Iterable[Route],
    *,
    prefix: str = PREFIX,
    version: str,
    others: Mapping[str, Iterable[Route]] | None = None,
) -> dict[str, Any]:
    """The document of these routes, which stand under `prefix`, and of `others` by theirs."""
    tables = {prefix: list(routes)} | {at: list(more) for at, more in (others or {}).items()}
    routes = [route for table in tables.values() for route in table]
    refs, definitions = _schemas(routes)
    paths: dict[str, dict[str, Any]] = {}
    for at, table in tables.items():
        for route in table:
            address = at + re.sub(r"\{(\w+):[^}]*\}", r"{\1}", route.path)
            operation = _operation(route, refs, "" if at == prefix else at)
            paths.setdefault(address, {})[route.method.lower()] = operation
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Peyk",
            "version": version,
            "description": "Agents and admins under /api/v1; pages of customers under /chat/v1.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "paths": paths,
        "components": {
            "schemas": {**definitions, "Problem": _PROBLEM},
            "securitySchemes": _SECURITY_SCHEMES,
        },
        "tags": [{"name": tag} for tag in dict.fromkeys(route.tag for route in routes)],
    }


def document_route(
    routes: Iterable[Route],
    *,
    prefix: str = PREFIX,
    version: str,
    others: Mapping[str, Iterable[Route]] | None = None,
) -> Route:
    """The route that serves the document of `routes`; it documents itself as well."""

    async def serve(call: object) -> web.StreamResponse:
        return web.json_response(document)

    route = Route(
        "GET",
        "/openapi.json",
        serve,
        summary="This document",
        tag="document",
        gives="application/json",
    )
    document = openapi([*routes, route], prefix=prefix, version=version, others=others)
    return route


_Mode = Literal["validation", "serialization"]
_Refs = dict[tuple[type[BaseModel], _Mode], dict[str, Any]]


def _schemas(routes: list[Route]) -> tuple[_Refs, dict[str, Any]]:
    wanted: dict[tuple[type[BaseModel], _Mode], None] = {}
    for route in routes:
        if route.body:
            wanted[route.body, "validation"] = None
        if route.answer:
            wanted[route.answer, "serialization"] = None
    refs, document = models_json_schema(list(wanted), ref_template=_REF)
    return cast(_Refs, refs), document.get("$defs", {})


def _operation(route: Route, refs: _Refs, at: str) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "summary": route.summary,
        "operationId": _operation_id(route, at),
        "tags": [route.tag],
        "parameters": [*_path_parameters(route), *_query_parameters(route)],
        "responses": _responses(route, refs),
    }
    if doc := route.handler.__doc__:
        operation["description"] = " ".join(doc.split())
    if route.takes_key:
        operation["parameters"].append(_KEY_HEADER)
    if body := _request_body(route, refs):
        operation["requestBody"] = body
    operation["security"] = _security(route)
    return operation


def _request_body(route: Route, refs: _Refs) -> dict[str, Any] | None:
    if route.takes:
        return {"required": True, "content": {route.takes: {"schema": {"type": "object"}}}}
    if route.body is None:
        return None
    return {
        "required": any(field.is_required() for field in route.body.model_fields.values()),
        "content": {"application/json": {"schema": refs[route.body, "validation"]}},
    }


def _operation_id(route: Route, at: str) -> str:
    words = re.findall(r"\w+", at + re.sub(r"\{(\w+)[^}]*\}", r"by_\1", route.path))
    return "_".join([route.method.lower(), *words]) or "root"


def _path_parameters(route: Route) -> list[dict[str, Any]]:
    return [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in re.findall(r"\{(\w+)[^}]*\}", route.path)
    ]


def _query_parameters(route: Route) -> list[dict[str, Any]]:
    if route.query is None:
        return []
    schema = route.query.model_json_schema()
    definitions = schema.get("$defs", {})
    return [
        {"name": name, "in": "query", "required": False, "schema": _inline(value, definitions)}
        for name, value in schema["properties"].items()
    ]


def _inline(schema: Any, definitions: dict[str, Any]) -> Any:
    if isinstance(schema, list):
        return [_inline(item, definitions) for item in schema]
    if not isinstance(schema, dict):
        return schema
    if ref := schema.get("$ref"):
        return _inline(definitions[ref.rsplit("/", 1)[1]], definitions)
    return {name: _inline(value, definitions) for name, value in schema.items()}


def _responses(route: Route, refs: _Refs) -> dict[str, Any]:
    responses: dict[str, Any] = {str(_success(route)): _answer(route, refs)}
    problem = {"application/problem+json": {"schema": {"$ref": _REF.format(model="Problem")}}}
    for status in sorted(_problems(route)):
        responses[str(status)] = {"description": SLUGS[status][1], "content": problem}
    return responses


def _success(route: Route) -> int:
    empty = route.answer is None and route.gives is None
    return 204 if empty and route.status == 200 else route.status


def _answer(route: Route, refs: _Refs) -> dict[str, Any]:
    if route.gives:
        return {"description": "Done", "content": {route.gives: {}}}
    if route.answer is None:
        return {"description": "Done; no body"}
    schema = refs[route.answer, "serialization"]
    return {"description": "Done", "content": {"application/json": {"schema": schema}}}


def _problems(route: Route) -> set[int]:
    found = {*route.problems, 503}
    if route.role is not None:
        found |= {401, 403}
    if route.body is not None or route.takes is not None:
        found |= {400, 413, 415, 422}
    if route.query is not None:
        found |= {400, 422}
    if "{" in route.path:
        found.add(404)
    if route.takes_key:
        found |= {409, 422}
    return found


def _security(route: Route) -> list[dict[str, list[str]]]:
    if route.role is None:
        return []
    changing = route.method not in ("GET", "HEAD")
    cookie: dict[str, list[str]] = {"session": [], "csrf": []} if changing else {"session": []}
    return [cookie, {"token": []}]
