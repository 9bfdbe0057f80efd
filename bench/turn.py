"""A bot turn through Peyk against the same message straight to Rasa's own REST channel.

One customer, one model, message by message in turn: Peyk on SQLite and on PostgreSQL (from
the frame on the socket to the bot's message on the socket, all stored durably), Rasa that
keeps its dialogues in memory, Rasa that keeps them in SQLite.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
import uuid
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AsyncExitStack
from pathlib import Path
from statistics import median, quantiles

import aiohttp
import orjson

from bench.customer import connect
from bench.databases import POSTGRESQL, SQLITE, postgresql, sqlite_url
from bench.gateway import gateway
from bench.rasa import IN_MEMORY, IN_SQLITE, our_rasa, stock_rasa
from bench.result import Result

CONVERSATIONS = 12
SAID = (
    "Hello!",
    "How long does delivery take?",
    "How can I pay?",
    "What is your return policy?",
    "سلام وقت بخیر",
    "هزینه ارسال چقدر است؟",
    "چطور می‌توانم کالا را مرجوع کنم؟",
    "مرحبا",
    "ما هي طرق الدفع المتاحة؟",
    "كم يستغرق التوصيل؟",
)
"""What is said in each conversation: three languages, answered without an action."""

ON_SQLITE = f"Peyk on {SQLITE}"
ON_POSTGRESQL = f"Peyk on {POSTGRESQL}"
IN_MEMORY_REST = "Rasa's REST channel in memory"
IN_SQLITE_REST = "Rasa's REST channel with its SQLite tracker store"

Ask = Callable[[str], Awaitable[None]]
"""Says something and returns when the bot's answer is here."""

Begin = Callable[[], Awaitable[Ask]]
"""A new customer."""


async def measure() -> list[Result]:
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="peyk-bench-")))
        begins = await _begins(stack, folder)
        await _converse(begins)
        took: dict[str, list[float]] = {name: [] for name in begins}
        for _ in range(CONVERSATIONS):
            for name, seconds in (await _converse(begins)).items():
                took[name] += seconds
    return _results(took)


async def _begins(stack: AsyncExitStack, folder: Path) -> Mapping[str, Begin]:
    """All servers, started."""
    places = [folder / name for name in ("sqlite", "postgresql", "rasa", "memory", "sql")]
    for place in places:
        place.mkdir()
    on_sqlite, on_postgresql, ours, memory, sql = places
    session = await stack.enter_async_context(aiohttp.ClientSession())
    start = stack.enter_async_context
    bot = await start(our_rasa(ours))
    database = stack.enter_context(postgresql())("peyk")
    peyk_on_sqlite = await start(gateway(on_sqlite, sqlite_url(on_sqlite), bot))
    peyk_on_postgresql = await start(gateway(on_postgresql, database, bot))
    rasa_in_memory = await start(stock_rasa(memory, IN_MEMORY))
    rasa_in_sqlite = await start(stock_rasa(sql, IN_SQLITE))
    return {
        ON_SQLITE: lambda: _visit(peyk_on_sqlite, session),
        ON_POSTGRESQL: lambda: _visit(peyk_on_postgresql, session),
        IN_MEMORY_REST: lambda: _post(rasa_in_memory, session),
        IN_SQLITE_REST: lambda: _post(rasa_in_sqlite, session),
    }


async def _converse(begins: Mapping[str, Begin]) -> dict[str, list[float]]:
    """One conversation with each, message by message in turn; the seconds of each answer."""
    asks = {name: await begin() for name, begin in begins.items()}
    took: dict[str, list[float]] = {name: [] for name in asks}
    for text in SAID:
        for name, ask in asks.items():
            started = time.perf_counter()
            await ask(text)
            took[name].append(time.perf_counter() - started)
            await asyncio.sleep(0.02)
    return took


async def _visit(url: str, session: aiohttp.ClientSession) -> Ask:
    frames: asyncio.Queue[bytes] = asyncio.Queue()
    socket = await connect(url, session, frames.put_nowait)

    async def ask(text: str) -> None:
        frame = {"type": "message", "client_id": str(uuid.uuid4()), "text": text}
        socket.send(orjson.dumps(frame))
        async with asyncio.timeout(20):
            while not _is_the_bots(orjson.loads(await frames.get())):
                pass

    return ask


def _is_the_bots(frame: dict[str, object]) -> bool:
    author = frame.get("author")
    kind = author["kind"] if isinstance(author, dict) else None
    if frame["type"] == "error" or kind == "system":
        raise RuntimeError(f"the bot did not answer: {frame}")
    return frame["type"] == "message" and kind == "bot"


async def _post(url: str, session: aiohttp.ClientSession) -> Ask:
    sender = str(uuid.uuid4())

    async def ask(text: str) -> None:
        async with session.post(url, json={"sender": sender, "message": text}) as response:
            if not await response.json():
                raise RuntimeError(f"Rasa did not answer {text!r}")

    return ask


def _results(took: Mapping[str, list[float]]) -> list[Result]:
    results = []
    for name, seconds in took.items():
        for at, value in (("median", median(seconds)), ("p95", quantiles(seconds, n=20)[18])):
            results.append(
                Result(
                    name=f"a bot turn, one customer, {at}: {name}",
                    value=round(1000 * value, 2),
                    unit="ms",
                    better="lower",
                )
            )
    for peyk in (ON_SQLITE, ON_POSTGRESQL):
        for rasa, target in ((IN_SQLITE_REST, 0.9), (IN_MEMORY_REST, 1.5)):
            theirs = median(took[rasa])
            results.append(
                Result(
                    name=f"a bot turn, one customer, median: {peyk} to {rasa}",
                    value=round(median(took[peyk]) / theirs, 3),
                    unit="ratio",
                    better="lower",
                    compared_with=f"{rasa}, {1000 * theirs:.1f} ms in the same run",
                    target=target,
                )
            )
    return results
