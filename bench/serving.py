"""A Rasa server of one model, asked over HTTP the way the gateway asks it."""

from __future__ import annotations

import json
import os
import re
import secrets
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).parents[1] / "bot" / "rasa"
PYTHON = PROJECT / ".venv" / "bin" / "python"
READY_WITHIN_S = 600.0


@dataclass(frozen=True, kw_only=True)
class Served:
    """A server that is ready."""

    port: int
    token: str
    pid: int
    ready_s: float

    def turn_ms(self, text: str) -> float:
        """How long the first turn of a new conversation takes."""
        body = {"conversation": "bench", "turn": text[:50], "channel": "chat", "text": text}
        started = time.perf_counter()
        _ask(self.port, self.token, "turn", json.dumps(body).encode())
        return 1000 * (time.perf_counter() - started)

    def memory_mb(self) -> float:
        """What the server holds in memory."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        match = re.search(r"VmRSS:\s+(\d+) kB", status)
        return int(match[1]) / 1024 if match else float("nan")


@contextmanager
def serve(model: Path) -> Iterator[Served]:
    """Serves the model while the block lasts; there is no action server."""
    port, token = _free_port(), secrets.token_hex(8)
    command = [str(PYTHON), "-m", "peyk_rasa.serve", "--port", str(port), "--model", str(model)]
    nobody = f"http://127.0.0.1:{_free_port()}"
    environment = {**os.environ, "PEYK_RASA_TOKEN": token, "PEYK_ACTIONS_URL": nobody}
    started = time.monotonic()
    with subprocess.Popen(
        command, cwd=PROJECT, env=environment, stderr=subprocess.DEVNULL
    ) as process:
        try:
            _wait_for(port, token)
            ready_s = time.monotonic() - started
            yield Served(port=port, token=token, pid=process.pid, ready_s=ready_s)
        finally:
            process.terminate()


def _wait_for(port: int, token: str) -> None:
    deadline = time.monotonic() + READY_WITHIN_S
    while time.monotonic() < deadline:
        try:
            _ask(port, token, "health", None)
        except OSError:
            time.sleep(0.1)
        else:
            return
    sys.exit("Rasa did not become ready.")


def _ask(port: int, token: str, path: str, body: bytes | None) -> None:
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/webhooks/peyk/{path}",
        data=body,
        headers={"Authorization": f"Bearer {token}"},
    )
    with urllib.request.urlopen(request, timeout=120) as answer:
        answer.read()


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port
