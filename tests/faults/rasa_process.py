"""A real Rasa server with its action server, apart from the gateway, to be broken."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.server import newest_model
from gateway.ids import new_id
from tests.faults.processes import ROOT, Process, answers, free_port, until

PROJECT = ROOT / "bot" / "rasa"
TOKEN = "the-token-of-the-fault-tests"
STARTS_WITHIN_S = 120.0


class RasaProcess(Process):
    """Serves the model that the set-up trained, always on the same port."""

    def __init__(self, folder: Path, marker: str, actions_url: str) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        super().__init__(
            _command("serve", "--port", str(self.port), "--model", str(newest_model(PROJECT))),
            folder=PROJECT,
            environment={"PEYK_RASA_TOKEN": TOKEN, "PEYK_ACTIONS_URL": actions_url},
            marker=marker,
            log_file=folder / "rasa.log",
        )

    async def serve(self) -> float:
        """Start, and wait until it answers; the seconds that it took."""
        self.start()
        return await until(self.answers, STARTS_WITHIN_S, "Rasa is ready")

    def answers(self) -> bool:
        return answers(f"{self.url}/webhooks/peyk/health", TOKEN)


@contextmanager
def rasa_process(folder: Path, shop_url: str = "http://127.0.0.1:9") -> Iterator[RasaProcess]:
    """A Rasa that answers. `shop_url` is where its actions look orders up."""
    marker, port = new_id(), free_port()
    actions = Process(
        _command("run_actions", "--port", str(port)),
        folder=PROJECT,
        environment={"PEYK_RASA_TOKEN": TOKEN, "PEYK_SHOP_URL": shop_url},
        marker=marker,
        log_file=folder / "actions.log",
    )
    rasa = RasaProcess(folder, marker, f"http://127.0.0.1:{port}/webhook")
    try:
        actions.start()
        rasa.start()
        _wait_for(rasa)
        yield rasa
    finally:
        rasa.clear_away()
        actions.clear_away()


def _wait_for(rasa: RasaProcess) -> None:
    started = time.monotonic()
    while not rasa.answers():
        assert rasa.lives, rasa.said[-2000:]
        assert time.monotonic() - started < STARTS_WITHIN_S, rasa.said[-2000:]
        time.sleep(0.1)


def _command(module: str, *arguments: str) -> list[str]:
    python = PROJECT / ".venv" / "bin" / "python"
    assert python.exists(), "Rasa's environment is missing: run `make setup`."
    return [str(python), "-m", f"peyk_rasa.{module}", *arguments]
