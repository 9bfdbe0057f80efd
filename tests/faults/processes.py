"""Real processes to break, and how to see whether any of them stayed behind."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]
GONE_WITHIN_S = 15.0


class Process:
    """A program in a session of its own, which can be killed and started again.

    `marker` stands in the environment of the program and of all that it starts: by it they
    are found, even those that have lost their parent.
    """

    def __init__(
        self,
        arguments: Sequence[str],
        *,
        folder: Path,
        environment: Mapping[str, str],
        marker: str,
        log_file: Path,
    ) -> None:
        self._arguments = arguments
        self._folder = folder
        self._environment = {**without_settings(os.environ), **environment, "PEYK_MARKER": marker}
        self._log_file = log_file
        self._process: subprocess.Popen[bytes] | None = None
        self.marker = marker

    @property
    def pid(self) -> int:
        assert self._process is not None, "it was never started"
        return self._process.pid

    @property
    def lives(self) -> bool:
        return self._process is not None and self._process.poll() is None

    @property
    def said(self) -> str:
        """All that it wrote, of all its lives."""
        return self._log_file.read_text(errors="replace") if self._log_file.exists() else ""

    def start(self) -> None:
        self._log_file.parent.mkdir(parents=True, exist_ok=True)
        with self._log_file.open("ab") as output:
            self._process = subprocess.Popen(
                self._arguments,
                cwd=self._folder,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    def kill(self) -> None:
        """As the out-of-memory killer does it."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()

    def signal(self, number: signal.Signals) -> None:
        assert self._process is not None
        self._process.send_signal(number)

    def interrupt(self) -> None:
        """Ctrl-C: the terminal tells every process of the group."""
        os.killpg(self.pid, signal.SIGINT)

    async def ended(self, within_s: float = 30.0) -> int:
        """Its exit code, once it has ended."""
        assert self._process is not None
        await until(lambda: not self.lives, within_s, "the process has ended")
        return int(self._process.returncode)

    def clear_away(self) -> None:
        """Whatever happened in the test: nothing of it goes on."""
        if self.lives:
            self.kill()
        for pid in living(self.marker):
            os.kill(pid, signal.SIGKILL)


def without_settings(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment without settings of whoever runs the tests."""
    return {name: value for name, value in environment.items() if not name.startswith("PEYK_")}


def living(marker: str, words: str = "") -> list[int]:
    """The processes that carry the marker, with these words in their command line."""
    wanted = f"PEYK_MARKER={marker}".encode()
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            carries = wanted in (folder / "environ").read_bytes().split(b"\0")
            command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue
        if carries and words in command and not _is_dead(folder):
            found.append(int(folder.name))
    return found


async def until(holds: Callable[[], bool], within_s: float, what: str) -> float:
    """Wait for it; the seconds that it took."""
    started = time.monotonic()
    while not holds():
        assert time.monotonic() - started < within_s, f"not within {within_s:g} s: {what}"
        await asyncio.sleep(0.05)
    return time.monotonic() - started


async def nothing_left(marker: str) -> float:
    """Wait until no process carries the marker; the seconds that it took."""
    return await until(lambda: not living(marker), GONE_WITHIN_S, "all processes have ended")


def answers(url: str, token: str = "") -> bool:
    """Whether a GET is answered with a success."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=5):
            return True
    except urllib.error.HTTPError as refused:
        refused.close()
        return False
    except OSError:
        return False


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def program(name: str) -> str:
    """A command of the environment in which the tests run."""
    return str(Path(sys.executable).with_name(name))


def _is_dead(folder: Path) -> bool:
    return (folder / "stat").read_text().rpartition(")")[2].split()[0] in "ZX"
