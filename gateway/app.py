"""The one place that knows everyone: the parts, in the order in which they are made.

Each resource is one cleanup context: what stands above `yield` starts it, what stands below
ends it, in the opposite order. Nothing else in the program makes these parts.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from importlib.metadata import version
from typing import Any

from aiohttp import web

from bot.bot import Bot
from bot.fallback import Thresholds
from bot.server import serving
from bot.worker import TurnWorker
from channels import TABLE
from gateway.clock import utc_now
from gateway.errors import BotFailed, StoreUnavailable
from gateway.files import FolderFiles
from gateway.first_start import open_store, prepare
from gateway.hub import LocalHub
from gateway.inbox import Inbox
from gateway.indexer import Indexer
from gateway.metrics import Metrics
from gateway.model.inbox import Inbox as InboxRow
from gateway.outbox import Outbox
from gateway.parts import Parts
from gateway.settings import Settings
from gateway.store import inboxes
from gateway.web import demo, keys
from gateway.web.gauges import Gauges
from gateway.web.headers import guard, preflight
from gateway.web.health import Part, mount_health
from gateway.web.metering import metering
from gateway.web.openapi import document_route
from gateway.web.problem import problems
from gateway.web.route import mount
from gateway.web.site import Site
from gateway.web.static import mount_static
from handoff.agents import AGENTS, Agents
from handoff.alarm import Alarm
from handoff.attendance import ATTENDANCE, Attendance
from handoff.desk import DESK, Desk
from handoff.feed import FEED, Feed
from handoff.passwords import Passwords
from handoff.routes import routes as agent_routes
from handoff.routes.inboxes import CHANNELS
from handoff.signin import SIGN_IN, SignIn

BOT: web.AppKey[Bot] = web.AppKey("bot")
INBOX = web.AppKey("inbox", Inbox)
OUTBOX = web.AppKey("outbox", Outbox)
WORKER = web.AppKey("worker", TurnWorker)
SETTINGS = web.AppKey("settings", Settings)
CHILD_STARTS_WITHIN_S = 20.0
"""So long turns wait for a bot that we have just started; then they go to people."""

FIRST_PASSWORD: web.AppKey[dict[str, str]] = web.AppKey("first_password")
"""Holds the first admin's password under `password`, if one was made up at this start."""


def build(settings: Settings) -> web.Application:
    """The whole gateway, ready to be run; nothing is opened before it is."""
    app = web.Application(middlewares=[metering, problems, preflight])
    app[SETTINGS] = settings
    app[CHANNELS] = {kind: entry.check for kind, entry in TABLE.items()}
    app[FIRST_PASSWORD] = {}
    app[keys.CLOCK] = utc_now
    app[keys.METRICS] = Metrics()
    app[keys.HUB] = LocalHub()
    app[keys.FILES] = FolderFiles(settings.data_dir / "files")
    app[keys.MAX_ATTACHMENT] = settings.max_attachment_bytes
    app[keys.SITE] = Site(public_url=settings.public_url or None, trust_proxy=settings.trust_proxy)
    app.cleanup_ctx.extend([_store, _search, _channels, _desk, _bot, _turns, _health])
    app.on_shutdown.append(_say_goodbye)
    _mount(app, settings)
    return app


def _mount(app: web.Application, settings: Settings) -> None:
    guard(app)
    mount_health(app)
    chats = {entry.prefix: entry.routes for entry in TABLE.values()}
    document = document_route(agent_routes, version=version("peyk"), others=chats)
    mount(app, "/api/v1", (*agent_routes, document))
    for entry in TABLE.values():
        mount(app, entry.prefix, entry.routes)
    if settings.demo:
        mount(app, "/demo/api", demo.routes)
    mount_static(app, settings.web_dir, demo=settings.demo)


async def _store(app: web.Application) -> AsyncIterator[None]:
    settings = app[SETTINGS]
    async with open_store(settings, app[keys.HUB]) as store:
        await prepare(store, app[keys.CLOCK], demo=settings.demo)
        app[keys.STORE] = store
        yield


async def _search(app: web.Application) -> AsyncIterator[None]:
    """The index that follows the events, in the background."""
    async with _running(Indexer(app[keys.STORE], app[keys.HUB]).run()):
        yield


async def _channels(app: web.Application) -> AsyncIterator[None]:
    """The way in, each channel, and the way out."""
    store, clock, metrics = app[keys.STORE], app[keys.CLOCK], app[keys.METRICS]
    parts = Parts(
        store=store,
        hub=app[keys.HUB],
        inbox=Inbox(store, ring=lambda: app[WORKER].ring()),
        files=app[keys.FILES],
        clock=clock,
        metrics=metrics,
        max_attachment_bytes=app[keys.MAX_ATTACHMENT],
    )
    made = {kind: entry.make(parts) for kind, entry in TABLE.items()}
    for kind, channel in made.items():
        app[TABLE[kind].key] = channel
    app[OUTBOX] = outbox = Outbox(store, made, clock, metrics)
    async with contextlib.AsyncExitStack() as stack:
        for channel in made.values():
            await stack.enter_async_context(asynccontextmanager(channel.running)(app))
        await stack.enter_async_context(_running(outbox.run()))
        yield


async def _desk(app: web.Application) -> AsyncIterator[None]:
    store, clock, hub = app[keys.STORE], app[keys.CLOCK], app[keys.HUB]
    passwords = Passwords()
    app[DESK] = Desk(store, app[OUTBOX], clock)
    app[SIGN_IN] = SignIn(store, passwords, clock)
    app[AGENTS] = agents = Agents(store, hub, passwords, clock)
    await _first_admin(app, agents)
    app[FEED] = feed = Feed(store, hub)
    app[ATTENDANCE] = attendance = Attendance(store, hub, clock)
    alarm = Alarm(store, clock)
    async with _running(alarm.run()), _running(feed.run()), _running(attendance.run()):
        yield


async def _first_admin(app: web.Application, agents: Agents) -> None:
    settings = app[SETTINGS]
    given = settings.admin_password.get_secret_value() if settings.admin_password else None
    made_up = await agents.make_first_admin(settings.admin_email, given)
    if made_up is not None:
        app[FIRST_PASSWORD]["password"] = made_up


async def _bot(app: web.Application) -> AsyncIterator[None]:
    settings = app[SETTINGS]
    async with serving(settings, shop_url(settings)) as bot:
        app[BOT] = bot
        yield


async def _turns(app: web.Application) -> AsyncIterator[None]:
    settings = app[SETTINGS]
    app[WORKER] = worker = TurnWorker(
        app[keys.STORE],
        app[BOT],
        app[OUTBOX],
        app[keys.METRICS],
        app[keys.CLOCK],
        limits=Thresholds(
            answer_at=settings.bot_answer_at,
            clarify_at=settings.bot_clarify_at,
            clarify_times=settings.bot_clarify_times,
        ),
        deadline_s=settings.bot_deadline_s,
        at_once=settings.bot_at_once,
    )

    async def work() -> None:
        if not settings.rasa_url:
            await wait_until_ready(app[BOT], CHILD_STARTS_WITHIN_S)
        await worker.run()

    async with _running(work()):
        yield


async def wait_until_ready(bot: Bot, seconds: float) -> bool:
    """Give a bot that has just been started this long, at most."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            while True:
                with contextlib.suppress(BotFailed):
                    await bot.ready()
                    return True
                await asyncio.sleep(0.25)
    return False


async def _health(app: web.Application) -> AsyncIterator[None]:
    async def store() -> str | None:
        await app[keys.STORE].ready()
        return None

    async def bot() -> str | None:
        try:
            await app[BOT].ready()
        except BotFailed as error:
            return str(error)
        return None

    async def hub() -> str | None:
        await app[keys.HUB].ready()
        return None

    async def parts() -> list[Part]:
        always = [
            Part(name="store", probe=store),
            Part(name="bot", probe=bot, required=False),
            Part(name="hub", probe=hub),
        ]
        with contextlib.suppress(StoreUnavailable):
            async with app[keys.STORE].read() as connection:
                known = await inboxes.list_inboxes(connection)
            always += [_inbox_part(app, each) for each in known if not each.disabled]
        return always

    app[keys.PARTS] = parts
    gauges = Gauges(app[keys.STORE], app[keys.METRICS], app[keys.CLOCK])
    await gauges.refresh()
    app[keys.REFRESHES] = [gauges.refresh]
    yield


def _inbox_part(app: web.Application, inbox: InboxRow) -> Part:
    """An inbox that does not work must not take the others out of service."""

    async def probe() -> str | None:
        entry = TABLE.get(inbox.channel)
        return app[entry.key].trouble(inbox) if entry else "no such channel"

    return Part(name=f"inbox {inbox.key}", probe=probe, required=False)


async def _say_goodbye(app: web.Application) -> None:
    """Open sockets are told first that they have to go elsewhere."""
    app[FEED].close()
    await asyncio.gather(*(app[entry.key].close(app) for entry in TABLE.values()))


def shop_url(settings: Settings) -> str:
    """Where the demo's action finds the demo shop's orders: at this gateway."""
    return f"http://{local_host(settings.host)}:{settings.port}/demo/api"


def local_host(host: str) -> str:
    """How this machine reaches what listens on `host`, as it stands in a URL."""
    reached = "127.0.0.1" if host in ("", "0.0.0.0", "::") else host
    return f"[{reached}]" if ":" in reached else reached


@asynccontextmanager
async def _running(work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """A task that goes on until the end, and then finishes what it holds."""
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
