"""What a client sends: the JSON body and the query, checked against their types."""

from __future__ import annotations

import re
from typing import Annotated, Any, TypeVar

from aiohttp import web
from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints, ValidationError
from pydantic_core import PydanticCustomError

from gateway.errors import TooLarge
from gateway.ids import is_id
from gateway.web.json import BadJson, BadValues, loads, why_not_text
from gateway.web.problem import FieldError, Problem, ProblemError, bad_fields, field_errors

MAX_BODY = 1_048_576
"""The most bytes a JSON body may have."""

Shape = TypeVar("Shape", bound=BaseModel)


class Body(BaseModel):
    """A JSON body: unknown names are refused, and nothing is guessed from another type."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, hide_input_in_errors=True)


class Query(BaseModel):
    """A query: unknown names are refused; an empty value counts as absent."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class Nothing(Body):
    """A body that says nothing: `{}`, or no body at all."""


def _an_id(text: str) -> str:
    if not is_id(text):
        raise ValueError("is not an id")
    return text


Id = Annotated[str, AfterValidator(_an_id)]
"""An id in a body or a query."""

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
"""What a person, a queue or a token is called."""


def _an_email(text: str) -> str:
    if not re.fullmatch(r"[^@\s\x00-\x1f]+@[^@\s\x00-\x1f]+", text):
        raise PydanticCustomError("email", "is not an email address")
    if len(text) > 254:
        raise ValueError("has more than 254 characters")
    return text


Email = Annotated[
    str, StringConstraints(strip_whitespace=True, to_lower=True), AfterValidator(_an_email)
]
"""An address that may exist; whether it does, only a mail would show."""


async def read_bytes(request: web.Request, limit: int = MAX_BODY) -> bytes:
    """The body's bytes; more than `limit` of them raise TooLarge without being kept."""
    if (request.content_length or 0) > limit:
        raise TooLarge("body", limit)
    chunks: list[bytes] = []
    size = 0
    async for chunk in request.content.iter_any():
        size += len(chunk)
        if size > limit:
            raise TooLarge("body", limit)
        chunks.append(chunk)
    return b"".join(chunks)


def read_json(request: web.Request, raw: bytes, shape: type[Shape]) -> Shape:
    """The body as `shape`; an empty body is `{}`, so that verbs without arguments need none."""
    if raw:
        _check_content_type(request)
        _check_json(raw)
    try:
        return shape.model_validate_json(raw or b"{}", strict=True)
    except ValidationError as exc:
        raise bad_fields(field_errors(exc, "body")) from exc


def read_query(request: web.Request, shape: type[Shape] | None) -> Shape | None:
    """The query as `shape`; a route without one ignores it, as browsers add their own."""
    if shape is None:
        return None
    values: dict[str, Any] = {}
    for name, value in request.query.items():
        why = "is given twice" if name in values else why_not_text(name) or why_not_text(value)
        if why:
            raise bad_fields([FieldError(field=name[:200], message=why, where="query")])
        if value:
            values[name] = value
    try:
        return shape.model_validate_strings(values)
    except ValidationError as exc:
        raise bad_fields(field_errors(exc, "query")) from exc


def _check_content_type(request: web.Request) -> None:
    if request.content_type == "application/json" and _is_utf8(request):
        return
    raise ProblemError(Problem(status=415, detail="Send application/json in UTF-8"))


def _is_utf8(request: web.Request) -> bool:
    try:
        return (request.charset or "utf-8").lower() in ("utf-8", "utf8", "us-ascii")
    except ValueError:
        return False


def _check_json(raw: bytes) -> None:
    try:
        loads(raw)
    except BadJson as exc:
        raise ProblemError(Problem(status=400, detail=str(exc), slug="bad-json")) from exc
    except BadValues as exc:
        raise bad_fields([FieldError(field=n, message=why) for n, why in exc.fields]) from exc
