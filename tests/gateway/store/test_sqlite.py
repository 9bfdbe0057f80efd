"""SQLite's driver: what waits, waits in a thread, and nobody is left holding a connection."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from gateway.store.engine import Engines, open_engines

COUNT = """
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :upto)
    SELECT count(*) FROM n
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "peyk.db"


@pytest.fixture
async def engines(file: Path) -> AsyncIterator[Engines]:
    engines = open_engines(f"sqlite+aiosqlite:///{file}")
    async with engines.writer.begin() as connection:
        await connection.execute(sa.text("CREATE TABLE t (x INTEGER PRIMARY KEY)"))
    yield engines
    await engines.close()


async def test_a_write_waits_for_another_process_while_the_loop_goes_on(
    engines: Engines, file: Path
) -> None:
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    writing = asyncio.create_task(_insert(engines, 1))
    for _ in range(20):
        await asyncio.sleep(0.01)
    assert not writing.done()
    other.execute("INSERT INTO t VALUES (2)")
    other.execute("COMMIT")
    other.close()
    await writing
    assert await _all(engines) == [1, 2]


async def test_a_long_query_does_not_hold_up_the_loop(engines: Engines) -> None:
    turns = 0
    reading = asyncio.create_task(_count(engines, 300_000))
    while not reading.done():
        await asyncio.sleep(0.001)
        turns += 1
    assert reading.result() == 300_000
    assert turns > 5


async def test_a_query_that_is_cancelled_ends_and_leaves_its_connections_usable(
    engines: Engines,
) -> None:
    for _ in range(20):
        reading = asyncio.create_task(_count(engines, 1_000_000_000))
        await asyncio.sleep(0.01)
        reading.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await reading
    assert await asyncio.gather(*(_count(engines, 100) for _ in range(20))) == [100] * 20


async def test_all_rows_are_there_when_the_statement_is_done(engines: Engines) -> None:
    for x in range(10):
        await _insert(engines, x)
    async with engines.reader.connect() as connection:
        result = await connection.execute(sa.text("SELECT x FROM t ORDER BY x"))
        assert result.fetchmany(3) == [(0,), (1,), (2,)]
        assert result.fetchone() == (3,)
        assert result.scalars().all() == [4, 5, 6, 7, 8, 9]


async def test_a_reader_cannot_write(engines: Engines) -> None:
    async with engines.reader.connect() as connection:
        with pytest.raises(sa.exc.OperationalError, match="readonly"):
            await connection.execute(sa.text("INSERT INTO t VALUES (1)"))


async def test_a_commit_waits_for_the_disk(engines: Engines) -> None:
    async with engines.writer.connect() as connection:
        assert await connection.scalar(sa.text("PRAGMA synchronous")) == 2
        assert await connection.scalar(sa.text("PRAGMA journal_mode")) == "wal"


async def _insert(engines: Engines, x: int) -> None:
    async with engines.writer.begin() as connection:
        await connection.execute(sa.text("INSERT INTO t VALUES (:x)"), {"x": x})


async def _all(engines: Engines) -> list[int]:
    async with engines.reader.connect() as connection:
        return list((await connection.execute(sa.text("SELECT x FROM t ORDER BY x"))).scalars())


async def _count(engines: Engines, upto: int) -> int:
    async with engines.reader.connect() as connection:
        return int(await connection.scalar(sa.text(COUNT), {"upto": upto}) or 0)
