"""An answer that no store takes hands the customer to people: it is a failure like others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.bot import Question
from bot.fallback import Thresholds
from bot.scripted import ScriptedBot, answer
from bot.worker import TurnWorker
from gateway.ids import ExternalId, Peer
from gateway.inbox import Inbox as WayIn
from gateway.metrics import Metrics
from gateway.model.conversation import State
from gateway.model.inbox import Inbox
from gateway.model.message import Inbound
from gateway.model.turn import Answer, Decision
from gateway.outbox import Outbox
from gateway.store import conversations, messages, turns
from gateway.store.store import Store

LIMITS = Thresholds(answer_at=0.5, clarify_at=0.1, clarify_times=1)


async def test_an_answer_that_cannot_be_stored_hands_over_and_says_so(
    store: Store, inbox: Inbox, clock: Callable[[], datetime]
) -> None:
    async def poison(question: Question) -> Answer:
        return replace(answer("never said"), slots={"order_number": 10**30})

    worker = TurnWorker(
        store, ScriptedBot(poison), Outbox(store, {}, clock), Metrics(), clock,
        limits=LIMITS, deadline_s=5, at_once=8,
    )  # fmt: skip
    received = await WayIn(store, worker.ring).receive(
        Inbound(
            inbox_id=inbox.id, peer=Peer("p"), external_id=ExternalId("p:1"), text="hello",
            at=clock(), payload={},
        )
    )  # fmt: skip
    assert await worker.answer_due() == 1
    id = received.conversation_id
    async with store.read() as connection:
        conversation = await conversations.get(connection, id)
        [turn] = await turns.closed(connection, id)
        said = await messages.since(connection, id)
    assert conversation.state is State.WAITING
    assert turn.decision is Decision.HANDED_OFF
    assert [each.author.kind.value for each in said] == ["customer", "system"]
    assert "colleague" in said[-1].text
