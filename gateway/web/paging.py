"""Keyset pages: a cursor says after which row to go on, so pages neither skip nor repeat."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Annotated, Generic, TypeVar

import orjson
from pydantic import BaseModel, Field

from gateway.ids import is_id
from gateway.web.body import Query
from gateway.web.problem import FieldError, ProblemError, bad_fields

Item = TypeVar("Item")
Row = TypeVar("Row")

DEFAULT_LIMIT = 50
MAX_LIMIT = 200


class Page(BaseModel, Generic[Item]):
    """Some items, and the cursor of the next page if there is one."""

    items: list[Item]
    next: str | None = None


class Paging(Query):
    """The query of every list."""

    limit: Annotated[int, Field(ge=1, le=MAX_LIMIT)] = DEFAULT_LIMIT
    cursor: Annotated[str, Field(max_length=500)] | None = None


def page_of(
    rows: Iterable[Row], paging: Paging, key: Callable[[Row], tuple[datetime, str]]
) -> tuple[list[Row], str | None]:
    """One page of a list that is short enough to be read whole, and the next one's cursor."""
    after = read_cursor(paging.cursor) if paging.cursor else None
    left = sorted((row for row in rows if after is None or key(row) > after), key=key)
    page = left[: paging.limit]
    return page, write_cursor(*key(page[-1])) if len(left) > len(page) else None


def write_cursor(at: datetime, row: str) -> str:
    """The cursor of a list ordered by a time and an id: those of the page's last row."""
    return _write([at.isoformat(), row])


def read_cursor(cursor: str) -> tuple[datetime, str]:
    """What `write_cursor` was given; a cursor that it did not write raises 400."""
    at, row = _read(cursor, 2)
    if not isinstance(at, str) or not isinstance(row, str) or not is_id(row):
        raise _bad_cursor()
    try:
        moment = datetime.fromisoformat(at)
        if moment.tzinfo is None:
            raise _bad_cursor()
        return moment.astimezone(UTC), row
    except (ValueError, OverflowError) as exc:
        raise _bad_cursor() from exc


def write_number(number: int) -> str:
    """The cursor of a list ordered by a number."""
    return _write([number])


def read_number(cursor: str) -> int:
    """What `write_number` was given; a cursor that it did not write raises 400."""
    (number,) = _read(cursor, 1)
    if type(number) is not int or abs(number) >= 2**63:
        raise _bad_cursor()
    return number


def _write(parts: list[str | int]) -> str:
    return urlsafe_b64encode(orjson.dumps(parts)).decode().rstrip("=")


def _read(cursor: str, count: int) -> list[object]:
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        parts = orjson.loads(urlsafe_b64decode(padded.encode("ascii")))
    except ValueError as exc:
        raise _bad_cursor() from exc
    if not isinstance(parts, list) or len(parts) != count:
        raise _bad_cursor()
    return parts


def _bad_cursor() -> ProblemError:
    error = FieldError(field="cursor", message="is not one that a list gave", where="query")
    return bad_fields([error], status=400)
