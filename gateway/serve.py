"""The gateway as a process: it listens, says where, and serves until it is told to stop."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
from importlib.metadata import version

from aiohttp import web
from rich.console import Console
from rich.panel import Panel

from gateway.app import BOT, FIRST_PASSWORD, build, local_host, wait_until_ready
from gateway.errors import PeykError
from gateway.settings import Settings

SHUTDOWN_S = 10.0
"""How long requests that are under way may take to end."""

BOT_WITHIN_S = 60.0

screen = Console(stderr=True)


async def serve(settings: Settings) -> None:
    """Listen first, so that a taken port is known before anything is started."""
    stop = _stop_event()
    listener = _listen(settings)
    port: int = listener.getsockname()[1]
    settings = settings.model_copy(update={"port": port})
    screen.print(f"Starting Peyk {version('peyk')} …")
    gateway = build(settings)
    runner = web.AppRunner(gateway, access_log=None, shutdown_timeout=SHUTDOWN_S)
    try:
        await runner.setup()
        await web.SockSite(runner, listener, backlog=1024).start()
        await _say_when_ready(settings, gateway, stop)
        await stop.wait()
        screen.print("Ending: what is held is finished first …")
    finally:
        await runner.cleanup()
        listener.close()


async def _say_when_ready(
    settings: Settings, gateway: web.Application, stop: asyncio.Event
) -> None:
    """The addresses, once the bot answers as well; without it after a minute."""
    with screen.status("Waiting for the bot (customers are served already) …"):
        ready = asyncio.create_task(wait_until_ready(gateway[BOT], BOT_WITHIN_S))
        stopped = asyncio.create_task(stop.wait())
        await asyncio.wait((ready, stopped), return_when=asyncio.FIRST_COMPLETED)
        for task in (ready, stopped):
            task.cancel()
    if stop.is_set():
        return
    if ready.cancelled() or not ready.result():
        screen.print("The bot is not ready: customers go to people meanwhile.", style="yellow")
    _welcome(settings, gateway[FIRST_PASSWORD].get("password"))


def _stop_event() -> asyncio.Event:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):
            loop.add_signal_handler(number, stop.set)
    return stop


def _listen(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listener = socket.socket(family)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
    except OSError as error:
        listener.close()
        raise PeykError(
            f"PEYK_HOST and PEYK_PORT: cannot listen on {settings.host}:{settings.port}: "
            f"{error.strerror}"
        ) from error
    return listener


def _welcome(settings: Settings, password: str | None) -> None:
    at = settings.public_url or f"http://{local_host(settings.host)}:{settings.port}"
    lines = [f"Demo site  {at}/"] if settings.demo else []
    lines.append(f"Console    {at}/console")
    if password:
        lines.append(f"Sign in    {settings.admin_email}  password {password}")
        lines.append("           (shown this once; change it in the console)")
    lines.append("Ctrl-C ends it.")
    screen.print(
        Panel(
            "\n".join(lines),
            title="Peyk",
            expand=False,
        )
    )
