"""Column types that behave alike on both databases."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, TSVECTOR
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator

Json = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
Serial = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
"""A number that the database gives; on SQLite the row's own."""


class Id(TypeDecorator[str]):
    """A UUID that is text in the program and native on PostgreSQL."""

    impl = sa.Uuid(as_uuid=False)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        if dialect.name == "sqlite":
            return dialect.type_descriptor(sa.String(36))
        return dialect.type_descriptor(sa.Uuid(as_uuid=False))


class Words(TypeDecorator[str]):
    """Normalised words with blanks between them, as full text search keeps them.

    The words are decided by us alone (`gateway.model.words`), alike for both databases:
    PostgreSQL gets them with their places, and its own parser is never asked.
    """

    impl = sa.Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        kind = sa.Text() if dialect.name == "sqlite" else TSVECTOR()
        return dialect.type_descriptor(kind)

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        if value is None or dialect.name == "sqlite":
            return value
        return " ".join(f"'{word}':{place}" for place, word in enumerate(value.split(), 1))


class Utc(TypeDecorator[datetime]):
    """An aware time in UTC, to the microsecond; a naive one is refused."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        if dialect.name == "sqlite":
            return dialect.type_descriptor(sa.DateTime())
        return dialect.type_descriptor(sa.DateTime(timezone=True))

    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], Any]:
        """In one step: a message carries a dozen times."""
        if dialect.name == "sqlite":
            return _text_of
        return _checked

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any]:
        if dialect.name == "sqlite":
            return _time_of
        return _in_utc


def _text_of(value: datetime | None) -> str | None:
    """As SQLAlchemy writes it: text that sorts by time."""
    value = _checked(value)
    return value.isoformat(" ", "microseconds")[:26] if value is not None else None


def _time_of(stored: str | None) -> datetime | None:
    return datetime.fromisoformat(stored + "+00:00") if stored is not None else None


def _checked(value: datetime | None) -> datetime | None:
    if value is None or value.tzinfo is UTC:
        return value
    if value.tzinfo is None:
        raise ValueError("the store takes aware times only")
    return value.astimezone(UTC)


def _in_utc(stored: datetime | None) -> datetime | None:
    return stored.astimezone(UTC) if stored is not None else None


class _List(TypeDecorator[Sequence[str]]):
    """Several values as one parameter."""

    impl = sa.JSON
    cache_ok = True

    def __init__(self, item: sa.types.TypeEngine[Any]) -> None:
        super().__init__()
        self.item = item

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        if dialect.name == "sqlite":
            return dialect.type_descriptor(sa.JSON())
        return dialect.type_descriptor(ARRAY(self.item))


class _Among(FunctionElement[bool]):
    type = sa.Boolean()
    inherit_cache = True
    name = "among"


def among(column: sa.Column[Any], name: str) -> sa.ColumnElement[bool]:
    """Whether the column is one of the values of the list parameter of this name.

    Other than IN it is the same statement for a list of any length, so it is prepared once.
    """
    return _Among(column, sa.bindparam(name, type_=_List(column.type)))


@compiles(_Among, "sqlite")
def _among_on_sqlite(element: Any, compiler: Any, **settings: Any) -> str:
    column, values = (compiler.process(each, **settings) for each in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({values}))"


@compiles(_Among, "postgresql")
def _among_on_postgresql(element: Any, compiler: Any, **settings: Any) -> str:
    column, values = (compiler.process(each, **settings) for each in element.clauses)
    return f"{column} = ANY ({values})"
