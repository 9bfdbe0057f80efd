"""`kill -9` of the gateway at random moments while customers write, on each database.

`PEYK_KILLS` sets how many kills SQLite gets, `PEYK_SEED` which moments; a failure names
the seed. Rasa is a process of its own and survives.
"""

from __future__ import annotations

import asyncio
import os
import random
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.faults.agent_at_work import AgentAtWork, agent_at_work
from tests.faults.checks import (
    agents_words_are_stored,
    check_all,
    received_once,
    saw_what_is_stored,
)
from tests.faults.customer import Customer
from tests.faults.gateway_process import GatewayProcess, gateway_process
from tests.faults.rasa_process import TOKEN, RasaProcess
from tests.faults.stored import Stored, count_inbound, count_open_turns, read_stored, stored_at

pytestmark = [pytest.mark.slow, pytest.mark.rasa, pytest.mark.timeout(600)]

KILLS = {"sqlite": int(os.environ.get("PEYK_KILLS", "32")), "postgresql": 10}
CUSTOMERS = 20
DRAINED_WITHIN_S = 60.0
LINES = (
    "hi there", "what does shipping cost?", "do you ship to other countries?", "thanks",
    "how can I return something?", "which payment methods do you take?", "when do you open?",
    "سلام", "هزینه ارسال چقدره؟", "چطوری میتونم مرجوع کنم؟", "ممنون",
    "مرحبا", "كم تكلفة الشحن؟", "كيف أرجع المنتج؟", "شكرا",
    "the moon is made of old radios", "where is my order?", "PK-1001", "no",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Run:
    """Customers and an agent at one gateway, and what became of them."""

    gateway: GatewayProcess
    customers: Sequence[Customer]
    agent: AgentAtWork
    rng: random.Random
    database_url: str

    async def kill(self, times: int) -> None:
        """At any moment: while it serves, and now and then while it starts.

        A few customers hear nothing of the last tenth of a second before it, so that acks of
        what is stored get lost however fast the machine is.
        """
        for _ in range(times):
            await asyncio.sleep(self.rng.uniform(0.5, 2.0))
            for each in self.rng.sample(self.customers, 4):
                each.deaf = True
            await asyncio.sleep(self.rng.uniform(0.0, 0.2))
            self.gateway.kill()
            if self.rng.random() < 0.15:
                self.gateway.start()
            else:
                await self.gateway.serve()

    async def drain(self) -> None:
        """Wait until everybody was told everything and no turn is open."""
        if not self.gateway.lives or not await self.gateway.serves():
            self.gateway.kill()
            await self.gateway.serve()
        started = time.monotonic()
        while waiting := await self._unsettled():
            assert time.monotonic() - started < DRAINED_WITHIN_S, waiting
            await asyncio.sleep(0.5)

    async def _unsettled(self) -> str:
        waiting = sum(len(each.unacknowledged) for each in self.customers)
        open_turns = await count_open_turns(self.database_url)
        if waiting or open_turns:
            return f"{waiting} messages without an ack, {open_turns} open turns"
        stored = await read_stored(self.database_url)
        for each in self.customers:
            try:
                saw_what_is_stored(stored, each)
            except AssertionError as error:
                return str(error) or repr(error)
        return ""


async def test_nothing_is_lost_or_doubled_by_kills_of_the_gateway(
    database_url: str, rasa: RasaProcess, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kills = KILLS[database_url.partition("+")[0]]
    seed = int(os.environ.get("PEYK_SEED", random.randrange(10**6)))
    started = time.monotonic()
    async with _running(database_url, rasa, tmp_path, seed) as run:
        async with _at_work(run):
            await run.kill(kills)
        await run.drain()
        stored = await read_stored(database_url)
    try:
        check_all(stored, run.customers)
        agents_words_are_stored(stored, run.agent.tried, run.agent.done)
    except AssertionError as error:
        raise AssertionError(f"PEYK_SEED={seed}: {error}") from error
    with capsys.disabled():
        _report(run, stored, kills, seed, time.monotonic() - started)
    if kills >= 30:
        _it_was_worth_it(run, stored)


async def test_the_checker_finds_doubles_when_clients_break_the_protocol(
    rasa: RasaProcess, tmp_path: Path
) -> None:
    """The control: with a new `client_id` for each resend nothing can tell them apart."""
    url = f"sqlite+aiosqlite:///{tmp_path / 'peyk.db'}"
    async with _running(url, rasa, tmp_path, 1, new_ids=True) as run:
        for each in run.customers:
            each.deaf = True
        said = await asyncio.gather(*(each.say("hi there") for each in run.customers))
        await _are_stored(url, CUSTOMERS)
        run.gateway.kill()
        await run.gateway.serve()
        for customer, what in zip(run.customers, said, strict=True):
            await customer.is_acknowledged(what)
        with pytest.raises(AssertionError, match="stored 2 times"):
            received_once(await read_stored(url), run.customers)


async def test_a_kill_in_the_very_first_start_leaves_a_database_that_starts(tmp_path: Path) -> None:
    """Migrations and first rows come whole or not at all."""
    rng = random.Random(7)
    usual = 0.0
    for n in range(6):
        gateway = GatewayProcess(tmp_path / str(n) / "data", rasa_url="http://127.0.0.1:9")
        gateway.data_dir.mkdir(parents=True)
        try:
            if usual:
                gateway.start()
                await asyncio.sleep(usual * rng.uniform(0.6, 1.0))
                gateway.kill()
            usual = await gateway.serve()
            assert (await gateway.parts())["store"] == "ok"
        finally:
            gateway.clear_away()


@asynccontextmanager
async def _running(
    database_url: str, rasa: RasaProcess, folder: Path, seed: int, *, new_ids: bool = False
) -> AsyncIterator[Run]:
    rng = random.Random(seed)
    settings = {"database_url": database_url, "rasa_url": rasa.url, "rasa_token": TOKEN}
    async with (
        gateway_process(folder, **settings) as gateway,
        agent_at_work(gateway.url) as agent,
    ):
        customers = [
            Customer(gateway.url, rng=random.Random(rng.random()), new_ids=new_ids)
            for _ in range(CUSTOMERS)
        ]
        pages = [asyncio.create_task(each.run()) for each in customers]
        try:
            await asyncio.gather(*(each.gets("ready") for each in customers))
            yield Run(
                gateway=gateway, customers=customers, agent=agent, rng=rng,
                database_url=database_url,
            )  # fmt: skip
        finally:
            for each in pages:
                each.cancel()
            await asyncio.gather(*pages, return_exceptions=True)


@asynccontextmanager
async def _at_work(run: Run) -> AsyncIterator[None]:
    """The customers write and the agent works meanwhile; no mistake of theirs is passed over."""
    rng = random.Random(run.rng.random())
    tasks = [
        asyncio.create_task(_write(each, random.Random(rng.random()))) for each in run.customers
    ]
    tasks.append(asyncio.create_task(run.agent.work(rng)))
    try:
        yield
        for each in tasks:
            assert not each.done(), each.exception()
    finally:
        for each in tasks:
            each.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _write(customer: Customer, rng: random.Random) -> None:
    while True:
        await asyncio.sleep(rng.choice([0.02, 0.3, 1.0, 2.0]))
        if len(customer.unacknowledged) > 10:
            continue
        if rng.random() < 0.03:
            await customer.ask_for_person()
        else:
            await customer.say(rng.choice(LINES))


async def _are_stored(database_url: str, messages: int) -> None:
    """Wait until that many customers' messages are."""
    async with asyncio.timeout(DRAINED_WITHIN_S):
        while await count_inbound(database_url) < messages:
            await asyncio.sleep(0.05)


def _it_was_worth_it(run: Run, stored: Stored) -> None:
    """The run proves something only if all of this did happen in it."""
    decisions = {each["decision"] for each in stored.turns}
    assert {"answered", "handed_off"} <= decisions
    assert any(each["attempts"] > 1 for each in stored.turns), "no turn was cut off"
    assert _lost_acks(run, stored), "no ack was lost"
    assert run.agent.done


def _lost_acks(run: Run, stored: Stored) -> int:
    """How many messages were stored before a kill and sent again after it."""
    rows = {row["id"]: row for row in stored.messages}
    return sum(
        stored_at(rows[said.ack["message_id"]]) < said.sent_at[-1]
        for each in run.customers
        for said in each.said
        if said.ack is not None and len(said.sent_at) > 1
    )


def _report(run: Run, stored: Stored, kills: int, seed: int, seconds: float) -> None:
    decisions = Counter(each["decision"] for each in stored.turns)
    said = sum(len(each.said) for each in run.customers)
    lines = [
        f"seed {seed}: {kills} kills in {seconds:.0f} s, {run.database_url.partition('+')[0]}",
        f"{said} messages said and acknowledged, {len(stored.messages)} stored, "
        f"{_lost_acks(run, stored)} acks lost and made good, "
        f"{sum(each.connections for each in run.customers)} connections",
        f"{len(stored.turns)} turns: {dict(decisions)}, "
        f"{sum(each['attempts'] > 1 for each in stored.turns)} taken up again after a kill",
        f"{len(run.agent.done)} of {len(run.agent.tried)} agent's replies told as done, "
        f"{len(stored.events)} events",
    ]
    sys.stdout.write("\n" + "\n".join(lines) + "\n")
