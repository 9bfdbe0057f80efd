"""Processes that a measurement starts, waits for and ends."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp

ROOT = Path(__file__).parents[1]
LOOPBACK = "127.0.0.1"
PATIENCE_S = 120.0


class NotReady(Exception):
    """A server did not come up; the end of its log says why."""


@asynccontextmanager
async def running(
    arguments: Sequence[str],
    log: Path,
    *,
    environment: Mapping[str, str] | None = None,
    folder: Path = ROOT,
    talks: bool = False,
) -> AsyncIterator[asyncio.subprocess.Process]:
    """A process with its children in a group of its own; all of them end with the block.

    One that `talks` is written to and read from; another's output goes to the log.
    """
    with log.open("ab") as output:
        process = await asyncio.create_subprocess_exec(
            *arguments,
            cwd=folder,
            env={**os.environ, **(environment or {})},
            stdin=asyncio.subprocess.PIPE if talks else asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE if talks else output,
            stderr=output,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        await _end(process)


async def until_ok(url: str, log: Path, *, says: str = "") -> None:
    """Wait until the address answers 200 with these words in it. Raises NotReady."""
    async with aiohttp.ClientSession() as session:
        for _ in range(int(PATIENCE_S / 0.2)):
            with contextlib.suppress(aiohttp.ClientError, TimeoutError):
                async with session.get(url) as response:
                    if response.status == 200 and says in await response.text():
                        return
            await asyncio.sleep(0.2)
    raise NotReady(f"{url} does not answer\n{end_of(log)}")


async def until_listening(port: int, log: Path) -> None:
    """Wait until somebody listens on the loopback at this port. Raises NotReady."""
    for _ in range(int(PATIENCE_S / 0.2)):
        with contextlib.suppress(OSError):
            _, writer = await asyncio.open_connection(LOOPBACK, port)
            writer.close()
            return
        await asyncio.sleep(0.2)
    raise NotReady(f"nobody listens on port {port}\n{end_of(log)}")


def end_of(log: Path) -> str:
    """The last words of a process."""
    return log.read_text(errors="replace")[-2000:]


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind((LOOPBACK, 0))
        port: int = listener.getsockname()[1]
        return port


async def _end(process: asyncio.subprocess.Process) -> None:
    for number, patience in ((signal.SIGTERM, 15.0), (signal.SIGKILL, 15.0)):
        if process.returncode is not None:
            break
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, number)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), patience)
