"""Rasa as a child of the gateway: kept alive, and never left behind."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.server import newest_model
from tests.faults.customer import Customer, customer
from tests.faults.gateway_process import GatewayProcess, gateway_process
from tests.faults.processes import ROOT, living, nothing_left, until
from tests.faults.stored import read_stored

pytestmark = [pytest.mark.slow, pytest.mark.rasa, pytest.mark.timeout(240)]

ENDS_WITHIN_S = 10.0
STOPS = [signal.SIGINT, signal.SIGTERM]


@pytest.fixture
async def gateway(tmp_path: Path) -> AsyncIterator[GatewayProcess]:
    """A gateway whose bot is a child of its own, and ready."""
    assert newest_model(ROOT / "bot" / "rasa").exists()
    async with gateway_process(tmp_path) as gateway:
        await gateway.until_bot_is_ready()
        await until(lambda: _says_ready(gateway), 10, "the child counts as ready")
        yield gateway


def _says_ready(gateway: GatewayProcess) -> bool:
    """Whether the one who looks after Rasa knows that it was ready."""
    told = [line for line in gateway.said.splitlines() if "child is ready" in line]
    return any('"rasa"' in line for line in told)


def children(gateway: GatewayProcess) -> list[int]:
    return living(gateway.marker, "peyk_rasa.")


async def test_a_killed_rasa_is_started_again_and_customers_go_to_people_meanwhile(
    gateway: GatewayProcess,
) -> None:
    await _is_answered(gateway)
    [rasa] = living(gateway.marker, "peyk_rasa.serve")
    os.kill(rasa, signal.SIGKILL)
    async with customer(gateway.url) as unlucky:
        await unlucky.say("what does shipping cost?")
        notice = await unlucky.hears_from("bot", "system", after=0)
        assert notice["author"]["kind"] == "system"
        assert unlucky.state == "waiting" or await unlucky.gets("state", state="waiting")
    await gateway.until_bot_is_ready()
    [successor] = living(gateway.marker, "peyk_rasa.serve")
    assert successor != rasa
    await _is_answered(gateway)


async def test_a_rasa_that_stands_still_is_replaced(gateway: GatewayProcess) -> None:
    """It lives and answers nothing: that is found out by asking."""
    [rasa] = living(gateway.marker, "peyk_rasa.serve")
    os.kill(rasa, signal.SIGSTOP)
    started = time.monotonic()
    while rasa in living(gateway.marker):
        assert time.monotonic() - started < 90, "it still stands there"
        await asyncio.sleep(0.5)
    await gateway.until_bot_is_ready()
    await _is_answered(gateway)


async def test_nothing_is_left_when_the_gateway_is_killed(gateway: GatewayProcess) -> None:
    """Nobody can end the children then, so they look after themselves."""
    assert len(children(gateway)) == 2
    gateway.kill()
    await nothing_left(gateway.marker)


@pytest.mark.parametrize("stop", STOPS)
async def test_a_stop_ends_everything_and_finishes_what_is_held(
    gateway: GatewayProcess, stop: signal.Signals
) -> None:
    async with customer(gateway.url) as page:
        said = await page.say("what does shipping cost?")
        await page.is_acknowledged(said)
        took = await _stop(gateway, stop)
        assert took < ENDS_WITHIN_S
        assert not living(gateway.marker), "something was left behind"
        assert await _closed_with(page) == 1001
        stored = await read_stored(f"sqlite+aiosqlite:///{gateway.data_dir / 'peyk.db'}")
        [turn] = stored.turns
        assert turn["decision"] in ("answered", None)
        await gateway.serve()
        answer = await page.hears_from("bot", "system", after=0)
        assert answer["author"]["kind"] == "bot"


@pytest.mark.parametrize("stop", STOPS)
async def test_a_stop_is_quick_even_when_rasa_hangs_in_mid_turn(
    gateway: GatewayProcess, stop: signal.Signals
) -> None:
    [rasa] = living(gateway.marker, "peyk_rasa.serve")
    os.kill(rasa, signal.SIGSTOP)
    async with customer(gateway.url) as page:
        said = await page.say("what does shipping cost?")
        await page.is_acknowledged(said)
        assert await _stop(gateway, stop) < ENDS_WITHIN_S
    assert not living(gateway.marker)
    stored = await read_stored(f"sqlite+aiosqlite:///{gateway.data_dir / 'peyk.db'}")
    assert [each["client_id"] for each in stored.messages][:1] == said.ids
    assert [each["decision"] for each in stored.turns] in (["handed_off"], [None])


async def test_a_stop_while_it_starts_leaves_nothing(tmp_path: Path) -> None:
    rng = random.Random(11)
    async with gateway_process(tmp_path) as gateway:
        usual = 0.0
        for n in range(6):
            if n:
                gateway.start()
                await asyncio.sleep(usual * rng.uniform(0.7, 1.5))
            else:
                gateway.kill()
                await nothing_left(gateway.marker)
                usual = await gateway.serve()
            assert await _stop(gateway, STOPS[n % 2], codes=(0, 130, -2, -15)) < ENDS_WITHIN_S
            assert not living(gateway.marker)


async def _stop(
    gateway: GatewayProcess, stop: signal.Signals, codes: tuple[int, ...] = (0, 130)
) -> float:
    """As a terminal (Ctrl-C, to the whole group) or a service manager does it."""
    started = time.monotonic()
    if stop is signal.SIGINT:
        gateway.interrupt()
    else:
        gateway.signal(stop)
    assert await gateway.ended() in codes
    assert "Traceback" not in gateway.said
    return time.monotonic() - started


async def _closed_with(page: Customer) -> int | None:
    async with asyncio.timeout(5):
        while not page.closed_with:
            await asyncio.sleep(0.05)
    return page.closed_with[0]


async def _is_answered(gateway: GatewayProcess) -> None:
    async with customer(gateway.url) as page:
        await page.say("what does shipping cost?")
        answer = await page.hears_from("bot", "system", after=0)
        assert answer["author"]["kind"] == "bot"
