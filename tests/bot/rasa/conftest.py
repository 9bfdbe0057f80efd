"""The real Rasa: a model trained of the demo data, its action server, a shop that can fail."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

PROJECT = Path(__file__).parents[3] / "bot" / "rasa"
PYTHON = PROJECT / ".venv" / "bin" / "python"
TOKEN = "the-token-of-the-tests"
STARTS_WITHIN_S = 120.0

ORDERS = {
    "PK-1001": ("shipped", "Post", "2026-01-05", [{"name": "Rug", "quantity": 1}]),
    "PK-1002": ("processing", None, "2026-01-09", [{"name": "Lamp", "quantity": 2}]),
    "PK-1003": ("delivered", "Tipax", "2026-01-01", [{"name": "Bowl", "quantity": 1}]),
    "PK-1004": ("cancelled", None, None, [{"name": "Vase", "quantity": 1}]),
}


@dataclass(kw_only=True)
class Answer:
    """An HTTP answer of Rasa's."""

    status: int
    body: dict[str, Any]

    @property
    def text(self) -> str:
        return " ".join(message["text"] or "" for message in self.body["messages"])

    @property
    def intent(self) -> str | None:
        intent = self.body["understood"]["intent"]
        return None if intent is None else str(intent["name"])


@dataclass(kw_only=True)
class Rasa:
    """A running Rasa server, asked the way the gateway asks it."""

    port: int
    process: subprocess.Popen[bytes]

    def ask(self, path: str, body: bytes | None = None, *, token: str | None = TOKEN) -> Answer:
        headers = {} if token is None else {"Authorization": f"Bearer {token}"}
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}", data=body, headers=headers
        )
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return Answer(status=answer.status, body=json.load(answer))
        except urllib.error.HTTPError as refused:
            with refused:
                return Answer(status=refused.code, body=json.load(refused))

    def turn(self, **fields: Any) -> Answer:
        body = {"conversation": "c1", "turn": "t1", "channel": "chat", **fields}
        return self.ask("/webhooks/peyk/turn", json.dumps(body).encode())

    def say(self, text: str, **fields: Any) -> Answer:
        answer = self.turn(text=text, **fields)
        assert answer.status == 200, answer.body
        return answer

    def choose(self, value: str, **fields: Any) -> Answer:
        return self.turn(choice=value, **fields)


@dataclass(kw_only=True)
class Customer:
    """One conversation, whose dialogue is kept between the turns as the gateway keeps it."""

    rasa: Rasa
    name: str
    fields: dict[str, Any] = field(default_factory=dict)
    dialogue: list[dict[str, Any]] = field(default_factory=list)
    turns: int = 0

    def say(self, text: str, **fields: Any) -> Answer:
        return self._turn(text=text, **fields)

    def choose(self, value: str, **fields: Any) -> Answer:
        return self._turn(choice=value, **fields)

    def _turn(self, **fields: Any) -> Answer:
        self.turns += 1
        answer = self.rasa.turn(
            conversation=self.name,
            turn=f"{self.name}-{self.turns}",
            events=self.dialogue,
            **{**self.fields, **fields},
        )
        assert answer.status == 200, answer.body
        self.dialogue = answer.body["dialogue"]
        return answer


@pytest.fixture
def customer(rasa: Rasa) -> Callable[..., Customer]:
    """Makes customers who talk to the Rasa of the tests."""

    def make(name: str = "c1", **fields: Any) -> Customer:
        return Customer(rasa=rasa, name=name, fields=fields)

    return make


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model of the demo data, trained by the code under test."""
    models = tmp_path_factory.mktemp("models")
    trained = run_training("--models", str(models))
    assert trained.returncode == 0, trained.stderr
    return Path(trained.stdout.strip())


def run_training(*arguments: str) -> subprocess.CompletedProcess[str]:
    assert PYTHON.exists(), "Rasa's environment is missing: run `make setup`."
    command = [str(PYTHON), "-m", "peyk_rasa.train", *arguments]
    return subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)


@pytest.fixture(scope="session")
def train() -> Callable[..., subprocess.CompletedProcess[str]]:
    return run_training


@pytest.fixture(scope="session")
def shop_url() -> Iterator[str]:
    """A shop's order API."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Shop)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


class _Shop(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        number = self.path.removeprefix("/orders/")
        status, body = (200, _order(number)) if number in ORDERS else (404, {"error": "none"})
        payload = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(payload)))
        self.end_headers()
        self.wfile.write(payload)

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing."""


def _order(number: str) -> dict[str, Any]:
    status, carrier, eta, items = ORDERS[number]
    return {"number": number, "status": status, "carrier": carrier, "eta": eta, "items": items}


@pytest.fixture(scope="session")
def actions_url(shop_url: str) -> Iterator[str]:
    """The action server, with the shop in reach."""
    with running_actions(shop_url) as url:
        yield url


@contextmanager
def running_actions(shop_url: str) -> Iterator[str]:
    port = free_port()
    environment = {"PEYK_SHOP_URL": shop_url}
    with running("peyk_rasa.run_actions", "--port", str(port), environment=environment):
        _wait_for(port, "/health")
        yield f"http://127.0.0.1:{port}"


@pytest.fixture(scope="session")
def rasa(model: Path, actions_url: str) -> Iterator[Rasa]:
    """The Rasa server that most tests ask."""
    with running_rasa(model, actions_url) as rasa:
        yield rasa


@pytest.fixture
def start_rasa(model: Path) -> Iterator[Callable[[str], Rasa]]:
    """Starts further Rasa servers of the same model, each with an action server's address."""
    with ExitStack() as stack:
        yield lambda actions_url: stack.enter_context(running_rasa(model, actions_url))


@pytest.fixture(scope="session")
def start_rasa_of(dead_url: str) -> Iterator[Callable[[Path], Rasa]]:
    """Starts Rasa servers of other models, which stay for the session."""
    with ExitStack() as stack:
        yield lambda model: stack.enter_context(running_rasa(model, dead_url))


@pytest.fixture
def start_actions() -> Iterator[Callable[[str], str]]:
    """Starts further action servers, each with a shop's address; gives their address."""
    with ExitStack() as stack:
        yield lambda shop_url: stack.enter_context(running_actions(shop_url))


@contextmanager
def running_rasa(model: Path, actions_url: str) -> Iterator[Rasa]:
    port = free_port()
    environment = {"PEYK_ACTIONS_URL": actions_url}
    arguments = ("--port", str(port), "--model", str(model))
    with running("peyk_rasa.serve", *arguments, environment=environment) as process:
        _wait_for(port, "/webhooks/peyk/health")
        yield Rasa(port=port, process=process)


@contextmanager
def running(
    module: str, *arguments: str, environment: dict[str, str]
) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        [str(PYTHON), "-m", module, *arguments],
        cwd=PROJECT,
        env={**os.environ, "PEYK_RASA_TOKEN": TOKEN, **environment},
    )
    with process:
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()


@pytest.fixture(scope="session")
def dead_url() -> str:
    """An address where nobody listens."""
    return f"http://127.0.0.1:{free_port()}"


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def _wait_for(port: int, path: str) -> None:
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}{path}", headers={"Authorization": f"Bearer {TOKEN}"}
    )
    deadline = time.monotonic() + STARTS_WITHIN_S
    while True:
        try:
            with urllib.request.urlopen(request, timeout=5):
                return
        except OSError as exc:
            if isinstance(exc, urllib.error.HTTPError):
                exc.close()
            assert time.monotonic() < deadline, f"nothing answers on port {port}"
            time.sleep(0.1)
