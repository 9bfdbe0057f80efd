"""Rasa servers over our model: with our channel, and as anybody runs it."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bench.gateway import BotServer
from bench.processes import LOOPBACK, ROOT, free_port, running, until_listening, until_ok
from bot.server import newest_model

DIRECTORY = ROOT / "bot" / "rasa"
PYTHON = DIRECTORY / ".venv" / "bin" / "python"

IN_MEMORY = "{}"
IN_SQLITE = "tracker_store: {type: SQL, dialect: sqlite, db: tracker.db}"


@asynccontextmanager
async def our_rasa(folder: Path) -> AsyncIterator[BotServer]:
    """As the gateway starts it, without the actions, which no question here needs."""
    port, token, log = free_port(), secrets.token_urlsafe(16), folder / "rasa.log"
    environment = {"PEYK_RASA_TOKEN": token, "PEYK_ACTIONS_URL": f"http://{LOOPBACK}:9/webhook"}
    arguments = [
        *(str(PYTHON), "-m", "peyk_rasa.serve", "--port", str(port)),
        *("--model", str(newest_model(DIRECTORY))),
    ]
    async with running(arguments, log, environment=environment, folder=DIRECTORY):
        await until_listening(port, log)
        yield BotServer(url=f"http://{LOOPBACK}:{port}", token=token)


@asynccontextmanager
async def stock_rasa(folder: Path, endpoints: str) -> AsyncIterator[str]:
    """`rasa run` with its REST channel; the address to post messages to."""
    port, log = free_port(), folder / "rasa.log"
    (folder / "credentials.yml").write_text("rest:\n")
    (folder / "endpoints.yml").write_text(endpoints)
    arguments = [
        *(str(PYTHON), "-m", "rasa", "run", "--interface", LOOPBACK, "--port", str(port)),
        *("--model", str(newest_model(DIRECTORY))),
        *("--credentials", "credentials.yml", "--endpoints", "endpoints.yml"),
    ]
    environment = {
        "PYTHONPATH": str(DIRECTORY),
        "RASA_TELEMETRY_ENABLED": "false",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "TF_CPP_MIN_LOG_LEVEL": "2",
        "LOG_LEVEL": "WARNING",
    }
    async with running(arguments, log, environment=environment, folder=folder):
        await until_ok(f"http://{LOOPBACK}:{port}/", log)
        yield f"http://{LOOPBACK}:{port}/webhooks/rest/webhook"
