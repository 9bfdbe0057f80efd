"""Every verb in every state, by whom it may be done and by whom not; and races."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest

from gateway.errors import BadInput, IllegalMove, NotFound, OwnedByAnother
from gateway.events import EventKind
from gateway.hub import LocalHub
from gateway.ids import AgentId, AttachmentId, ConversationId, MessageId, QueueId, new_id
from gateway.model.agent import Agent, Role
from gateway.model.conversation import Conversation, State
from gateway.model.inbox import Queue
from gateway.model.message import Attachment, AuthorKind, MessageKind
from gateway.model.owner import BOT, Owner
from gateway.store import attachments, deliveries, inboxes, messages, turns
from gateway.store.store import Store
from handoff.agents import Agents
from handoff.alarm import Alarm
from handoff.desk import Desk
from handoff.passwords import Passwords
from handoff.words import Words

HI = Words(text="Hello, I am here.")

Verb = Callable[[Desk, Agent, ConversationId, Any], Awaitable[object]]

VERBS: dict[str, Verb] = {
    "claim": lambda desk, me, it, _: desk.claim(me, it, take_over=True),
    "reply": lambda desk, me, it, _: desk.reply(me, it, HI),
    "note": lambda desk, me, it, _: desk.note(me, it, HI),
    "transfer": lambda desk, me, it, to: desk.transfer(me, it, Owner.queue(to.id)),
    "give": lambda desk, me, it, _: desk.transfer(me, it, Owner.agent(me.id)),
    "return": lambda desk, me, it, _: desk.return_to_bot(me, it),
    "snooze": lambda desk, me, it, _: desk.snooze(me, it, desk._clock() + timedelta(hours=2)),
    "resolve": lambda desk, me, it, _: desk.resolve(me, it, "solved"),
    "reopen": lambda desk, me, it, _: desk.reopen(me, it),
    "slots": lambda desk, me, it, _: desk.set_slots(me, it, {"order_number": "PK-1001"}),
}

AGENT, LEAD = Role.AGENT, Role.SUPERVISOR
NO, TAKEN = IllegalMove, OwnedByAnother
MINE, BOTS, QUEUED, OVER, THEIRS = "mine", "with_bot", "waiting", "resolved", "theirs"
SLEEPING = "mine, snoozed"

# state before -> verb -> what an agent gets, what a supervisor gets
TABLE: dict[str, dict[str, tuple[Any, Any]]] = {
    BOTS: {
        "claim": (MINE, MINE),
        "reply": (NO, NO),
        "note": (BOTS, BOTS),
        "transfer": (NO, NO),
        "give": (NO, NO),
        "return": (NO, NO),
        "snooze": (NO, NO),
        "resolve": (OVER, OVER),
        "reopen": (NO, NO),
        "slots": (NO, NO),
    },
    QUEUED: {
        "claim": (MINE, MINE),
        "reply": (NO, NO),
        "note": (QUEUED, QUEUED),
        "transfer": (QUEUED, QUEUED),
        "give": (MINE, MINE),
        "return": (BOTS, BOTS),
        "snooze": ("waiting, snoozed", "waiting, snoozed"),
        "resolve": (OVER, OVER),
        "reopen": (NO, NO),
        "slots": (QUEUED, QUEUED),
    },
    "waiting, snoozed": {
        "claim": (MINE, MINE),
        "reply": (NO, NO),
        "note": ("waiting, snoozed", "waiting, snoozed"),
        "transfer": (QUEUED, QUEUED),
        "give": (MINE, MINE),
        "return": (BOTS, BOTS),
        "snooze": ("waiting, snoozed", "waiting, snoozed"),
        "resolve": (OVER, OVER),
        "reopen": (NO, NO),
        "slots": ("waiting, snoozed", "waiting, snoozed"),
    },
    MINE: {
        "claim": (MINE, MINE),
        "reply": (MINE, MINE),
        "note": (MINE, MINE),
        "transfer": (QUEUED, QUEUED),
        "give": (MINE, MINE),
        "return": (BOTS, BOTS),
        "snooze": (SLEEPING, SLEEPING),
        "resolve": (OVER, OVER),
        "reopen": (NO, NO),
        "slots": (MINE, MINE),
    },
    SLEEPING: {
        "claim": (SLEEPING, SLEEPING),
        "reply": (MINE, MINE),
        "note": (SLEEPING, SLEEPING),
        "transfer": (QUEUED, QUEUED),
        "give": (SLEEPING, SLEEPING),
        "return": (BOTS, BOTS),
        "snooze": (SLEEPING, SLEEPING),
        "resolve": (OVER, OVER),
        "reopen": (NO, NO),
        "slots": (SLEEPING, SLEEPING),
    },
    THEIRS: {
        "claim": (TAKEN, MINE),
        "reply": (TAKEN, TAKEN),
        "note": (THEIRS, THEIRS),
        "transfer": (TAKEN, QUEUED),
        "give": (TAKEN, MINE),
        "return": (TAKEN, BOTS),
        "snooze": (TAKEN, "theirs, snoozed"),
        "resolve": (TAKEN, OVER),
        "reopen": (NO, NO),
        "slots": (TAKEN, THEIRS),
    },
    OVER: {
        "claim": (NO, NO),
        "reply": (NO, NO),
        "note": (OVER, OVER),
        "transfer": (NO, NO),
        "give": (NO, NO),
        "return": (NO, NO),
        "snooze": (NO, NO),
        "resolve": (NO, NO),
        "reopen": (MINE, MINE),
        "slots": (NO, NO),
    },
}


def test_the_table_knows_every_verb_in_every_state() -> None:
    assert all(set(row) == set(VERBS) for row in TABLE.values())


async def brought_to(
    start: str, desk: Desk, me: Agent, other: Agent, customers: Any
) -> ConversationId:
    if start == BOTS:
        return await made(customers.write())
    id: ConversationId = await customers.wait()
    if start.startswith(("mine", "theirs")):
        await desk.claim(me if start.startswith("mine") else other, id)
    if start == OVER:
        await desk.resolve(me, id)
    if "snoozed" in start:
        await desk.snooze(me, id, desk._clock() + timedelta(hours=1))
    return id


async def made(writing: Awaitable[ConversationId]) -> ConversationId:
    return await writing


def described(conversation: Conversation, me: Agent) -> str:
    owner = {Owner.agent(me.id): MINE}.get(conversation.owner, THEIRS)
    word = owner if conversation.state is State.WITH_AGENT else conversation.state.value
    return f"{word}, snoozed" if conversation.snoozed_until else word


@pytest.mark.parametrize("start", TABLE)
async def test_every_verb_in_this_state_does_what_the_table_says(
    start: str, desk: Desk, make_agent: Any, customers: Any, sales: Queue
) -> None:
    other = await make_agent("Omid")
    for role, column in ((AGENT, 0), (LEAD, 1)):
        me = await make_agent("Sara", role)
        for verb, expected in TABLE[start].items():
            id = await brought_to(start, desk, me, other, customers)
            before, told = await customers.now(id), len(await customers.events())
            raised = None
            try:
                await VERBS[verb](desk, me, id, sales)
            except IllegalMove as error:
                raised = error
            after = await customers.now(id)
            found = type(raised) if raised else described(after, me)
            assert found == expected[column], (start, verb, role)
            if raised is not None:
                assert after == before
                assert len(await customers.events()) == told
                assert raised.owner["id"] == before.owner.id
                assert raised.ownership == before.ownership
            moved = after.owner != before.owner or after.state != before.state
            assert (after.ownership > before.ownership) is moved


async def test_a_lost_race_names_the_present_owner(
    desk: Desk, sara: Agent, omid: Agent, customers: Any
) -> None:
    id = await customers.wait()
    await desk.claim(sara, id)
    with pytest.raises(OwnedByAnother) as lost:
        await desk.claim(omid, id)
    assert lost.value.owner == {"kind": "agent", "id": sara.id, "name": "Sara"}


async def test_of_two_agents_who_claim_at_once_exactly_one_wins(
    desk: Desk, sara: Agent, omid: Agent, customers: Any
) -> None:
    for _ in range(100):
        id = await customers.wait()
        results = await asyncio.gather(
            desk.claim(sara, id), desk.claim(omid, id), return_exceptions=True
        )
        (won,) = [each for each in results if isinstance(each, Conversation)]
        (lost,) = [each for each in results if isinstance(each, OwnedByAnother)]
        assert lost.owner["id"] == won.owner.id
        assert (await customers.now(id)).owner == won.owner


async def test_claim_next_gives_twenty_agents_twenty_different_ones_oldest_first(
    desk: Desk, make_agent: Any, customers: Any, clock: Any
) -> None:
    waiting = []
    for _ in range(50):
        waiting.append(await customers.wait())
        clock.forward(seconds=1)
    agents = [await make_agent(f"agent {n}") for n in range(20)]
    first = await asyncio.gather(*(desk.claim_next(agent) for agent in agents))
    assert {each.id for each in first if each} == set(waiting[:20])
    second = await asyncio.gather(*(desk.claim_next(agent) for agent in agents))
    third = await asyncio.gather(*(desk.claim_next(agent) for agent in agents))
    assert {each.id for each in second if each} == set(waiting[20:40])
    assert {each.id for each in third if each} == set(waiting[40:])
    assert sum(each is None for each in third) == 10


async def test_claim_next_does_not_say_nobody_waits_while_a_customer_writes(
    desk: Desk, sara: Agent, customers: Any
) -> None:
    for n in range(30):
        id = await customers.wait(f"peer {n}")
        _, claimed = await asyncio.gather(customers.write(f"peer {n}"), desk.claim_next(sara))
        assert claimed is not None
        assert claimed.id == id


async def test_claim_next_of_a_queue_leaves_other_queues_alone(
    desk: Desk, sara: Agent, customers: Any, sales: Queue
) -> None:
    older, younger = await customers.wait(), await customers.wait()
    await desk.transfer(sara, younger, Owner.queue(sales.id))
    claimed = await desk.claim_next(sara, sales.id)
    assert claimed is not None
    assert claimed.id == younger
    assert await desk.claim_next(sara, sales.id) is None
    assert (await customers.now(older)).state is State.WAITING
    with pytest.raises(BadInput):
        await desk.claim_next(sara, QueueId(new_id()))


async def test_claim_next_passes_over_what_is_snoozed(
    desk: Desk, sara: Agent, customers: Any, clock: Any
) -> None:
    id = await customers.wait()
    await desk.snooze(sara, id, clock() + timedelta(hours=1))
    assert await desk.claim_next(sara) is None


async def test_claiming_again_changes_nothing_and_tells_nothing(
    desk: Desk, sara: Agent, customers: Any
) -> None:
    id = await customers.wait()
    once = await desk.claim(sara, id)
    told = len(await customers.events())
    assert await desk.claim(sara, id) == once
    assert len(await customers.events()) == told


async def test_a_claim_from_the_bot_drops_its_turn_and_leaves_a_handoff(
    desk: Desk, sara: Agent, customers: Any, store: Store, clock: Any
) -> None:
    id = await customers.write()
    await desk.claim(sara, id)
    async with store.read() as connection:
        (turn,) = await turns.closed(connection, id)
    assert turn.decision == "dropped"
    (handoff,) = await customers.handoffs(id)
    assert (handoff.reason, handoff.taken_by) == ("taken_by_agent", sara.id)
    kinds = [each.kind for each in await customers.events(id)]
    assert kinds[-2:] == [EventKind.TURN_DROPPED, EventKind.CLAIMED]


async def test_who_takes_a_handoff_first_is_noted_and_stays_noted(
    desk: Desk, sara: Agent, boss: Agent, customers: Any
) -> None:
    id = await customers.wait()
    await desk.claim(sara, id)
    with pytest.raises(OwnedByAnother):
        await desk.claim(boss, id)
    await desk.claim(boss, id, take_over=True)
    (handoff,) = await customers.handoffs(id)
    assert handoff.taken_by == sara.id
    assert handoff.ended_at is None
    await desk.return_to_bot(boss, id)
    (handoff,) = await customers.handoffs(id)
    assert handoff.ended_by == "returned"


async def test_the_wait_survives_transfers_and_ends_with_an_answer(
    desk: Desk, sara: Agent, omid: Agent, customers: Any, sales: Queue, clock: Any
) -> None:
    since = clock()
    id = await customers.wait()
    clock.forward(minutes=5)
    await desk.claim(sara, id)
    clock.forward(minutes=5)
    await desk.transfer(sara, id, Owner.queue(sales.id), "for sales")
    await desk.transfer(sara, id, Owner.agent(omid.id))
    await desk.note(omid, id, HI)
    assert (await customers.now(id)).waiting_since == since
    await desk.reply(omid, id, HI)
    assert (await customers.now(id)).waiting_since is None


async def test_an_answered_customer_waits_anew_in_the_queue_he_is_given_to(
    desk: Desk, sara: Agent, customers: Any, sales: Queue, clock: Any
) -> None:
    id = await customers.wait()
    await desk.claim(sara, id)
    await desk.reply(sara, id, HI)
    clock.forward(minutes=5)
    after = await desk.transfer(sara, id, Owner.queue(sales.id))
    assert after.waiting_since == clock()
    claimed = await desk.claim_next(sara)
    assert claimed is not None
    assert claimed.id == id


async def test_a_transfer_s_note_is_seen_by_agents_only(
    desk: Desk, sara: Agent, omid: Agent, customers: Any, store: Store
) -> None:
    id = await customers.wait()
    await desk.transfer(sara, id, Owner.agent(omid.id), "he is in a hurry")
    async with store.read() as connection:
        assert len(await messages.since(connection, id)) == 1
        note = (await messages.since(connection, id, notes=True))[-1]
        assert not await deliveries.of_messages(connection, [note.id])
    assert (note.kind, note.text, note.author.id) == (
        MessageKind.NOTE,
        "he is in a hurry",
        sara.id,
    )


async def test_a_transfer_to_nowhere_is_refused(
    desk: Desk, sara: Agent, make_agent: Any, customers: Any, sales: Queue, store: Store
) -> None:
    id = await customers.wait()
    gone = await make_agent("Gone", disabled=True)
    await store.write(lambda tx: inboxes.change_queue(tx, sales.id, disabled_at=desk._clock()))
    before = await customers.now(id)
    for to in (
        Owner.queue(QueueId(new_id())),
        Owner.queue(sales.id),
        Owner.agent(AgentId(new_id())),
        Owner.agent(gone.id),
    ):
        with pytest.raises(BadInput):
            await desk.transfer(sara, id, to)
    assert await customers.now(id) == before


async def test_a_reply_reaches_the_customer_once_with_its_delivery(
    desk: Desk, sara: Agent, customers: Any, store: Store
) -> None:
    id = await customers.wait()
    await desk.claim(sara, id)
    after, message = await desk.reply(sara, id, HI)
    assert after.last_seq == message.seq == 2
    assert after.last_message is not None
    assert after.last_message["text"] == HI.text
    async with store.read() as connection:
        found = await deliveries.of_messages(connection, [message.id])
    assert found[message.id].state == "sent"


async def test_a_reply_wakes_and_a_note_does_not(
    desk: Desk, sara: Agent, customers: Any, clock: Any
) -> None:
    id = await customers.wait()
    await desk.claim(sara, id)
    await desk.snooze(sara, id, clock() + timedelta(hours=1))
    await desk.note(sara, id, HI)
    assert (await customers.now(id)).snoozed_until is not None
    await desk.reply(sara, id, HI)
    assert (await customers.now(id)).snoozed_until is None
    kinds = [each.kind for each in await customers.events(id)]
    assert kinds[-2:] == [EventKind.UNSNOOZED, EventKind.MESSAGE_ADDED]


async def test_nothing_said_is_refused(desk: Desk, sara: Agent, customers: Any) -> None:
    id = await customers.wait()
    await desk.claim(sara, id)
    with pytest.raises(BadInput):
        await desk.reply(sara, id, Words(text=" \n"))


async def test_a_reply_carries_only_files_its_agent_stored_and_each_once(
    desk: Desk, sara: Agent, omid: Agent, customers: Any, store: Store
) -> None:
    id = await customers.wait()
    await desk.claim(sara, id)
    mine, theirs = stored_by(sara), stored_by(omid)
    await store.write(lambda tx: attachments.insert(tx, mine))
    await store.write(lambda tx: attachments.insert(tx, theirs))
    for wrong in (theirs.id, AttachmentId(new_id())):
        with pytest.raises(BadInput):
            await desk.reply(sara, id, Words(text="x", attachment_ids=(wrong,)))
    _, message = await desk.reply(sara, id, Words(text="", attachment_ids=(mine.id, mine.id)))
    assert [each.id for each in message.attachments] == [mine.id]
    with pytest.raises(BadInput):
        await desk.reply(sara, id, Words(text="again", attachment_ids=(mine.id,)))


def stored_by(agent: Agent) -> Attachment:
    return Attachment(
        id=AttachmentId(new_id()),
        filename="a.txt",
        content_type="text/plain",
        size=1,
        key=new_id(),
        created_at=agent.created_at,
        agent_id=agent.id,
    )


async def test_a_reply_points_to_what_was_said_to_the_customer_and_to_nothing_else(
    desk: Desk, sara: Agent, customers: Any
) -> None:
    id, other = await customers.wait(), await customers.wait()
    await desk.claim(sara, id)
    await desk.claim(sara, other)
    _, said = await desk.reply(sara, id, HI)
    _, note = await desk.note(sara, id, HI)
    _, elsewhere = await desk.reply(sara, other, HI)
    for wrong in (note.id, elsewhere.id, MessageId(new_id())):
        with pytest.raises(BadInput):
            await desk.reply(sara, id, Words(text="x", reply_to=wrong))
    _, message = await desk.reply(sara, id, Words(text="x", reply_to=said.id))
    assert message.reply_to == said.id
    await desk.note(sara, id, Words(text="x", reply_to=note.id))


async def test_the_bot_gets_the_slots_that_people_found_out(
    desk: Desk, sara: Agent, customers: Any
) -> None:
    id = await customers.wait()
    await desk.set_slots(sara, id, {"order_number": "PK-1001", "city": "Yazd"})
    await desk.claim(sara, id)
    after = await desk.return_to_bot(sara, id, "known customer", {"city": None})
    assert after.slots == {"order_number": "PK-1001", "city": None}
    assert after.owner == BOT
    assert after.returned
    told = [e for e in await customers.events(id) if e.kind is EventKind.SLOTS_CHANGED]
    assert told[-1].data["slots"] == after.slots


async def test_setting_the_same_slots_again_tells_nothing(
    desk: Desk, sara: Agent, customers: Any
) -> None:
    id = await customers.wait()
    await desk.set_slots(sara, id, {"city": "Yazd"})
    told = len(await customers.events())
    await desk.set_slots(sara, id, {"city": "Yazd"})
    assert len(await customers.events()) == told
    with pytest.raises(BadInput):
        await desk.set_slots(sara, id, {str(n): n for n in range(200)})


async def test_a_snoozed_conversation_wakes_when_due_and_once(
    desk: Desk, sara: Agent, customers: Any, store: Store, clock: Any
) -> None:
    alarm = Alarm(store, clock)
    id = await customers.wait()
    await desk.snooze(sara, id, clock() + timedelta(minutes=10))
    assert await alarm.wake_due() == 0
    clock.forward(minutes=10)
    assert sum(await asyncio.gather(*(alarm.wake_due() for _ in range(5)))) == 1
    after = await customers.now(id)
    assert (after.state, after.snoozed_until) == (State.WAITING, None)
    (woken,) = [e for e in await customers.events(id) if e.kind is EventKind.UNSNOOZED]
    assert woken.actor.kind is AuthorKind.SYSTEM


async def test_the_alarm_s_loop_wakes_by_itself(
    desk: Desk, sara: Agent, customers: Any, store: Store, clock: Any
) -> None:
    id = await customers.wait()
    await desk.snooze(sara, id, clock() + timedelta(seconds=1))
    clock.forward(seconds=2)
    running = asyncio.create_task(Alarm(store, clock).run())
    async with asyncio.timeout(5):
        while (await customers.now(id)).snoozed_until is not None:
            await asyncio.sleep(0.02)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running


async def test_a_snooze_into_the_past_or_for_ever_is_refused(
    desk: Desk, sara: Agent, customers: Any, clock: Any
) -> None:
    id = await customers.wait()
    for until in (clock(), clock() - timedelta(days=1), clock() + timedelta(days=500)):
        with pytest.raises(BadInput):
            await desk.snooze(sara, id, until)


async def test_resolving_drops_what_the_bot_was_about_to_answer(
    desk: Desk, sara: Agent, customers: Any, store: Store
) -> None:
    id = await customers.write()
    after = await desk.resolve(sara, id, "spam")
    assert (after.state, after.outcome) == (State.RESOLVED, "spam")
    async with store.read() as connection:
        (turn,) = await turns.closed(connection, id)
    assert turn.decision == "dropped"


async def test_a_customer_who_comes_back_finds_the_bot_that_knows_people_spoke(
    desk: Desk, sara: Agent, customers: Any
) -> None:
    id = await customers.wait("v1")
    await desk.claim(sara, id)
    await desk.resolve(sara, id)
    assert await customers.write("v1") == id
    after = await customers.now(id)
    assert (after.state, after.returned) == (State.WITH_BOT, True)


async def test_what_does_not_exist_is_not_found(desk: Desk, sara: Agent, customers: Any) -> None:
    with pytest.raises(NotFound):
        await desk.claim(sara, ConversationId(new_id()))


async def test_every_verb_moves_the_conversation_to_the_top_of_the_list(
    desk: Desk, sara: Agent, customers: Any, clock: Any
) -> None:
    id = await customers.wait()
    clock.forward(minutes=1)
    await desk.claim(sara, id)
    assert (await customers.now(id)).updated_at == clock()


async def test_a_reply_under_one_key_is_one_message_whatever_is_known_of_the_first(
    desk: Desk, sara: Agent, customers: Any
) -> None:
    """As when the commit happened and its answer was lost."""
    id = await customers.wait()
    await desk.claim(sara, id)
    first, said = await desk.reply(sara, id, Words(text="on its way", key="k1"))
    again, repeated = await desk.reply(sara, id, Words(text="on its way", key="k1"))
    assert repeated.id == said.id
    assert again.last_seq == first.last_seq
    _, other = await desk.reply(sara, id, Words(text="on its way", key="k2"))
    assert other.id != said.id


async def test_what_crossed_the_return_is_the_bots_next_turn(
    store: Store, desk: Desk, sara: Agent, customers: Any, clock: Any
) -> None:
    id = await customers.write("peer")
    await desk.claim(sara, id)
    await desk.reply(sara, id, Words(text="the bot can tell you"))
    assert await customers.write("peer", "and the price?") == id
    returned = await desk.return_to_bot(sara, id)
    assert returned.waiting_since is not None
    due = await store.write(lambda tx: turns.claim_due(tx, clock(), timedelta(seconds=30), 10))
    assert [(each.conversation_id, each.ownership) for each in due] == [(id, returned.ownership)]


async def test_what_called_for_a_person_is_not_asked_the_bot_again(
    store: Store, desk: Desk, sara: Agent, customers: Any, clock: Any
) -> None:
    id = await customers.wait()
    returned = await desk.return_to_bot(sara, id)
    assert returned.waiting_since is None
    assert (
        await store.write(lambda tx: turns.claim_due(tx, clock(), timedelta(seconds=30), 10)) == []
    )


async def test_only_the_last_conversation_of_a_customer_is_reopened(
    desk: Desk, sara: Agent, customers: Any, clock: Any
) -> None:
    old = await customers.write("peer")
    await desk.resolve(sara, old)
    clock.forward(days=30)
    new = await customers.write("peer")
    assert new != old
    with pytest.raises(BadInput) as refused:
        await desk.reopen(sara, old)
    assert refused.value.field == "conversation"


async def test_what_a_disabled_agent_held_waits_in_its_queue_again(
    store: Store, hub: LocalHub, desk: Desk, sara: Agent, boss: Agent, customers: Any, clock: Any
) -> None:
    id = await customers.wait()
    since = (await customers.now(id)).waiting_since
    await desk.claim(sara, id)
    await Agents(store, hub, Passwords(), clock).change(sara.id, boss, disabled=True)
    now = await customers.now(id)
    assert now.state is State.WAITING
    assert now.waiting_since == since
    assert (await customers.events(id))[-1].kind is EventKind.TRANSFERRED
