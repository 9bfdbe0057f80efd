"""Where the bot is: a Rasa server of yours, or one that runs as our child."""

from __future__ import annotations

import asyncio
import contextlib
import os
import secrets
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp

from bot.child import Child, Command
from bot.rasa_client import RasaClient
from gateway.errors import BotFailed, PeykError
from gateway.settings import Settings

LOOPBACK = "127.0.0.1"


class BotNotSetUp(PeykError):
    """The Rasa project has no environment or no model; the message says what to do."""


@asynccontextmanager
async def serving(settings: Settings, shop_url: str) -> AsyncIterator[RasaClient]:
    """A client for the configured server, or for a child that is kept alive meanwhile.

    `shop_url` is the order API that the demo's action asks. Raises BotNotSetUp.
    """
    async with aiohttp.ClientSession() as session:
        if settings.rasa_url:
            token = settings.rasa_token.get_secret_value() if settings.rasa_token else ""
            yield RasaClient(session, settings.rasa_url, token, settings.bot_deadline_s)
        else:
            async with _child_servers(settings, session, shop_url) as client:
                yield client


@asynccontextmanager
async def _child_servers(
    settings: Settings, session: aiohttp.ClientSession, shop_url: str
) -> AsyncIterator[RasaClient]:
    """Rasa and its action server on free ports of the loopback, with a fresh token."""
    rasa, actions = _free_port(), _free_port()
    token = secrets.token_urlsafe(32)
    environment = {
        **os.environ,
        "PEYK_PARENT": str(os.getpid()),
        "PEYK_RASA_TOKEN": token,
        "PEYK_ACTIONS_URL": f"http://{LOOPBACK}:{actions}/webhook",
        "PEYK_SHOP_URL": shop_url,
        "RASA_TELEMETRY_ENABLED": "false",
    }
    client = RasaClient(session, f"http://{LOOPBACK}:{rasa}", token, settings.bot_deadline_s)
    model = str(newest_model(settings.rasa_dir))
    children = [
        Child(
            _command(settings, environment, "actions", "run_actions", "--port", str(actions)),
            lambda: _probe(session, f"http://{LOOPBACK}:{actions}/health"),
        ),
        Child(
            _command(settings, environment, "rasa", "serve", "--port", str(rasa), "--model", model),
            client.ready,
        ),
    ]
    tasks = [asyncio.create_task(each.run(), name="child") for each in children]
    try:
        yield client
    finally:
        for task in tasks:
            task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.gather(*tasks)
        await asyncio.gather(*tasks, return_exceptions=True)


def newest_model(rasa_dir: Path) -> Path:
    """The model that was trained last. Raises BotNotSetUp."""
    models = sorted((rasa_dir / "models").glob("*.tar.gz"), key=lambda each: each.stat().st_mtime)
    if not models:
        raise BotNotSetUp(f"There is no model in {rasa_dir / 'models'}: run `make setup`.")
    return models[-1].resolve()


def _command(
    settings: Settings, environment: dict[str, str], name: str, module: str, *arguments: str
) -> Command:
    python = settings.rasa_dir.resolve() / ".venv" / "bin" / "python"
    if not python.exists():
        raise BotNotSetUp(f"There is no {python}: run `make setup`.")
    return Command(
        name=name,
        arguments=[str(python), "-m", f"peyk_rasa.{module}", *arguments],
        folder=settings.rasa_dir.resolve(),
        environment=environment,
        log_file=settings.data_dir.resolve() / "logs" / f"{name}.log",
    )


async def _probe(session: aiohttp.ClientSession, url: str) -> None:
    async with session.get(url, timeout=aiohttp.ClientTimeout(total=2)) as response:
        if response.status != 200:
            raise BotFailed("down")


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind((LOOPBACK, 0))
        port: int = listener.getsockname()[1]
        return port
