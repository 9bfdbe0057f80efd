"""The server that Peyk is compared with: `python -m bench.bare PORT DATABASE_URL`.

A bare aiohttp WebSocket server that stores each message durably by one grouped INSERT and
acknowledges it. It knows no contacts, no conversations, no events and no duplicates.
"""

from __future__ import annotations

import asyncio
import secrets
import sqlite3
import sys
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import asyncpg  # type: ignore[import-untyped]
import orjson
import uuid_utils
import uvloop
from aiohttp import WSMsgType, web

Row = tuple[str, str, str, datetime]
Write = Callable[[Sequence[Row]], Awaitable[None]]

TABLE = "CREATE TABLE said (id {id} PRIMARY KEY, client_id TEXT, text TEXT, at {at})"
LARGEST_GROUP = 200


class Grouped:
    """Rows that arrive together share a commit."""

    def __init__(self, write: Write) -> None:
        self._write = write
        self._waiting: asyncio.Queue[tuple[Row, asyncio.Future[None]]] = asyncio.Queue()

    async def store(self, row: Row) -> None:
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.put_nowait((row, done))
        await done

    async def run(self) -> None:
        while True:
            group = [await self._waiting.get()]
            while len(group) < LARGEST_GROUP and not self._waiting.empty():
                group.append(self._waiting.get_nowait())
            await self._write([row for row, _ in group])
            for _, done in group:
                if not done.done():
                    done.set_result(None)


def open_sqlite(path: str) -> Write:
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    for setting in ("journal_mode=WAL", "synchronous=FULL"):
        connection.execute(f"PRAGMA {setting}")
    connection.execute(TABLE.format(id="TEXT", at="TEXT"))
    thread = ThreadPoolExecutor(1)

    def insert(rows: Sequence[Row]) -> None:
        connection.execute("BEGIN IMMEDIATE")
        plain = [(id, client_id, text, at.isoformat()) for id, client_id, text, at in rows]
        connection.executemany("INSERT INTO said VALUES (?, ?, ?, ?)", plain)
        connection.execute("COMMIT")

    async def write(rows: Sequence[Row]) -> None:
        await asyncio.get_running_loop().run_in_executor(thread, insert, rows)

    return write


async def open_postgresql(url: str) -> Write:
    connection = await asyncpg.connect(url)
    await connection.execute(TABLE.format(id="uuid", at="timestamptz"))

    async def write(rows: Sequence[Row]) -> None:
        async with connection.transaction():
            await connection.executemany("INSERT INTO said VALUES ($1, $2, $3, $4)", rows)

    return write


async def serve(port: int, url: str) -> None:
    if url.startswith("sqlite"):
        write = open_sqlite(url.partition("///")[2])
    else:
        write = await open_postgresql(url.replace("+asyncpg", ""))
    grouped = Grouped(write)

    async def open_session(request: web.Request) -> web.Response:
        return web.json_response({"token": secrets.token_urlsafe(32)})

    async def talk(request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(compress=False)
        await socket.prepare(request)
        async for message in socket:
            if message.type is not WSMsgType.TEXT:
                break
            frame = orjson.loads(message.data)
            if frame["type"] == "hello":
                await socket.send_str('{"type":"ready"}')
                continue
            id = str(uuid_utils.uuid7())
            await grouped.store((id, frame["client_id"], frame["text"], datetime.now(UTC)))
            ack = {"type": "ack", "client_id": frame["client_id"], "message_id": id}
            await socket.send_str(orjson.dumps(ack).decode())
        return socket

    app = web.Application()
    app.router.add_post("/chat/v1/sessions", open_session)
    app.router.add_get("/chat/v1/socket", talk)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port, backlog=1024).start()
    await grouped.run()


if __name__ == "__main__":
    uvloop.run(serve(int(sys.argv[1]), sys.argv[2]))
