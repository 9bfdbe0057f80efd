"""Customers' messages stored durably and acknowledged, without the bot, against a bare server.

For each number of customers all servers run at once, each with a load generator of its
own, and take turns: one talks while the others are idle.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import orjson

from bench.databases import POSTGRESQL, SQLITE, postgresql, sqlite_url
from bench.gateway import NO_BOT, gateway
from bench.processes import LOOPBACK, NotReady, end_of, free_port, running, until_listening
from bench.result import Result

CUSTOMERS = (1, 50, 500)
ROUNDS = 5
ROUND_S = 2.0
SETTLE_S = 0.02
"""For each customer who asked for a person: his place in the queue is told once more."""

TARGETS = {SQLITE: 0.5, POSTGRESQL: 0.4}

MakeDatabase = Callable[[str], str]


@dataclass(frozen=True, kw_only=True)
class Round:
    """What one round brought: acknowledgements, and how long they took."""

    per_s: float
    p50_ms: float
    p99_ms: float


@dataclass(frozen=True, kw_only=True)
class Crowd:
    """A load generator, which is told line by line how long to talk."""

    process: Process
    log: Path

    async def talk(self, seconds: float) -> Round:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{seconds}\n".encode())
        return Round(**orjson.loads(await self.line()))

    async def line(self) -> bytes:
        assert self.process.stdout is not None
        line = await self.process.stdout.readline()
        if not line:
            raise NotReady(end_of(self.log))
        return line


async def measure() -> list[Result]:
    results: list[Result] = []
    with postgresql() as make_database:
        for customers in CUSTOMERS:
            with tempfile.TemporaryDirectory(prefix="peyk-bench-") as folder:
                found = await _alternate(customers, Path(folder), make_database)
            for engine in (SQLITE, POSTGRESQL):
                results += _results(customers, engine, found["Peyk", engine], found["bare", engine])
    return results


Found = Mapping[tuple[str, str], list[Round]]


async def _alternate(customers: int, folder: Path, make_database: MakeDatabase) -> Found:
    """Rounds of all servers in turn."""
    async with AsyncExitStack() as stack:
        crowds = {
            (server, engine): await stack.enter_async_context(
                _crowd(server, engine, customers, folder, make_database)
            )
            for server in ("Peyk", "bare")
            for engine in (SQLITE, POSTGRESQL)
        }
        await asyncio.sleep(SETTLE_S * customers)
        for crowd in crowds.values():
            await crowd.talk(ROUND_S)
        found: dict[tuple[str, str], list[Round]] = {key: [] for key in crowds}
        for _ in range(ROUNDS):
            for key, crowd in crowds.items():
                found[key].append(await crowd.talk(ROUND_S))
        return found


@asynccontextmanager
async def _crowd(
    server: str, engine: str, customers: int, folder: Path, make_database: MakeDatabase
) -> AsyncIterator[Crowd]:
    """A server with its database and with customers who are ready to talk to it."""
    name = f"{server}_{engine}_{customers}".lower()
    own = folder / name
    own.mkdir()
    database = sqlite_url(own) if engine == SQLITE else make_database(name)
    start = gateway(own, database, NO_BOT) if server == "Peyk" else _bare(own, database)
    log = own / "load.log"
    async with start as url:
        arguments = [sys.executable, "-m", "bench.load", url, str(customers)]
        async with running(arguments, log, talks=True) as process:
            crowd = Crowd(process=process, log=log)
            await crowd.line()
            yield crowd


@asynccontextmanager
async def _bare(folder: Path, database: str) -> AsyncIterator[str]:
    port, log = free_port(), folder / "bare.log"
    async with running([sys.executable, "-m", "bench.bare", str(port), database], log):
        await until_listening(port, log)
        yield f"http://{LOOPBACK}:{port}"


def _results(customers: int, engine: str, peyk: list[Round], bare: list[Round]) -> list[Result]:
    name = f"messages stored and acknowledged, {customers} customers, {engine}"
    ours, theirs = (median(each.per_s for each in rounds) for rounds in (peyk, bare))
    versus = f"bare server {theirs:,.0f}/s in the same run"
    return [
        Result(name=name, value=round(ours), unit="/s", better="higher", compared_with=versus),
        Result(
            name=f"{name}: of the bare server",
            value=round(median(p.per_s / b.per_s for p, b in zip(peyk, bare, strict=True)), 3),
            unit="ratio",
            better="higher",
            compared_with=versus,
            target=None if customers == 1 else TARGETS[engine],
        ),
        *(
            Result(
                name=f"{name}: {at} until the acknowledgement",
                value=round(median(getattr(each, f"{at}_ms") for each in peyk), 2),
                unit="ms",
                better="lower",
                compared_with="bare server "
                f"{median(getattr(each, f'{at}_ms') for each in bare):.2f} ms",
            )
            for at in ("p50", "p99")
        ),
    ]
