"""Opening a database: the engine that writes, the engine that reads, and their settings."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import orjson
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool

READERS = 8
"""Connections that read at once."""

_POSTGRES_SETTINGS = {
    # A process that vanished in the middle of a transaction must not hold the others up.
    "idle_in_transaction_session_timeout": "10000",
    "lock_timeout": "8000",
    "tcp_keepalives_idle": "10",
    "tcp_keepalives_interval": "5",
}
_SQLITE_SETTINGS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "busy_timeout=10000",
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
    if url.startswith("sqlite"):
        return Engines(
            writer=_sqlite(url, begin="BEGIN IMMEDIATE", size=1),
            reader=_sqlite(url, begin="BEGIN", size=READERS, extra=("query_only=ON",)),
        )
    return Engines(
        writer=_postgres(url, size=4, isolation="READ COMMITTED"),
        reader=_postgres(url, size=READERS, isolation="REPEATABLE READ"),
    )


def _sqlite(url: str, *, begin: str, size: int, extra: tuple[str, ...] = ()) -> AsyncEngine:
    engine = create_async_engine(
        url,
        poolclass=AsyncAdaptedQueuePool,
        pool_size=size,
        max_overflow=0,
        **_common(),
    )

    @sa.event.listens_for(engine.sync_engine, "connect")
    def _on_connect(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for setting in (*_SQLITE_SETTINGS, *extra):
            cursor.execute(f"PRAGMA {setting}")
        cursor.close()

    @sa.event.listens_for(engine.sync_engine, "begin")
    def _on_begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _postgres(url: str, *, size: int, isolation: str) -> AsyncEngine:
    return create_async_engine(
        url,
        isolation_level=isolation,
        pool_size=size,
        max_overflow=0,
        pool_pre_ping=False,
        pool_recycle=1800,
        connect_args={"command_timeout": 30, "server_settings": _POSTGRES_SETTINGS},
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
