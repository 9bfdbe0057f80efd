"""A TCP proxy on loopback whose open connections can all be cut at once."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

TROUBLE = (OSError, asyncio.IncompleteReadError)


class CuttingProxy:
    """Passes bytes both ways until it is told to cut. `cuts` counts the connections it cut."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._open: set[asyncio.StreamWriter] = set()
        self.url = ""
        self.cuts = 0

    def cut(self) -> None:
        """Both sides of every open connection see a reset, whatever is on its way."""
        self.cuts += len(self._open) // 2
        for each in list(self._open):
            each.transport.abort()

    async def meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            there_reader, there = await asyncio.open_connection("127.0.0.1", self._port)
        except OSError:
            writer.transport.abort()
            return
        self._open |= {writer, there}
        try:
            await asyncio.gather(_pass_on(reader, there), _pass_on(there_reader, writer))
        finally:
            self._open -= {writer, there}
            for each in (writer, there):
                each.close()


@asynccontextmanager
async def cutting_proxy(port: int) -> AsyncIterator[CuttingProxy]:
    """In front of whatever serves at `port` of this machine."""
    proxy = CuttingProxy(port)
    server = await asyncio.start_server(proxy.meet, "127.0.0.1", 0)
    proxy.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield proxy
    finally:
        server.close()
        proxy.cut()
        await asyncio.sleep(0.05)


async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(*TROUBLE):
        while chunk := await reader.read(65_536):
            writer.write(chunk)
            await writer.drain()
    with contextlib.suppress(*TROUBLE):
        if writer.can_write_eof():
            writer.write_eof()
