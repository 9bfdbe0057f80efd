"""The load generator, a process of its own: `python -m bench.load URL CUSTOMERS`.

Each customer sends his next message when the last one was acknowledged. It prints a line
when all are connected (and handed off to people, where the server knows of people), then
for each line `SECONDS` that it reads one line of JSON with what these seconds brought.
"""

from __future__ import annotations

import asyncio
import sys
import time
import uuid
from collections.abc import Callable
from statistics import quantiles
from typing import Any

import aiohttp
import orjson
import uvloop

from bench.customer import Socket, connect

TEXT = "Hello, could you tell me when my parcel will arrive? It should be here by now."
AT_ONCE = 20
"""How many customers connect at the same time."""

ACK, READY, STATE = b'{"type":"ack"', b'{"type":"ready"', b'{"type":"state"'


class Customer:
    """Says one thing after the other while it is `on`."""

    def __init__(self, number: int, done: Callable[[float], None]) -> None:
        self._done = done
        self._run = f"{uuid.uuid4().hex[:4]}-4000-8000-{number:012x}"
        self._said = 0
        self._sent_at = 0.0
        self.waits = False
        self._frames: asyncio.Queue[bytes] = asyncio.Queue()
        self.on = False
        self.socket: Socket | None = None

    async def arrive(self, url: str, session: aiohttp.ClientSession) -> None:
        """Connect, and ask for a person where there are people."""
        self.socket = await connect(url, session, self._frames.put_nowait)
        ready = await self._until(READY)
        if b'"epoch"' in ready:
            self.socket.send(self._frame("ask_for_person"))
            while b'"waiting"' not in await self._until(STATE):
                pass
        self.socket.heard = self._hear

    def say(self) -> None:
        assert self.socket is not None
        self._sent_at = time.perf_counter()
        self.waits = True
        self.socket.send(self._frame("message", TEXT))

    def _hear(self, frame: bytes) -> None:
        if frame.startswith(ACK):
            self.waits = False
            self._done(time.perf_counter() - self._sent_at)
            if self.on:
                self.say()
        elif not frame or b'"type":"error"' in frame:
            sys.exit(f"the server said {frame!r}")

    async def _until(self, start: bytes) -> bytes:
        async with asyncio.timeout(60):
            while True:
                frame = await self._frames.get()
                if not frame or b'"type":"error"' in frame:
                    raise ConnectionError(repr(frame))
                if frame.startswith(start):
                    return frame

    def _frame(self, kind: str, text: str = "") -> bytes:
        self._said += 1
        said = f',"text":"{text}"' if text else ""
        id = f"{self._said:08x}-{self._run}"
        return f'{{"type":"{kind}","client_id":"{id}"{said}}}'.encode()


class Crowd:
    """All customers of one server, and how long each acknowledgement took."""

    def __init__(self, customers: int) -> None:
        self._took: list[float] = []
        self._customers = [Customer(i, self._took.append) for i in range(customers)]

    async def arrive(self, url: str) -> None:
        async with aiohttp.ClientSession() as session:
            for i in range(0, len(self._customers), AT_ONCE):
                some = self._customers[i : i + AT_ONCE]
                await asyncio.gather(*(each.arrive(url, session) for each in some))

    async def talk(self, seconds: float) -> dict[str, Any]:
        """What these seconds brought; whoever still waits then is waited for."""
        self._took.clear()
        started = time.perf_counter()
        for each in self._customers:
            each.on = True
            each.say()
        await asyncio.sleep(seconds)
        count, lasted = len(self._took), time.perf_counter() - started
        for each in self._customers:
            each.on = False
        await self._all_answered()
        centiles = quantiles(self._took, n=100)
        return {
            "per_s": count / lasted,
            "p50_ms": 1000 * centiles[49],
            "p99_ms": 1000 * centiles[98],
        }

    async def _all_answered(self) -> None:
        while any(each.waits for each in self._customers):  # noqa: ASYNC110
            await asyncio.sleep(0.01)


async def main(url: str, customers: int) -> None:
    crowd = Crowd(customers)
    await crowd.arrive(url)
    print("ready", flush=True)
    while line := await asyncio.to_thread(sys.stdin.readline):
        print(orjson.dumps(await crowd.talk(float(line))).decode(), flush=True)


if __name__ == "__main__":
    uvloop.run(main(sys.argv[1], int(sys.argv[2])))
