"""The turn worker over a real store: answers, asks back, hands off, and keeps quiet."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.bot import Question
from bot.fallback import Thresholds
from bot.scripted import ScriptedBot, answer
from bot.worker import TurnWorker
from gateway.errors import BotFailed
from gateway.events import EventKind
from gateway.ids import AgentId, ConversationId, ExternalId, Peer, new_id
from gateway.inbox import Inbox as WayIn
from gateway.metrics import Metrics
from gateway.model.agent import Agent, Presence, Role
from gateway.model.conversation import Conversation, State
from gateway.model.inbox import Inbox
from gateway.model.message import ASK_FOR_PERSON, Inbound, Message, Received
from gateway.model.turn import Answer, Decision
from gateway.outbox import Outbox
from gateway.store import agents, conversations, events, handoffs, messages, turns
from gateway.store.store import Store
from gateway.store.tx import Tx

LIMITS = Thresholds(answer_at=0.5, clarify_at=0.1, clarify_times=1)


class Scene:
    """One customer, a scripted bot and its worker."""

    def __init__(self, store: Store, inbox: Inbox, clock: Any) -> None:
        self.store = store
        self.inbox = inbox
        self.clock = clock
        self.bot = ScriptedBot()
        self.outbox = Outbox(store, {}, clock)
        self.metrics = Metrics()
        self.worker = self.new_worker()
        self.way_in = WayIn(store, self.worker.ring)
        self.count = 0

    def new_worker(self) -> TurnWorker:
        return TurnWorker(
            self.store, self.bot, self.outbox, self.metrics, self.clock,
            limits=LIMITS, deadline_s=5, at_once=8,
        )  # fmt: skip

    async def say(self, text: str, chosen: str | None = None, peer: str = "v1") -> Received:
        self.count += 1
        self.clock.forward(seconds=1)
        return await self.way_in.receive(
            Inbound(
                inbox_id=self.inbox.id,
                peer=Peer(peer),
                external_id=ExternalId(f"{peer}:{self.count}"),
                text=text,
                at=self.clock(),
                payload={},
                chosen=chosen,
            )
        )

    async def conversation(self, id: ConversationId) -> Conversation:
        async with self.store.read() as connection:
            return await conversations.get(connection, id)

    async def transcript(self, id: ConversationId) -> list[Message]:
        async with self.store.read() as connection:
            return await messages.since(connection, id)

    async def kinds(self) -> list[EventKind]:
        async with self.store.read() as connection:
            return [each.kind for each in await events.since(connection, 0)]


@pytest.fixture
def scene(store: Store, inbox: Inbox, clock: Any) -> Scene:
    return Scene(store, inbox, clock)


async def an_agent(store: Store, clock: Callable[[], Any]) -> Agent:
    agent = Agent(
        id=AgentId(new_id()), name="Sara", email="sara@example.com", role=Role.AGENT,
        presence=Presence.ONLINE, locale=None, disabled=False, created_at=clock(),
    )  # fmt: skip
    await store.write(lambda tx: agents.insert(tx, agent, "hash"))
    return agent


async def claim(store: Store, id: ConversationId, agent: Agent, now: Any) -> None:
    async def unit(tx: Tx) -> None:
        before = await conversations.lock(tx, id)
        await conversations.save(tx, before, before.claim(agent.id))
        await turns.drop_open(tx, id, "claimed", now)

    await store.write(unit)


async def test_a_turn_is_answered_and_the_customers_wait_ends(scene: Scene) -> None:
    received = await scene.say("hello")
    assert await scene.worker.answer_due() == 1
    said = await scene.transcript(received.conversation_id)
    assert [(m.author.kind, m.text) for m in said] == [
        ("customer", "hello"),
        ("bot", "You said: hello"),
    ]
    conversation = await scene.conversation(received.conversation_id)
    assert conversation.state is State.WITH_BOT
    assert conversation.waiting_since is None
    assert await scene.worker.answer_due() == 0


async def test_messages_before_the_answer_are_asked_together(scene: Scene) -> None:
    await scene.say("hello")
    await scene.say("where is my order")
    await scene.worker.answer_due()
    assert [each.text for each in scene.bot.asked] == ["hello\nwhere is my order"]


async def test_messages_that_come_while_the_bot_thinks_are_the_next_turn(scene: Scene) -> None:
    async def slow(question: Question) -> Answer:
        if question.text == "one":
            await scene.say("two")
        return answer(f"re {question.text}")

    scene.bot.script = slow
    received = await scene.say("one")
    await scene.worker.answer_due()
    waiting = (await scene.conversation(received.conversation_id)).waiting_since
    assert waiting == (await scene.transcript(received.conversation_id))[1].at
    await scene.worker.answer_due()
    said = [each.text for each in await scene.transcript(received.conversation_id)]
    assert said == ["one", "two", "re one", "re two"]


async def test_a_pressed_button_is_asked_as_a_choice_alone(scene: Scene) -> None:
    await scene.say("hi")
    await scene.say("Track my order", chosen="/order_status")
    await scene.say("quick please")
    for _ in range(3):
        await scene.worker.answer_due()
    asked = [(each.text, each.choice) for each in scene.bot.asked]
    assert asked == [("hi", None), (None, "/order_status"), ("quick please", None)]


async def test_a_typed_slash_command_is_asked_as_text(scene: Scene) -> None:
    await scene.say("/restart")
    await scene.worker.answer_due()
    assert (scene.bot.asked[0].text, scene.bot.asked[0].choice) == ("/restart", None)


async def test_a_wish_for_a_person_reaches_the_queue_without_the_bot(scene: Scene) -> None:
    received = await scene.say("Talk to a person", chosen=ASK_FOR_PERSON)
    wrote_at = scene.clock()
    scene.clock.forward(seconds=30)
    await scene.worker.answer_due()
    assert scene.bot.asked == []
    conversation = await scene.conversation(received.conversation_id)
    assert conversation.state is State.WAITING
    assert conversation.owner.id == scene.inbox.queue_id
    assert conversation.waiting_since == wrote_at
    said = await scene.transcript(received.conversation_id)
    assert said[-1].author.kind == "system"
    async with scene.store.read() as connection:
        (handoff,) = await handoffs.of_conversation(connection, received.conversation_id)
    assert handoff.reason == "asked_for_person"
    assert handoff.waiting_since == wrote_at
    assert "Support" in handoff.explanation


@pytest.mark.parametrize("why", ["down", "late", "error", "wrong_shape", "no_model"])
async def test_a_bot_that_fails_in_any_way_hands_over_and_says_so(scene: Scene, why: str) -> None:
    async def fail(question: Question) -> Answer:
        raise BotFailed(why)

    scene.bot.script = fail
    received = await scene.say("hello")
    await scene.worker.answer_due()
    conversation = await scene.conversation(received.conversation_id)
    assert conversation.state is State.WAITING
    said = await scene.transcript(received.conversation_id)
    assert "colleague" in said[-1].text


async def test_a_reply_is_dropped_when_an_agent_took_over(scene: Scene) -> None:
    agent = await an_agent(scene.store, scene.clock)

    async def overtaken(question: Question) -> Answer:
        await claim(scene.store, question.conversation_id, agent, scene.clock())
        return answer("too late")

    scene.bot.script = overtaken
    received = await scene.say("hello")
    await scene.worker.answer_due()
    said = await scene.transcript(received.conversation_id)
    assert [each.text for each in said] == ["hello"]
    assert EventKind.TURN_DROPPED in await scene.kinds()
    assert EventKind.TURN_ANSWERED not in await scene.kinds()


async def test_a_reply_is_dropped_also_when_the_bot_owns_it_again(scene: Scene) -> None:
    """Taken and given back while the bot thought: the old answer is to an old situation."""
    agent = await an_agent(scene.store, scene.clock)

    async def there_and_back(question: Question) -> Answer:
        await claim(scene.store, question.conversation_id, agent, scene.clock())

        async def give_back(tx: Tx) -> None:
            before = await conversations.lock(tx, question.conversation_id)
            await conversations.save(tx, before, before.return_to_bot())

        await scene.store.write(give_back)
        return answer("from before")

    scene.bot.script = there_and_back
    received = await scene.say("hello")
    await scene.worker.answer_due()
    assert [m.text for m in await scene.transcript(received.conversation_id)] == ["hello"]
    scene.bot.script = ScriptedBot().script
    await scene.say("and now?")
    await scene.worker.answer_due()
    assert scene.bot.asked[-1].returned
    assert scene.bot.asked[-1].text == "and now?"


async def test_two_workers_never_answer_one_turn_twice(scene: Scene) -> None:
    """The first is paused for longer than its lease; the second has taken over."""
    go_on = asyncio.Event()

    async def paused_once(question: Question) -> Answer:
        if len(scene.bot.asked) == 1:
            await go_on.wait()
        return answer(f"answer {len(scene.bot.asked)}")

    scene.bot.script = paused_once
    received = await scene.say("hello")
    first = asyncio.create_task(scene.worker.answer_due())
    while not scene.bot.asked:
        await asyncio.sleep(0.01)
    scene.clock.forward(minutes=5)
    assert await scene.new_worker().answer_due() == 1
    go_on.set()
    await first
    said = await scene.transcript(received.conversation_id)
    assert [each.text for each in said] == ["hello", "answer 2"]


async def test_not_understood_is_asked_back_once_with_buttons_then_goes_to_people(
    scene: Scene,
) -> None:
    async def unsure(question: Question) -> Answer:
        return answer("never said", intent="warranty", title="Warranty", score=0.2)

    scene.bot.script = unsure
    received = await scene.say("the thing with the thing")
    await scene.worker.answer_due()
    asked_back = (await scene.transcript(received.conversation_id))[-1]
    assert [b.value for b in asked_back.buttons] == ["/warranty", ASK_FOR_PERSON]
    await scene.say("no, the other thing")
    await scene.worker.answer_due()
    conversation = await scene.conversation(received.conversation_id)
    assert conversation.state is State.WAITING
    async with scene.store.read() as connection:
        (handoff,) = await handoffs.of_conversation(connection, received.conversation_id)
        closed = await turns.closed(connection, received.conversation_id)
    assert handoff.reason == "not_understood"
    assert [g.name for g in handoff.guesses] == ["warranty"]
    assert [t.decision for t in closed] == [Decision.CLARIFIED, Decision.HANDED_OFF]
    assert "never said" not in [m.text for m in await scene.transcript(conversation.id)]


async def test_slots_and_dialogue_are_kept_and_asked_with_the_next_turn(scene: Scene) -> None:
    async def remembers(question: Question) -> Answer:
        return replace(
            answer("ok", language="fa"),
            slots={"order_number": "1001"},
            dialogue=({"event": "slot", "n": len(question.dialogue)},),
        )

    scene.bot.script = remembers
    received = await scene.say("سفارش ۱۰۰۱")
    await scene.worker.answer_due()
    await scene.say("کی می‌رسه")
    await scene.worker.answer_due()
    question = scene.bot.asked[-1]
    assert question.slots == {"order_number": "1001"}
    assert question.dialogue == ({"event": "slot", "n": 0},)
    assert question.language == "fa"
    conversation = await scene.conversation(received.conversation_id)
    assert conversation.language == "fa"


async def test_what_an_agent_knows_and_the_bot_does_not_is_kept(scene: Scene) -> None:
    received = await scene.say("hello")

    async def agent_sets(tx: Tx) -> None:
        before = await conversations.lock(tx, received.conversation_id)
        known = {"shoe_size": "42", "order_number": "1001"}
        await conversations.save(tx, before, replace(before, slots=known))

    await scene.store.write(agent_sets)

    async def forgets_the_order(question: Question) -> Answer:
        return replace(
            answer("another order?"),
            slots={"language": "en"},
            forgotten=frozenset({"order_number"}),
        )

    scene.bot.script = forgets_the_order
    await scene.worker.answer_due()
    conversation = await scene.conversation(received.conversation_id)
    assert conversation.slots == {"shoe_size": "42", "language": "en"}


async def test_the_metrics_count_what_happened(scene: Scene) -> None:
    await scene.say("hello")
    await scene.say("Talk", chosen=ASK_FOR_PERSON, peer="v2")
    await scene.worker.answer_due()
    text = scene.metrics.text().decode()
    assert 'peyk_turns_total{decision="answered"} 1.0' in text
    assert 'peyk_handoffs_total{reason="asked_for_person"} 1.0' in text


async def test_a_running_worker_hears_the_bell_and_finishes_what_it_holds(scene: Scene) -> None:
    async def slow(question: Question) -> Answer:
        await asyncio.sleep(0.2)
        return answer("done")

    scene.bot.script = slow
    running = asyncio.create_task(scene.worker.run())
    received = await scene.say("hello")
    while not scene.bot.asked:
        await asyncio.sleep(0.01)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert (await scene.transcript(received.conversation_id))[-1].text == "done"


async def test_a_turn_whose_worker_died_is_answered_by_another(scene: Scene) -> None:
    received = await scene.say("hello")
    now = scene.clock()
    await scene.store.write(lambda tx: turns.claim_due(tx, now, timedelta(seconds=30), 10))
    assert await scene.worker.answer_due() == 0
    scene.clock.forward(seconds=31)
    assert await scene.worker.answer_due() == 1
    assert len(await scene.transcript(received.conversation_id)) == 2


async def test_a_running_worker_claims_a_turn_in_the_commit_of_its_message(scene: Scene) -> None:
    working = asyncio.create_task(scene.worker.run())
    await scene.worker.answer_due()
    received = await scene.say("hello")
    assert not received.turn_waits
    async with asyncio.timeout(20):
        while not scene.bot.asked:
            await asyncio.sleep(0.01)
    working.cancel()
    await asyncio.gather(working, return_exceptions=True)
    said = await scene.transcript(received.conversation_id)
    assert [each.author.kind.value for each in said] == ["customer", "bot"]


async def test_a_worker_with_its_hands_full_leaves_a_new_turn_until_it_is_free(
    scene: Scene,
) -> None:
    scene.worker = TurnWorker(
        scene.store, scene.bot, scene.outbox, scene.metrics, scene.clock,
        limits=LIMITS, deadline_s=5, at_once=1,
    )  # fmt: skip
    scene.way_in = WayIn(scene.store, scene.worker.ring)
    working = asyncio.create_task(scene.worker.run())
    await scene.worker.answer_due()
    all_received = [await scene.say("hello", peer=f"v{i}") for i in range(5)]
    async with asyncio.timeout(20):
        while len(scene.bot.asked) < 5:
            await asyncio.sleep(0.01)
    working.cancel()
    await asyncio.gather(working, return_exceptions=True)
    for received in all_received:
        assert len(await scene.transcript(received.conversation_id)) == 2
