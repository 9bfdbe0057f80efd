"""The console's WebSocket: numbered events without a gap, typing, presence.

The socket joins the feed before it reads where the store stands, so nothing falls between.
Three tasks live as long as the connection: one tells, one listens, one looks whether the
agent is still signed in. The first that ends, ends all.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable
from typing import Any

import structlog
from aiohttp import WSMsgType, web
from pydantic import ValidationError

from gateway.errors import NotFound, NotSignedIn, StoreUnavailable, TooMany
from gateway.ids import ConversationId, new_id
from gateway.store import events
from gateway.web import auth, keys
from handoff import frames
from handoff.attendance import ATTENDANCE
from handoff.feed import FEED, Watcher
from handoff.frames import Hello, Ping, Typing, Viewing
from handoff.typing import tell_typing
from handoff.viewing import Gaze

HELLO_WITHIN_S = 10.0
HEARTBEAT_S = 25.0
STILL_EVERY_S = 3.0
"""How soon a session that was revoked, or an agent who was disabled, is shown out."""
LARGEST = 16_384
FRAMES_BURST = 60
FRAMES_PER_S = 20

GOING_AWAY = 1001
TRY_AGAIN = 1013
BAD_HELLO = 4400
NOT_SIGNED_IN = 4401
TOO_MANY = 4429

log = structlog.get_logger(__name__)


class Goodbye(Exception):
    """Ends the connection with a code."""

    def __init__(self, code: int, why: str) -> None:
        super().__init__(why)
        self.code = code
        self.why = why


class Socket:
    """One connection of one console. `agent` is told to it as who it is."""

    def __init__(self, request: web.Request, caller: auth.Caller, agent: dict[str, Any]) -> None:
        self._request = request
        self._app = request.app
        self._caller = caller
        self._agent = agent
        self._budget = _Budget()
        self._gaze = Gaze(request.app, caller.agent, new_id())
        self._web = web.WebSocketResponse(
            heartbeat=HEARTBEAT_S, compress=False, max_msg_size=LARGEST, timeout=2.0
        )

    async def serve(self) -> web.WebSocketResponse:
        """Talk until either side ends it."""
        await self._web.prepare(self._request)
        gauge = self._app[keys.METRICS].open_sockets.labels("console")
        gauge.inc()
        try:
            await self._talk()
        except Goodbye as end:
            await self._web.close(code=end.code, message=end.why.encode())
        except TooMany as error:
            await self._web.close(code=TOO_MANY, message=str(error).encode())
        except StoreUnavailable:
            await self._web.close(code=TRY_AGAIN, message=b"try again in a moment")
        except ConnectionError:
            pass
        finally:
            self._gaze.leave()
            gauge.dec()
        return self._web

    async def _talk(self) -> None:
        hello = await self._hello()
        agent = self._caller.agent.id
        with self._app[FEED].join(agent) as watcher:
            async with self._app[ATTENDANCE].of(agent):
                told = await self._welcome(hello)
                await _first_to_end(self._tell(watcher, told), self._listen(watcher), self._look())

    async def _hello(self) -> Hello:
        try:
            async with asyncio.timeout(HELLO_WITHIN_S):
                frame = frames.read_frame(await self._web.receive_str())
        except (TimeoutError, TypeError, ValidationError) as exc:
            raise Goodbye(BAD_HELLO, "say hello first") from exc
        if not isinstance(frame, Hello):
            raise Goodbye(BAD_HELLO, "say hello first")
        return frame

    async def _welcome(self, hello: Hello) -> int:
        """Say where the store stands; the answer is the event after which to go on."""
        async with self._app[keys.STORE].read() as connection:
            n = await events.last_number(connection)
            epoch = await events.epoch(connection)
        since = hello.since
        if since is not None and (since > n or hello.epoch not in (None, epoch)):
            await self._send(frames.RESET)
            since = None
        await self._send(frames.ready_frame(n, epoch, self._agent))
        return n if since is None else since

    async def _tell(self, watcher: Watcher, told: int) -> None:
        feed = self._app[FEED]
        while not feed.closing:
            watcher.bell.clear()
            due = await feed.after(told)
            for frame in due:
                await self._send(frame.body)
                told = frame.n
            while watcher.passing:
                await self._send(watcher.passing.popleft())
            if not due:
                await watcher.bell.wait()
        raise Goodbye(GOING_AWAY, "the gateway stops")

    async def _listen(self, watcher: Watcher) -> None:
        async for message in self._web:
            if not self._budget.allows():
                raise Goodbye(TOO_MANY, "too many frames")
            if message.type is WSMsgType.TEXT:
                await self._obey(message.data, watcher)
            else:
                await self._send(frames.error_frame("bad_frame", "send text"))

    async def _look(self) -> None:
        while True:
            await asyncio.sleep(STILL_EVERY_S)
            try:
                await auth.still(self._app, self._caller)
            except NotSignedIn as exc:
                raise Goodbye(NOT_SIGNED_IN, str(exc)) from exc
            except StoreUnavailable:
                continue

    async def _obey(self, text: str, watcher: Watcher) -> None:
        try:
            match frames.read_frame(text):
                case Ping():
                    await self._send(frames.pong_frame(await self._latest()))
                case Typing() as typing:
                    id = ConversationId(typing.conversation_id)
                    await tell_typing(self._app, self._caller.agent, id, typing.on)
                case Viewing() as viewing:
                    await self._turn_to(viewing, watcher)
                case Hello():
                    await self._send(frames.error_frame("bad_frame", "hello was said"))
        except ValidationError:
            await self._send(frames.error_frame("bad_frame", "not a frame of this protocol"))
        except NotFound as error:
            await self._send(frames.error_frame("not_found", str(error)))

    async def _turn_to(self, viewing: Viewing, watcher: Watcher) -> None:
        at = viewing.conversation_id
        watcher.looks_at = ConversationId(at) if at is not None else None
        await self._gaze.turn_to(watcher.looks_at)

    async def _latest(self) -> int | None:
        try:
            async with self._app[keys.STORE].read() as connection:
                return await events.last_number(connection)
        except StoreUnavailable:
            return None

    async def _send(self, frame: bytes) -> None:
        await self._web.send_frame(frame, WSMsgType.TEXT)


class _Budget:
    """Frames that a client may still send: a burst, and so many a second."""

    def __init__(self) -> None:
        self._left = float(FRAMES_BURST)
        self._at = asyncio.get_running_loop().time()

    def allows(self) -> bool:
        now = asyncio.get_running_loop().time()
        self._left = min(FRAMES_BURST, self._left + (now - self._at) * FRAMES_PER_S) - 1
        self._at = now
        return self._left >= 0


async def _first_to_end(*works: Awaitable[None]) -> None:
    """Run all until one ends, and raise what that one raised."""
    tasks = [asyncio.ensure_future(work) for work in works]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        for task in tasks:
            task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.gather(*tasks, return_exceptions=True)
