"""A worker that is to end does not wait for a bot that hangs; its turn is not lost."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

from bot.bot import Question
from bot.fallback import Thresholds
from bot.scripted import ScriptedBot, answer
from bot.worker import FINISH_WITHIN_S, TurnWorker
from gateway.ids import ExternalId, Peer
from gateway.inbox import Inbox as WayIn
from gateway.metrics import Metrics
from gateway.model.inbox import Inbox
from gateway.model.message import Inbound
from gateway.model.turn import Answer
from gateway.outbox import Outbox
from gateway.store import messages
from gateway.store.store import Store

LIMITS = Thresholds(answer_at=0.5, clarify_at=0.1, clarify_times=1)


async def test_a_turn_that_is_cut_off_at_the_end_is_answered_after_its_lease(
    store: Store, inbox: Inbox, clock: Any
) -> None:
    asked = asyncio.Event()

    async def hangs(question: Question) -> Answer:
        asked.set()
        await asyncio.sleep(600)
        return answer("too late")

    hanging = _worker(store, ScriptedBot(hangs), clock)
    working = asyncio.create_task(hanging.run())
    received = await WayIn(store, hanging.ring).receive(
        Inbound(
            inbox_id=inbox.id,
            peer=Peer("p"),
            external_id=ExternalId("p:1"),
            text="hello",
            at=clock(),
            payload={},
        )
    )
    await asked.wait()
    started = time.monotonic()
    working.cancel()
    await asyncio.gather(working, return_exceptions=True)
    assert time.monotonic() - started < FINISH_WITHIN_S + 2

    successor = _worker(store, ScriptedBot(), clock)
    assert await successor.answer_due() == 0
    clock.forward(seconds=20)
    assert await successor.answer_due() == 1
    async with store.read() as connection:
        said = await messages.since(connection, received.conversation_id)
    assert [each.text for each in said] == ["hello", "You said: hello"]


def _worker(store: Store, bot: ScriptedBot, clock: Callable[[], datetime]) -> TurnWorker:
    return TurnWorker(
        store, bot, Outbox(store, {}, clock), Metrics(), clock,
        limits=LIMITS, deadline_s=5, at_once=8,
    )  # fmt: skip
