"""Objects whose names and values are the clients' own: bounded, or they would be anything."""

from __future__ import annotations

from typing import Any, Final

import orjson

MOST_BYTES: Final = 20_000
DEEPEST: Final = 10


def bounded(value: dict[str, Any]) -> dict[str, Any]:
    """For pydantic: raises ValueError for what is too deep or too large to keep."""
    if _deeper_than(DEEPEST, value):
        raise ValueError(f"nested at most {DEEPEST} deep")
    if len(orjson.dumps(value)) > MOST_BYTES:
        raise ValueError(f"at most {MOST_BYTES} bytes together")
    return value


def _deeper_than(levels: int, value: object) -> bool:
    if isinstance(value, dict):
        value = list(value.values())
    if not isinstance(value, list):
        return False
    return levels == 0 or any(_deeper_than(levels - 1, each) for each in value)
