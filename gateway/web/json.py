"""JSON over HTTP: strict on the way in, fast on the way out."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from typing import Any

import orjson

_LARGEST = 2**63 - 1
_ERRORS_NAMED = 20


class BadJson(ValueError):
    """The bytes are not JSON as RFC 8259 has it."""


class BadValues(ValueError):
    """It is JSON, but these fields hold what Peyk never stores: `fields` is (name, why)."""

    def __init__(self, fields: list[tuple[str, str]]) -> None:
        super().__init__(", ".join(name for name, _ in fields))
        self.fields = fields


def loads(raw: bytes) -> Any:
    """The value in `raw`.

    Refuses what other parsers read differently or a database cannot hold:
    a name given twice, NaN, a number beyond 64 bits, NUL and half a surrogate pair.
    """
    try:
        value = json.loads(raw.decode(), object_pairs_hook=_object, parse_constant=_refuse_constant)
    except BadValues:
        raise
    except UnicodeDecodeError as exc:
        raise BadJson("the body is not UTF-8") from exc
    except RecursionError as exc:
        raise BadJson("the body is nested too deeply") from exc
    except ValueError as exc:
        raise BadJson("the body is not JSON") from exc
    if bad := [found for _, found in zip(range(_ERRORS_NAMED), _bad_values(value), strict=False)]:
        raise BadValues(bad)
    return value


def dumps(value: object) -> bytes:
    """`value` as JSON; of text that is no Unicode, possible only in an echo, a `?` remains."""
    try:
        return orjson.dumps(value)
    except TypeError:
        text = json.dumps(value, ensure_ascii=False)
        return text.encode("utf-8", "replace")


def why_not_text(text: str) -> str | None:
    """Why this text cannot be stored, if it cannot."""
    if "\x00" in text:
        return "must not contain NUL"
    try:
        text.encode()
    except UnicodeEncodeError:
        return "must not contain half a surrogate pair"
    return None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise BadValues([(_first_twice(pairs), "is given twice")])
    return value


def _first_twice(pairs: list[tuple[str, Any]]) -> str:
    seen: set[str] = set()
    for name, _ in pairs:
        if name in seen:
            return name
        seen.add(name)
    return ""


def _refuse_constant(name: str) -> None:
    raise BadJson(f"{name} is not JSON")


def _bad_values(value: object) -> Iterator[tuple[str, str]]:
    waiting: list[tuple[str, object]] = [("", value)]
    while waiting:
        name, value = waiting.pop()
        if why := _why_bad(value):
            yield name or "body", why
        elif isinstance(value, dict):
            for key, item in value.items():
                if why := why_not_text(key):
                    yield _join(name, key), "the name " + why
                waiting.append((_join(name, key), item))
        elif isinstance(value, list):
            waiting.extend((_join(name, str(n)), item) for n, item in enumerate(value))


def _why_bad(value: object) -> str | None:
    match value:
        case str():
            return why_not_text(value)
        case int() if abs(value) > _LARGEST:
            return "is beyond 64 bits"
        case float() if not math.isfinite(value):
            return "is beyond 64 bits"
    return None


def _join(name: str, key: str) -> str:
    return f"{name}.{key}"[:200] if name else key[:200]
