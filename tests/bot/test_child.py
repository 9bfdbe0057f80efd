"""A child is started, watched, started again, and ended; nothing stays behind."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.child import Child, Command

SERVE = """
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
HTTPServer(("127.0.0.1", int(sys.argv[1])), BaseHTTPRequestHandler).serve_forever()
"""
STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)"


def command(tmp_path: Path, script: str, *arguments: str) -> Command:
    return Command(
        name="test",
        arguments=[sys.executable, "-c", script, *arguments],
        folder=tmp_path,
        environment=os.environ,
        log_file=tmp_path / "logs" / "child.log",
    )


@asynccontextmanager
async def running(child: Child) -> AsyncIterator[Child]:
    task = asyncio.create_task(child.run())
    try:
        yield child
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


def alive(pid: int | None) -> bool:
    if pid is None:
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def connects(port: int) -> None:
    _, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.close()


async def until(child: Child, pid: int | None) -> int:
    """The pid of the next life that is ready."""
    async with asyncio.timeout(20):
        while not (child.ready.is_set() and child.pid != pid):
            await asyncio.sleep(0.05)
    assert child.pid is not None
    return child.pid


async def test_a_killed_child_is_started_again_and_ended_at_the_end(
    tmp_path: Path, unused_tcp_port: int
) -> None:
    child = Child(command(tmp_path, SERVE, str(unused_tcp_port)), lambda: connects(unused_tcp_port))
    async with running(child):
        first = await until(child, None)
        os.kill(first, signal.SIGKILL)
        second = await until(child, first)
        assert alive(second)
        assert not alive(first)
    assert not alive(second)


async def test_a_child_that_ignores_the_request_to_end_is_killed(tmp_path: Path) -> None:
    async def at_once() -> None:
        return None

    child = Child(command(tmp_path, STUBBORN), at_once)
    async with running(child):
        pid = await until(child, None)
        await asyncio.sleep(0.3)
    assert not alive(pid)


async def test_a_child_that_cannot_start_is_tried_again_with_pauses(tmp_path: Path) -> None:
    async def never() -> None:
        raise ConnectionError

    child = Child(command(tmp_path, "raise SystemExit('no model')"), never)
    async with running(child):
        await asyncio.sleep(2)
        assert not child.ready.is_set()
    tries = (tmp_path / "logs" / "child.log").read_text().count("no model")
    assert 1 <= tries <= 3
