"""Opening a database: the engine that writes, the engine that reads, and their settings."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import orjson
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool

from gateway.store import sqlite

READERS = 8
"""Connections that read at once."""

_SQLITE_SETTINGS = (
    f"busy_timeout={sqlite.BUSY_MS}",
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "cache_size=-65536",
    "temp_store=MEMORY",
)


@dataclass(frozen=True, kw_only=True)
class Engines:
    """`writer` has few connections (one on SQLite); `reader` never writes."""

    writer: AsyncEngine
    reader: AsyncEngine

    @property
    def is_sqlite(self) -> bool:
        return self.writer.dialect.name == "sqlite"

    async def close(self) -> None:
        await self.reader.dispose()
        await self.writer.dispose()


def open_engines(url: str) -> Engines:
    """`url` is sqlite+aiosqlite:///path or postgresql+asyncpg://user@host/name."""
    if not url.startswith("sqlite"):
        return Engines(
            writer=_postgres(url, size=4, isolation="READ COMMITTED"),
            reader=_postgres(url, size=READERS, isolation="REPEATABLE READ"),
        )
    writer = _sqlite(url, sqlite.WriterConnection, size=1, extra="busy_timeout=0")
    reader = _sqlite(url, sqlite.ReaderConnection, size=READERS, extra="query_only=ON")
    _begin_with(writer, "BEGIN IMMEDIATE")
    _begin_with(reader, "BEGIN")
    return Engines(writer=writer, reader=reader)


def _sqlite(url: str, kind: type[sqlite.Connection], *, size: int, extra: str) -> AsyncEngine:
    engine = create_async_engine(
        sa.make_url(url).set(drivername=sqlite.DRIVER),
        poolclass=AsyncAdaptedQueuePool,
        pool_size=size,
        max_overflow=0,
        connect_args={"factory": kind, "check_same_thread": False},
        **_common(),
    )

    @sa.event.listens_for(engine.sync_engine, "connect")
    def _on_connect(connection: sqlite.Connection, _record: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor(sqlite3.Cursor)
        for setting in (*_SQLITE_SETTINGS, extra):
            cursor.execute(f"PRAGMA {setting}")
        cursor.close()

    return engine


def _begin_with(engine: AsyncEngine, statement: str) -> None:
    @sa.event.listens_for(engine.sync_engine, "begin")
    def _on_begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql(statement)


def _postgres(url: str, *, size: int, isolation: str) -> AsyncEngine:
    return create_async_engine(
        url,
        isolation_level=isolation,
        pool_size=size,
        max_overflow=0,
        pool_pre_ping=False,
        pool_recycle=1800,
        **_common(),
    )


def _common() -> dict[str, Any]:
    """How JSON is written; and errors of the database do not repeat what people wrote."""
    return {
        "hide_parameters": True,
        "json_serializer": lambda value: orjson.dumps(value).decode(),
        "json_deserializer": orjson.loads,
    }


@asynccontextmanager
async def reading(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """One consistent look at the store."""
    async with engine.connect() as connection:
        yield connection
