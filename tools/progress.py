"""Numbered steps on a terminal or in a log, with proof that a long one still lives."""

import shutil
import time
from collections.abc import Callable
from typing import TextIO

SILENCE_SECONDS = 15.0


def elapsed(seconds: float) -> str:
    """`7 s` below a minute, `2:05` above."""
    if seconds < 60:
        return f"{seconds:.0f} s"
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


def live_line(label: str, seconds: float, detail: str, width: int) -> str:
    """One line that fits the width: what is being done, how long so far, what it last said."""
    start = f"{label} … {elapsed(seconds)}"
    return f"{start}  {detail.strip()}"[: max(width - 1, len(start))].rstrip()


class Progress:
    """Writes one line for each step: rewritten in place on a terminal, repeated in a log."""

    def __init__(
        self, stream: TextIO, total: int, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._stream = stream
        self._total = total
        self._clock = clock
        self._number = 0
        self._label = ""
        self._since = self._spoke = 0.0

    def begin(self, title: str) -> None:
        self._number += 1
        self._label = f"[{self._number}/{self._total}] {title}"
        self._since = self._spoke = self._clock()
        self._write(f"{self._label} …", ends=False)

    def tick(self, detail: str) -> None:
        now = self._clock()
        if self._stream.isatty():
            width = shutil.get_terminal_size().columns
            self._write(live_line(self._label, now - self._since, detail, width), ends=False)
        elif now - self._spoke >= SILENCE_SECONDS:
            self._spoke = now
            self._write(f"    still at it after {elapsed(now - self._since)}: {detail.strip()}")

    def end(self, verdict: str = "done") -> None:
        took = elapsed(self._clock() - self._since)
        self._write(f"{self._label}: {verdict} in {took}")

    def _write(self, text: str, *, ends: bool = True) -> None:
        if self._stream.isatty():
            self._stream.write(f"\r\x1b[2K{text}" + ("\n" if ends else ""))
        else:
            self._stream.write(f"{text}\n")
        self._stream.flush()
