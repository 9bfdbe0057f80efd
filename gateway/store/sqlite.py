"""SQLite under SQLAlchemy's asyncio, without a thread's round trip for every small step.

The writer's statements look up and change a few rows each. They take microseconds and run
where they are called; only what waits runs in a thread: the COMMIT for the disk, and a
statement that finds the lock of another process. A reader's query may be long, so it runs
in a thread, in one round trip together with the fetching of its rows.
"""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import Any, TypeVar, cast

from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.util import await_

T = TypeVar("T")

DRIVER = "sqlite+peyk"
BUSY_MS = 10_000
"""How long the lock of another process is waited for."""


class Dialect(SQLiteDialect_pysqlite):
    """The standard library's driver; its connections are of the classes below."""

    driver = "peyk"
    is_async = True
    supports_statement_cache = True


registry.register("sqlite.peyk", __name__, "Dialect")


class Connection(sqlite3.Connection):
    """One task uses it at a time, and a thread of its own while that task waits."""

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="sqlite")

    def cursor(self, factory: Any = None) -> Any:
        return super().cursor(factory or Cursor)

    def commit(self) -> None:
        await_(self.in_thread(super().commit))

    def close(self) -> None:
        super().close()
        self._thread.shutdown(wait=False)

    async def run(self, sql: str, work: Callable[[], T]) -> T:
        """Do the work of this statement: at once, or in the thread."""
        raise NotImplementedError

    async def in_thread(self, work: Callable[[], T]) -> T:
        """A caller who is cancelled still waits until the thread has let go."""
        done = asyncio.get_running_loop().run_in_executor(self._thread, work)
        try:
            return await asyncio.shield(done)
        except asyncio.CancelledError:
            self.interrupt()
            while not done.done():
                with contextlib.suppress(asyncio.CancelledError):
                    await asyncio.wait([done])
            done.exception()
            raise


class WriterConnection(Connection):
    async def run(self, sql: str, work: Callable[[], T]) -> T:
        try:
            return work()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
        return await self._wait_for_lock(work)

    async def _wait_for_lock(self, work: Callable[[], T]) -> T:
        plain = self.cursor(sqlite3.Cursor)
        plain.execute(f"PRAGMA busy_timeout={BUSY_MS}")
        try:
            return await self.in_thread(work)
        finally:
            plain.execute("PRAGMA busy_timeout=0")


class ReaderConnection(Connection):
    async def run(self, sql: str, work: Callable[[], T]) -> T:
        return work() if sql == "BEGIN" else await self.in_thread(work)


class Cursor(sqlite3.Cursor):
    """When a statement is done, all its rows are here."""

    _rows: Iterator[Any] = iter(())

    def execute(self, sql: str, parameters: Any = (), /) -> Cursor:
        execute, fetchall = super().execute, super().fetchall

        def work() -> list[Any]:
            execute(sql, parameters)
            return fetchall() if self.description else []

        self._rows = iter(self._run(sql, work))
        return self

    def executemany(self, sql: str, parameters: Any, /) -> Cursor:
        executemany = super().executemany
        self._run(sql, lambda: executemany(sql, parameters))
        return self

    def fetchone(self) -> Any:
        return next(self._rows, None)

    def fetchmany(self, size: int | None = None) -> list[Any]:
        return list(islice(self._rows, self.arraysize if size is None else size))

    def fetchall(self) -> list[Any]:
        return list(self._rows)

    def _run(self, sql: str, work: Callable[[], T]) -> T:
        return await_(cast(Connection, self.connection).run(sql, work))

    async def _async_soft_close(self) -> None:
        """SQLAlchemy asks for it; there is nothing left to let go of."""
