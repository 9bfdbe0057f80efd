"""How databases are opened: what is told as stored is on the disk, and readers only read."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from gateway.store.engine import Engines, open_engines

FULL = 2


@pytest.fixture
async def engines(tmp_path: Path) -> AsyncIterator[Engines]:
    engines = open_engines(f"sqlite+aiosqlite:///{tmp_path / 'peyk.db'}")
    yield engines
    await engines.close()


async def pragma(engines: Engines, name: str) -> object:
    async with engines.writer.connect() as connection:
        return (await connection.execute(sa.text(f"PRAGMA {name}"))).scalar_one()


async def test_sqlite_keeps_a_log_and_waits_for_the_disk(engines: Engines) -> None:
    assert await pragma(engines, "journal_mode") == "wal"
    assert await pragma(engines, "synchronous") == FULL
    assert await pragma(engines, "foreign_keys") == 1


async def test_a_sqlite_writer_holds_the_lock_from_its_first_moment(
    engines: Engines, tmp_path: Path
) -> None:
    """So that it never reads what another is about to change."""
    others = open_engines(f"sqlite+aiosqlite:///{tmp_path / 'peyk.db'}")
    try:
        async with engines.writer.begin() as first:
            await first.execute(sa.text("CREATE TABLE things (name TEXT)"))
        async with engines.writer.begin(), others.reader.connect() as reader:
            await reader.execute(sa.text("SELECT * FROM things"))
            with pytest.raises(OperationalError, match="locked"):
                async with others.writer.connect() as second:
                    await second.execute(sa.text("SELECT * FROM things"))
    finally:
        await others.close()


async def test_a_sqlite_reader_cannot_write(engines: Engines) -> None:
    async with engines.reader.connect() as reader:
        with pytest.raises(OperationalError, match="readonly"):
            await reader.execute(sa.text("CREATE TABLE things (name TEXT)"))
