"""A customer's page over a real WebSocket: it resumes, resends, and writes all down.

It acts as the protocol asks of every client: what was not acknowledged is sent again in
its order under the same `client_id`, and a new connection begins after the last `seq`.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import aiohttp

Frame = dict[str, Any]
TROUBLE = (aiohttp.ClientError, OSError, TimeoutError)
PATIENCE_S = 30.0


@dataclass(kw_only=True)
class Said:
    """One thing that the customer said: under which ids, how often sent, and its ack."""

    frame: Frame
    ids: list[str] = field(default_factory=list)
    sent_at: list[datetime] = field(default_factory=list)
    ack: Frame | None = None


class Customer:
    """One visitor with one page. `new_ids` breaks the protocol: each resend has a new id.

    While `deaf`, nothing of what the gateway sends arrives any more, as when a network dies
    before the connection does; the next connection hears again.
    """

    def __init__(
        self, url: str, *, rng: random.Random | None = None, new_ids: bool = False
    ) -> None:
        self._url = url
        self._rng = rng or random.Random()
        self._new_ids = new_ids
        self._socket: aiohttp.ClientWebSocketResponse | None = None
        self._changed = asyncio.Event()
        self._token = ""
        self.deaf = False
        self.conversation_id: str | None = None
        self.epoch: str | None = None
        self.since = 0
        self.said: list[Said] = []
        self.frames: list[Frame] = []
        self.times: list[float] = []
        self.connections = 0
        self.closed_with: list[int | None] = []

    @property
    def unacknowledged(self) -> list[Said]:
        return [each for each in self.said if each.ack is None]

    @property
    def state(self) -> str | None:
        """How the conversation stands, as far as the customer was told."""
        told = [each for each in self.frames if each["type"] == "state"]
        return str(told[-1]["state"]) if told else None

    async def run(self) -> None:
        """Stay connected until cancelled, however often the gateway goes away."""
        async with aiohttp.ClientSession() as session:
            while True:
                with contextlib.suppress(*TROUBLE):
                    await self._connect(session)
                self._socket = None
                await asyncio.sleep(self._rng.uniform(0.05, 0.2))

    async def say(self, text: str) -> Said:
        return await self._send_new({"type": "message", "text": text})

    async def ask_for_person(self) -> Said:
        return await self._send_new({"type": "ask_for_person"})

    async def gets(
        self, kind: str, after: int = 0, within_s: float = PATIENCE_S, **fields: Any
    ) -> Frame:
        """The first frame of this kind with these values, counted from frame `after`."""
        async with asyncio.timeout(within_s):
            while True:
                for frame in self.frames[after:]:
                    if frame["type"] == kind and fields.items() <= frame.items():
                        return frame
                await self._news()

    async def hears_from(self, *kinds: str, after: int, within_s: float = PATIENCE_S) -> Frame:
        """The next message of the bot, an agent or the system, counted from frame `after`."""
        async with asyncio.timeout(within_s):
            while True:
                for frame in self.frames[after:]:
                    if frame["type"] == "message" and frame["author"]["kind"] in kinds:
                        return frame
                await self._news()

    async def is_acknowledged(self, said: Said, within_s: float = PATIENCE_S) -> Frame:
        async with asyncio.timeout(within_s):
            while said.ack is None:
                await self._news()
            return said.ack

    async def _news(self) -> None:
        self._changed.clear()
        await self._changed.wait()

    async def _connect(self, session: aiohttp.ClientSession) -> None:
        if not self._token:
            await self._open_session(session)
        async with session.ws_connect(f"{self._url}/chat/v1/socket", max_msg_size=0) as socket:
            self.deaf = False
            await socket.send_json(self._hello())
            await self._obey(socket)

    async def _obey(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        """Take frames until the connection ends. Cut off, it writes nothing more."""
        async for message in socket:
            if self.deaf:
                continue
            frame: Frame = json.loads(message.data)
            self.frames.append(frame)
            self.times.append(time.monotonic())
            if frame["type"] == "ready":
                await self._resume(socket, frame)
            elif frame["type"] in ("message", "ack"):
                self._note(frame)
            elif frame["type"] == "error":
                await self._once_more(socket, frame)
            self._changed.set()
        self.closed_with.append(socket.close_code)

    async def _open_session(self, session: aiohttp.ClientSession) -> None:
        async with session.post(f"{self._url}/chat/v1/sessions", json={"inbox": "demo"}) as answer:
            answer.raise_for_status()
            self._token = (await answer.json())["token"]

    def _hello(self) -> Frame:
        hello = {"type": "hello", "token": self._token, "since": self.since}
        if self.conversation_id:
            hello |= {"conversation_id": self.conversation_id, "epoch": self.epoch}
        return hello

    async def _resume(self, socket: aiohttp.ClientWebSocketResponse, ready: Frame) -> None:
        """What is said while this goes on joins the end, so that the order holds."""
        self.connections += 1
        self.epoch = ready["epoch"]
        resent: list[Said] = []
        while waiting := [each for each in self.unacknowledged if each not in resent]:
            await self._send(socket, waiting[0])
            resent.append(waiting[0])
        self._socket = socket

    def _note(self, frame: Frame) -> None:
        self.conversation_id = frame["conversation_id"]
        self.since = max(self.since, frame["seq"])
        if frame["type"] == "ack":
            said = next(each for each in self.said if frame["client_id"] in each.ids)
            said.ack = said.ack or frame

    async def _once_more(self, socket: aiohttp.ClientWebSocketResponse, error: Frame) -> None:
        """What was refused for a moment; the rest is a mistake of this test."""
        assert error["code"] in ("unavailable", "too_many"), error
        await asyncio.sleep(0.2)
        for each in self.unacknowledged:
            await self._send(socket, each)

    async def _send_new(self, frame: Frame) -> Said:
        said = Said(frame=frame)
        self.said.append(said)
        if self._socket is not None:
            with contextlib.suppress(*TROUBLE):
                await self._send(self._socket, said)
        return said

    async def _send(self, socket: aiohttp.ClientWebSocketResponse, said: Said) -> None:
        if not said.ids or self._new_ids:
            said.ids.append(str(uuid4()))
        said.sent_at.append(datetime.now(UTC))
        await socket.send_json({**said.frame, "client_id": said.ids[-1]})


@asynccontextmanager
async def customer(url: str) -> AsyncIterator[Customer]:
    """A customer whose page is open."""
    page = Customer(url)
    running = asyncio.create_task(page.run())
    try:
        await page.gets("ready")
        yield page
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
