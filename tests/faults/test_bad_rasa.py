"""Whatever is wrong with Rasa, the customer reaches a queue and is told so; then it is well.

Everything over real sockets: a customer's WebSocket, a gateway of its own process, an
agent's API. `PATIENCE_S` is what a customer waits at the most: the bot's deadline and two
seconds.
"""

from __future__ import annotations

import signal
import time
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.faults.agent_at_work import AgentAtWork, agent_at_work
from tests.faults.broken_rasa import (
    GARBAGE,
    POISON,
    Behaviour,
    broken_rasa,
    drips,
    fails,
    hangs_up,
    has_no_model,
    late,
    passes_on,
    says,
    sends_away,
)
from tests.faults.customer import Customer, customer
from tests.faults.gateway_process import GatewayProcess, gateway_process
from tests.faults.rasa_process import TOKEN, RasaProcess
from tests.faults.stored import count_open_turns

pytestmark = [pytest.mark.slow, pytest.mark.rasa, pytest.mark.timeout(240)]

DEADLINE_S = 5.0
PATIENCE_S = DEADLINE_S + 2.0
NOTICE = "I cannot answer right now, so I am passing you to a colleague."


async def test_a_rasa_that_is_killed_and_started_again(rasa: RasaProcess, tmp_path: Path) -> None:
    """Nothing listens meanwhile."""
    async with (
        gateway_process(tmp_path, rasa_url=rasa.url, rasa_token=TOKEN) as gateway,
        agent_at_work(gateway.url) as agent,
    ):
        await _is_answered(gateway)
        rasa.kill()
        async with customer(gateway.url) as unlucky:
            took = await _reaches_people(unlucky, agent)
            assert took < DEADLINE_S, "nothing listens, so there is nothing to wait for"
            await rasa.serve()
            await _is_answered(gateway)
            await _is_answered_after_return(unlucky, agent)


async def test_a_rasa_that_stands_still(rasa: RasaProcess, tmp_path: Path) -> None:
    """SIGSTOP: it takes connections and never answers."""
    async with (
        gateway_process(tmp_path, rasa_url=rasa.url, rasa_token=TOKEN) as gateway,
        agent_at_work(gateway.url) as agent,
        customer(gateway.url) as unlucky,
    ):
        rasa.signal(signal.SIGSTOP)
        try:
            took = await _reaches_people(unlucky, agent)
            assert took >= DEADLINE_S
        finally:
            rasa.signal(signal.SIGCONT)
        await _is_answered(gateway)
        await _is_answered_after_return(unlucky, agent)


async def test_a_rasa_that_is_killed_in_mid_turn(rasa: RasaProcess, tmp_path: Path) -> None:
    async with (
        gateway_process(tmp_path, rasa_url=rasa.url, rasa_token=TOKEN) as gateway,
        agent_at_work(gateway.url) as agent,
        customer(gateway.url) as unlucky,
    ):
        await gateway.until_bot_is_ready()
        rasa.signal(signal.SIGSTOP)
        said = await unlucky.say("what does shipping cost?")
        await unlucky.is_acknowledged(said)
        rasa.kill()
        took = await _is_told(unlucky, 0)
        assert took < DEADLINE_S, "the connection broke, so there is nothing to wait for"
        await _is_in_the_queue(unlucky, agent)
        await rasa.serve()
        await _is_answered_after_return(unlucky, agent)


async def test_a_wrong_token(rasa: RasaProcess, tmp_path: Path) -> None:
    async with (
        gateway_process(tmp_path, rasa_url=rasa.url, rasa_token="wrong") as gateway,
        agent_at_work(gateway.url) as agent,
        customer(gateway.url) as unlucky,
    ):
        await _reaches_people(unlucky, agent)
        gateway.kill()
        gateway.change(rasa_token=TOKEN)
        await gateway.serve()
        await _is_answered(gateway)
        await _is_answered_after_return(unlucky, agent)


@pytest.mark.parametrize(
    ("behaviour", "at_once"),
    [
        pytest.param(fails, True, id="500"),
        pytest.param(has_no_model, True, id="no model"),
        pytest.param(sends_away, True, id="redirect"),
        pytest.param(hangs_up, True, id="hangs up"),
        pytest.param(late(6.0, fails), False, id="late"),
        pytest.param(drips, False, id="drips"),
    ],
)
async def test_a_rasa_that_answers_badly(
    rasa: RasaProcess, tmp_path: Path, behaviour: Behaviour, at_once: bool
) -> None:
    async with (
        broken_rasa() as broken,
        gateway_process(tmp_path, rasa_url=broken.url, rasa_token=TOKEN) as gateway,
        agent_at_work(gateway.url) as agent,
        customer(gateway.url) as unlucky,
        aiohttp.ClientSession() as session,
    ):
        broken.behaviour = behaviour
        took = await _reaches_people(unlucky, agent)
        assert (took < DEADLINE_S) == at_once
        assert broken.asked == 1, "asked again and again"
        broken.behaviour = passes_on(rasa.url, session)
        await _is_answered(gateway)
        await _is_answered_after_return(unlucky, agent)


async def test_a_right_answer_after_six_seconds_is_not_said(
    rasa: RasaProcess, tmp_path: Path
) -> None:
    """The customer is with people by then, and two voices would confuse him."""
    async with (
        broken_rasa() as broken,
        gateway_process(tmp_path, rasa_url=broken.url, rasa_token=TOKEN) as gateway,
        agent_at_work(gateway.url) as agent,
        customer(gateway.url) as unlucky,
        aiohttp.ClientSession() as session,
    ):
        broken.behaviour = late(6.0, passes_on(rasa.url, session))
        await _reaches_people(unlucky, agent)
        with pytest.raises(TimeoutError):
            await unlucky.hears_from("bot", after=0, within_s=3.0)


async def test_garbage_of_every_kind(rasa: RasaProcess, tmp_path: Path) -> None:
    async with (
        broken_rasa() as broken,
        gateway_process(tmp_path, rasa_url=broken.url, rasa_token=TOKEN) as gateway,
        agent_at_work(gateway.url) as agent,
        aiohttp.ClientSession() as session,
    ):
        for kind, body in GARBAGE.items():
            broken.behaviour = says(body)
            async with customer(gateway.url) as unlucky:
                took = await _reaches_people(unlucky, agent)
                assert took < DEADLINE_S, kind
        broken.behaviour = passes_on(rasa.url, session)
        await _is_answered(gateway)
        assert '"level": "error"' not in gateway.said


@pytest.mark.parametrize("kind", POISON)
async def test_an_answer_that_cannot_be_stored_leaves_no_silence(
    database_url: str, tmp_path: Path, kind: str
) -> None:
    """The customer gets the bot's words or people, and the turn is over."""
    settings = {"database_url": database_url, "rasa_token": TOKEN}
    async with (
        broken_rasa() as broken,
        gateway_process(tmp_path, rasa_url=broken.url, **settings) as gateway,
        customer(gateway.url) as page,
    ):
        broken.behaviour = says(POISON[kind])
        await page.say("what does shipping cost?")
        await page.hears_from("bot", "system", after=0, within_s=PATIENCE_S)
        assert await count_open_turns(database_url) == 0
        assert page.state in ("with_bot", "waiting")


async def _reaches_people(page: Customer, agent: AgentAtWork) -> float:
    """Says something, is told, stands in the queue with all he said; the seconds it took."""
    page_from = len(page.frames)
    first = await page.say("what does shipping cost?")
    took = await _is_told(page, page_from)
    assert took < PATIENCE_S, f"silence for {took:.1f} s"
    second = await page.say("are you there?")
    for each in (first, second):
        await page.is_acknowledged(each)
    await _is_in_the_queue(page, agent)
    told = await agent.call("GET", f"/conversations/{page.conversation_id}/messages?limit=100")
    words = [each["text"] for each in told["items"] if each["author"]["kind"] == "customer"]
    assert words[-2:] == ["what does shipping cost?", "are you there?"]
    return took


async def _is_told(page: Customer, after: int) -> float:
    """The seconds from the last thing said until both frames had come."""
    said_at = time.monotonic()
    notice = await page.hears_from("system", after=after, within_s=2 * PATIENCE_S)
    assert notice["text"].startswith(NOTICE)
    state = await page.gets("state", after, within_s=2.0, state="waiting")
    assert state["position"] >= 1
    return time.monotonic() - said_at


async def _is_in_the_queue(page: Customer, agent: AgentAtWork) -> None:
    assert page.conversation_id in await agent.waiting()
    shown: dict[str, Any] = await agent.call("GET", f"/conversations/{page.conversation_id}")
    assert shown["state"] == "waiting"
    assert shown["owner"]["kind"] == "queue"
    assert [each["reason"] for each in shown["handoffs"]] == ["bot_failed"]
    assert shown["handoffs"][0]["explanation"]


async def _is_answered(gateway: GatewayProcess) -> None:
    """A customer who comes now is served by the bot."""
    async with customer(gateway.url) as lucky:
        await lucky.say("what does shipping cost?")
        answer = await lucky.hears_from("bot", after=0)
        assert answer["text"]
        assert lucky.state == "with_bot"


async def _is_answered_after_return(page: Customer, agent: AgentAtWork) -> None:
    """An agent takes the conversation and gives it back; the bot answers the next message."""
    path = f"/conversations/{page.conversation_id}"
    assert await agent.call("POST", f"{path}/claim", {})
    assert await agent.call("POST", f"{path}/return-to-bot", {})
    here = len(page.frames)
    await page.say("how can I return something?")
    answer = await page.hears_from("bot", after=here)
    assert answer["text"]
