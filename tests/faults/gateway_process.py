"""A real gateway as a process of its own: started, killed, started again, ended."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

from gateway.ids import new_id
from tests.faults.processes import ROOT, Process, free_port, program

EMAIL = "admin@example.com"
PASSWORD = "correct horse battery staple"
STARTS_WITHIN_S = 60.0


class GatewayProcess(Process):
    """`peyk serve` on a free port and a data folder, which both outlive its deaths."""

    def __init__(self, data_dir: Path, **settings: str) -> None:
        self.data_dir = data_dir
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        environment = {
            "PEYK_PORT": str(self.port),
            "PEYK_DATA_DIR": str(data_dir),
            "PEYK_RASA_DIR": str(ROOT / "bot" / "rasa"),
            "PEYK_ADMIN_EMAIL": EMAIL,
            "PEYK_ADMIN_PASSWORD": PASSWORD,
            "PEYK_LOG_FORMAT": "json",
            **{f"PEYK_{name.upper()}": value for name, value in settings.items()},
        }
        super().__init__(
            [program("peyk"), "serve"],
            folder=data_dir.parent,
            environment=environment,
            marker=new_id(),
            log_file=data_dir.parent / "gateway.log",
        )

    def change(self, **settings: str) -> None:
        """From the next start on."""
        self._environment |= {f"PEYK_{name.upper()}": value for name, value in settings.items()}

    async def serve(self) -> float:
        """Start, and wait until it serves; the seconds that it took."""
        started = time.monotonic()
        self.start()
        while not await self.serves():
            assert self.lives, f"the gateway ended: {self.said[-2000:]}"
            assert time.monotonic() - started < STARTS_WITHIN_S, self.said[-2000:]
            await asyncio.sleep(0.05)
        return time.monotonic() - started

    async def parts(self) -> dict[str, Any]:
        """What /readyz says of each part."""
        async with aiohttp.ClientSession() as session, session.get(f"{self.url}/readyz") as answer:
            parts: dict[str, Any] = (await answer.json())["parts"]
            return parts

    async def until_bot_is_ready(self, within_s: float = 60.0) -> float:
        started = time.monotonic()
        while (await self.parts())["bot"] != "ok":
            assert time.monotonic() - started < within_s, (await self.parts())["bot"]
            await asyncio.sleep(0.1)
        return time.monotonic() - started

    async def serves(self) -> bool:
        try:
            async with (
                aiohttp.ClientSession() as session,
                session.get(f"{self.url}/healthz") as answer,
            ):
                return answer.status == 200
        except (aiohttp.ClientError, OSError):
            return False


@asynccontextmanager
async def gateway_process(folder: Path, **settings: str) -> AsyncIterator[GatewayProcess]:
    """A gateway that serves; at the end nothing of it is left, whatever happened."""
    gateway = GatewayProcess(folder / "data", **settings)
    try:
        await gateway.serve()
        yield gateway
    finally:
        gateway.clear_away()
