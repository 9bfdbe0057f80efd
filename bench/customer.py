"""A customer's end of the web chat that costs next to nothing: frames in bytes, out in bytes.

It speaks the WebSocket protocol only as far as our servers use it, so that a load
generator takes little of the processor from the server that it measures.
"""

from __future__ import annotations

import asyncio
import base64
import os
import struct
from collections.abc import Callable
from typing import cast
from urllib.parse import urlsplit

import aiohttp
import orjson

Heard = Callable[[bytes], None]

TEXT, CLOSE, PING, PONG = 1, 8, 9, 10


class Socket(asyncio.Protocol):
    """One connection; `heard` gets every text frame."""

    def __init__(self, host: str, heard: Heard) -> None:
        self._host = host
        self.heard = heard
        self._buffer = b""
        self._transport: asyncio.Transport | None = None
        self.upgraded: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def send(self, payload: bytes) -> None:
        self._write(TEXT, payload)

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        key = base64.b64encode(os.urandom(16)).decode()
        self._transport.write(
            f"GET /chat/v1/socket HTTP/1.1\r\nHost: {self._host}\r\nUpgrade: websocket\r\n"
            f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\n"
            "Sec-WebSocket-Version: 13\r\n\r\n".encode()
        )

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        if not self.upgraded.done():
            head, end, rest = self._buffer.partition(b"\r\n\r\n")
            if not end:
                return
            self._buffer = rest
            self._upgrade(head)
        self._take_frames()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.upgraded.done():
            self.upgraded.set_exception(ConnectionError("the server ended the connection"))
        self.heard(b"")

    def _upgrade(self, head: bytes) -> None:
        if head.startswith(b"HTTP/1.1 101"):
            self.upgraded.set_result(None)
        else:
            self.upgraded.set_exception(ConnectionError(head.decode(errors="replace")))

    def _take_frames(self) -> None:
        while len(self._buffer) >= 2:
            size, start = self._buffer[1], 2
            if size == 126:
                size, start = int.from_bytes(self._buffer[2:4]), 4
            elif size == 127:
                size, start = int.from_bytes(self._buffer[2:10]), 10
            if len(self._buffer) < start + size:
                return
            kind, payload = self._buffer[0] & 15, self._buffer[start : start + size]
            self._buffer = self._buffer[start + size :]
            self._take(kind, payload)

    def _take(self, kind: int, payload: bytes) -> None:
        if kind == TEXT:
            self.heard(payload)
        elif kind == PING:
            self._write(PONG, payload)
        elif kind == CLOSE:
            self.close()

    def _write(self, kind: int, payload: bytes) -> None:
        """A client masks its frames; masked with zeros they stay as they are."""
        assert self._transport is not None
        size = len(payload)
        if size < 126:
            head = struct.pack("!BB4x", 128 | kind, 128 | size)
        else:
            head = struct.pack("!BBH4x", 128 | kind, 128 | 126, size)
        self._transport.write(head + payload)


async def connect(url: str, session: aiohttp.ClientSession, heard: Heard) -> Socket:
    """A new visitor with his session opened and his hello said."""
    async with session.post(f"{url}/chat/v1/sessions", json={"inbox": "demo"}) as response:
        response.raise_for_status()
        token = (await response.json())["token"]
    parts = urlsplit(url)
    assert parts.hostname is not None
    assert parts.port is not None
    _, socket = await asyncio.get_running_loop().create_connection(
        lambda: Socket(parts.netloc, heard), parts.hostname, parts.port
    )
    await socket.upgraded
    socket.send(orjson.dumps({"type": "hello", "token": token}))
    return socket
