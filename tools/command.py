"""One command run as a child that never outlives us."""

import os
import signal
import subprocess
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

TICK_SECONDS = 0.2
GRACE_SECONDS = 5.0
KEPT_LINES = 1000


@dataclass(frozen=True, kw_only=True)
class Command:
    argv: tuple[str, ...]
    cwd: Path
    env: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """How a command ended, with the last lines it wrote."""

    status: int
    output: str


def run(command: Command, tick: Callable[[str], None]) -> Outcome:
    """Run to the end, calling `tick` several times a second with the last line written.

    Whatever interrupts the wait, Ctrl-C among it, the command and all its children are ended
    before this returns.
    """
    lines: deque[str] = deque(maxlen=KEPT_LINES)
    child = _start(command)
    with _reading(child, lines):
        status = _wait(child, lines, tick)
    return Outcome(status=status, output="\n".join(lines))


def _start(command: Command) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command.argv,
        cwd=command.cwd,
        env={**os.environ, "NO_COLOR": "1", **command.env},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        # A group of its own, so that the whole tree can be ended with one signal.
        start_new_session=True,
    )


@contextmanager
def _reading(child: subprocess.Popen[str], lines: deque[str]) -> Iterator[None]:
    reader = threading.Thread(target=_collect, args=(child, lines), daemon=True)
    reader.start()
    try:
        yield
    finally:
        _end(child)
        # Nobody is left to write; a stranger who took the pipe along is not waited for.
        reader.join(timeout=1)


def _collect(child: subprocess.Popen[str], lines: deque[str]) -> None:
    assert child.stdout is not None
    with child.stdout:
        for line in child.stdout:
            if line.strip():
                lines.append(line.rstrip())


def _wait(child: subprocess.Popen[str], lines: deque[str], tick: Callable[[str], None]) -> int:
    while True:
        try:
            return child.wait(timeout=TICK_SECONDS)
        except subprocess.TimeoutExpired:
            tick(lines[-1] if lines else "")


def _end(child: subprocess.Popen[str]) -> None:
    """End the child's group, first politely. Its grandchildren may have outlived the child."""
    try:
        if child.poll() is None:
            _signal_group(child, signal.SIGTERM)
            with suppress(subprocess.TimeoutExpired):
                child.wait(timeout=GRACE_SECONDS)
    finally:
        # Also after a second Ctrl-C.
        _signal_group(child, signal.SIGKILL)
        child.wait()


def _signal_group(child: subprocess.Popen[str], number: signal.Signals) -> None:
    try:
        os.killpg(child.pid, number)
    except (ProcessLookupError, PermissionError):
        # The group is empty; macOS says EPERM for one of zombies.
        return
