"""A child process that is kept alive: started again when it ends, ended with us."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import structlog

log = structlog.get_logger(__name__)

PATIENCE_S = 3.0
"""How long a child may take to end when asked to, before it is killed."""

PROBE_EVERY_S = 2.0
PROBES_MISSED = 6
"""So many silent probes in a row after it was ready, and a child counts as stuck."""

START_WITHIN_S = 180.0
LONGEST_PAUSE_S = 30.0

Probe = Callable[[], Awaitable[object]]


@dataclass(frozen=True, kw_only=True)
class Command:
    """What to run, and where its output goes. `name` is for people."""

    name: str
    arguments: Sequence[str]
    folder: Path
    environment: Mapping[str, str] = field(repr=False)
    log_file: Path


class Child:
    """Runs a command for as long as `run` runs; `probe` raises while it is not ready."""

    def __init__(self, command: Command, probe: Probe) -> None:
        self._command = command
        self._probe = probe
        self._process: asyncio.subprocess.Process | None = None
        self.ready = asyncio.Event()

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    async def run(self) -> None:
        """Start the child again whenever it ends, until cancelled; then end it."""
        pause = 0.5
        try:
            while True:
                was_ready = await self._live()
                pause = 0.5 if was_ready else min(2 * pause, LONGEST_PAUSE_S)
                log.warning("child ended and is started again", child=self._command.name)
                await asyncio.sleep(pause)
        finally:
            await self._end()

    async def _live(self) -> bool:
        """One life of the child; whether it ever was ready."""
        self.ready.clear()
        self._process = await self._start()
        log.info("child started", child=self._command.name, pid=self._process.pid)
        watch = asyncio.create_task(self._watch(self._process))
        try:
            code = await self._process.wait()
            log.warning("child ended", child=self._command.name, code=code)
        finally:
            was_ready = self.ready.is_set()
            self.ready.clear()
            watch.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await watch
        return was_ready

    async def _start(self) -> asyncio.subprocess.Process:
        command = self._command
        command.log_file.parent.mkdir(parents=True, exist_ok=True)
        with command.log_file.open("ab") as output:
            return await asyncio.create_subprocess_exec(
                *command.arguments,
                cwd=command.folder,
                env=dict(command.environment),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                # A group of its own: Ctrl-C reaches us alone, and we end the child.
                start_new_session=True,
            )

    async def _watch(self, process: asyncio.subprocess.Process) -> None:
        """Say when it is ready; kill it when it is alive and does not answer any more."""
        loop = asyncio.get_running_loop()
        started, missed = loop.time(), 0
        while True:
            if await self._answers():
                missed = 0
                self._say_ready()
            else:
                missed += 1
            too_late = loop.time() - started > START_WITHIN_S
            if missed >= PROBES_MISSED and (self.ready.is_set() or too_late):
                log.error("child does not answer and is killed", child=self._command.name)
                _signal(process, signal.SIGKILL)
                return
            await asyncio.sleep(PROBE_EVERY_S if self.ready.is_set() else 0.25)

    async def _answers(self) -> bool:
        try:
            await self._probe()
        except Exception:
            return False
        return True

    def _say_ready(self) -> None:
        if not self.ready.is_set():
            log.info("child is ready", child=self._command.name)
            self.ready.set()

    async def _end(self) -> None:
        process = self._process
        if process is None or process.returncode is not None:
            return
        _signal(process, signal.SIGTERM)
        try:
            await asyncio.wait_for(process.wait(), PATIENCE_S)
        except TimeoutError:
            _signal(process, signal.SIGKILL)
            await process.wait()


def _signal(process: asyncio.subprocess.Process, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        process.send_signal(number)
