"""One WebSocket connection: frames out and in, and an end that never waits for long."""

from __future__ import annotations

import asyncio

import orjson
from aiohttp import WSMessage, WSMsgType, web

from channels.chat.convert import JsonObject
from channels.chat.frames import MAX_FRAME

HEARTBEAT = 30.0
PATIENCE = 30.0
"""Seconds in which a page has to take a frame."""
CLOSE_WITHIN = 2.0

WIRE_LIMIT = 4 * MAX_FRAME
"""Up to here a frame that is too large is answered; beyond, the connection ends (1009)."""
WRITE_LIMIT = 16 * 1024
"""How many bytes are written before we wait for the page to take them."""

LOST = 1006


class Wire:
    """Whatever is written waits for the page to take it, so nothing piles up here."""

    def __init__(self, request: web.Request) -> None:
        self._request = request
        self.response = web.WebSocketResponse(
            timeout=CLOSE_WITHIN,
            heartbeat=HEARTBEAT,
            compress=False,
            max_msg_size=WIRE_LIMIT,
            writer_limit=WRITE_LIMIT,
            decode_text=False,
        )

    @property
    def transport(self) -> asyncio.Transport | None:
        return self._request.transport

    def can_open(self) -> bool:
        """Whether the request asks for a WebSocket at all."""
        return self.response.can_prepare(self._request).ok

    async def open(self) -> None:
        await self.response.prepare(self._request)

    async def receive(self) -> WSMessage | None:
        """The next message with something in it; None when the page is gone."""
        message = await self.response.receive()
        return message if message.type in (WSMsgType.TEXT, WSMsgType.BINARY) else None

    async def send(self, frame: JsonObject) -> None:
        """Raises ConnectionError when the page is gone or takes nothing."""
        try:
            async with asyncio.timeout(PATIENCE):
                await self.response.send_frame(orjson.dumps(frame), WSMsgType.TEXT)
        except TimeoutError:
            self.cut()
            raise ConnectionResetError("the page takes nothing") from None

    async def close(self, code: int, why: str) -> None:
        """End it; a page that does not answer is cut off."""
        if not self.response.prepared:
            return
        try:
            async with asyncio.timeout(CLOSE_WITHIN):
                await self.response.close(code=code, message=why.encode()[:120])
        except (TimeoutError, ConnectionError):
            self.cut()

    def let_go(self) -> None:
        """At the end: nothing is waited for when the page did not say goodbye."""
        if self.response.close_code in (None, LOST):
            self.cut()

    def cut(self) -> None:
        """Without waiting for what is still to be written."""
        if self.transport is not None:
            self.transport.abort()
