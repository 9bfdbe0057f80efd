"""A gateway as its users run it, on a folder or database of the measurement's own."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.processes import LOOPBACK, free_port, running, until_ok
from gateway.clock import utc_now
from gateway.first_start import prepare
from gateway.hub import LocalHub
from gateway.store import inboxes
from gateway.store.store import opened

NO_LIMITS = {
    "messages_burst": 1e9,
    "messages_per_s": 1e9,
    "frames_burst": 1e9,
    "frames_per_s": 1e9,
    "sockets": 100_000,
    "network_sockets": 100_000,
    "network_sessions_burst": 1e9,
    "network_sessions_per_s": 1e9,
}
"""The web chat's limits are for strangers; the load generator is one network address."""


@dataclass(frozen=True, kw_only=True)
class BotServer:
    """A Rasa server with our channel."""

    url: str
    token: str


NO_BOT = BotServer(url=f"http://{LOOPBACK}:9", token="")


@asynccontextmanager
async def gateway(folder: Path, database_url: str, bot: BotServer) -> AsyncIterator[str]:
    """`peyk serve` as a process; its address."""
    await _lift_limits(database_url)
    port, log = free_port(), folder / "gateway.log"
    environment = {
        "PEYK_PORT": str(port),
        "PEYK_DATA_DIR": str(folder),
        "PEYK_DATABASE_URL": database_url,
        "PEYK_LOG_LEVEL": "warning",
        "PEYK_RASA_URL": bot.url,
        "PEYK_RASA_TOKEN": bot.token,
    }
    peyk = Path(sys.executable).with_name("peyk")
    async with running([str(peyk), "serve"], log, environment=environment):
        url = f"http://{LOOPBACK}:{port}"
        await until_ok(f"{url}/readyz", log, says='"bot":"ok"' if bot.token else "")
        yield url


async def _lift_limits(database_url: str) -> None:
    async with opened(database_url, LocalHub()) as store:
        await prepare(store, utc_now, demo=True)
        async with store.read() as connection:
            (inbox,) = await inboxes.list_inboxes(connection)
        settings = {**inbox.settings, "limits": NO_LIMITS}
        await store.write(lambda tx: inboxes.change(tx, inbox.id, settings=settings))
