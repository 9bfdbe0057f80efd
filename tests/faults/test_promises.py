"""The design's promises 1 to 7 under random interleavings of everybody at once.

`PEYK_RUNS` sets how many runs each database gets; a failure names its seed.
"""

from __future__ import annotations

import os
from collections import Counter

import pytest

from gateway.events import EventKind
from gateway.model.conversation import State
from gateway.model.inbox import Inbox
from gateway.model.message import AuthorKind, MessageKind
from gateway.model.turn import Decision
from gateway.store.store import Store
from tests.faults.world import Stored, World, make_staff, read_stored

RUNS = int(os.environ.get("PEYK_RUNS", "500"))


@pytest.mark.slow
@pytest.mark.timeout(600)
async def test_promises_one_to_seven_hold_in_every_interleaving(store: Store, inbox: Inbox) -> None:
    staff = await make_staff(store)
    happened: Counter[str] = Counter()
    for seed in range(RUNS):
        world = World(store, inbox, staff, seed)
        await world.run()
        stored = await read_stored(world)
        try:
            check(world, stored)
        except AssertionError as error:
            raise AssertionError(f"seed {seed}: {error}") from error
        await world.clear()
        happened.update(each.kind.value for each in stored.events)
        happened.update(f"turn {each.decision}" for each in stored.turns)
        happened.update(f"delivery {state}" for _, state, _ in stored.deliveries)
    # Many runs are worth something only if all of this did happen in them.
    for rare in () if RUNS < 200 else (
        EventKind.TURN_DROPPED, EventKind.HANDED_OFF, EventKind.RETURNED_TO_BOT,
        EventKind.REOPENED, "delivery uncertain", "turn clarified",
    ):  # fmt: skip
        assert happened[rare] > 0, rare


def check(world: World, stored: Stored) -> None:
    """Every promise, by comparing what people were told with what is stored."""
    acknowledged_is_stored(world, stored)
    received_once(world, stored)
    sent_once(world, stored)
    the_bot_is_silent_over_a_persons_head(stored)
    order_holds(world, stored)
    the_reader_missed_nothing(world, stored)
    one_owner_at_a_time(stored)
    nobody_is_left_in_silence(stored)


def acknowledged_is_stored(world: World, stored: Stored) -> None:
    """Promise 1."""
    by_external = {str(m.external_id): m for said in stored.messages.values() for m in said}
    for external_id, received in world.told.acknowledged.items():
        message = by_external[external_id]
        assert (message.id, message.seq) == (received.message_id, received.seq)
    said = {m.id for all_said in stored.messages.values() for m in all_said}
    assert {m.id for m in world.told.agents_said} <= said


def received_once(world: World, stored: Stored) -> None:
    """Promise 2."""
    times = Counter(
        m.external_id for said in stored.messages.values() for m in said if m.external_id
    )
    assert set(times.values()) == {1}
    for external_id, received in world.told.repeats:
        first = world.told.acknowledged[external_id]
        assert (received.message_id, received.seq) == (first.message_id, first.seq)


def sent_once(world: World, stored: Stored) -> None:
    """Promise 3: and what was sent is a message to this customer, never a note."""
    went = Counter(str(m.id) for took in world.network.took.values() for m in took)
    assert all(times == 1 for times in went.values())
    deliveries = Counter(message for message, _, _ in stored.deliveries)
    for said in stored.messages.values():
        for m in said:
            ours = m.kind is MessageKind.MESSAGE and m.author.kind is not AuthorKind.CUSTOMER
            assert deliveries[m.id] == (1 if ours else 0)
    states = {message: state for message, state, _ in stored.deliveries}
    assert set(states.values()) <= {"sent", "uncertain", "failed"}
    assert all(went[message] == 1 for message, state in states.items() if state == "sent")


def the_bot_is_silent_over_a_persons_head(stored: Stored) -> None:
    """Promise 4, from the events, which stand in the order of the commits."""
    with_people: set[str | None] = set()
    for event in stored.events:
        id = event.conversation_id
        if event.kind in (EventKind.HANDED_OFF, EventKind.CLAIMED, EventKind.TRANSFERRED):
            with_people.add(id)
        elif event.kind in (EventKind.RETURNED_TO_BOT, EventKind.RESOLVED):
            with_people.discard(id)
        elif event.kind is EventKind.MESSAGE_ADDED and event.actor.kind is AuthorKind.BOT:
            assert id not in with_people


def order_holds(world: World, stored: Stored) -> None:
    """Promise 5: numbers without gaps, customers' order in, our order out."""
    for said in stored.messages.values():
        assert [m.seq for m in said] == list(range(1, len(said) + 1))
    for order in world.told.order.values():
        seqs = [world.told.acknowledged[external_id].seq for external_id in order]
        assert seqs == sorted(seqs)
    for took in world.network.took.values():
        assert [m.seq for m in took] == sorted(m.seq for m in took)


def the_reader_missed_nothing(world: World, stored: Stored) -> None:
    """Promise 6: a reader that resumed at random points saw the whole log, once."""
    assert [e.n for e in world.told.seen] == [e.n for e in stored.events]
    first = world.started_at + 1
    assert [e.n for e in stored.events] == list(range(first, first + len(stored.events)))


def one_owner_at_a_time(stored: Stored) -> None:
    """Promise 7: every claim found nobody there, or was a supervisor's taking over."""
    owner: dict[str | None, str | None] = {}
    for event in stored.events:
        id, actor = event.conversation_id, event.actor
        if event.kind is EventKind.CLAIMED:
            assert owner.get(id) is None or actor.name == "Laila"
            owner[id] = actor.id
        elif event.kind in (EventKind.RETURNED_TO_BOT, EventKind.RESOLVED):
            owner[id] = None
        elif event.kind is EventKind.MESSAGE_ADDED and actor.kind is AuthorKind.AGENT:
            note = event.data["kind"] == MessageKind.NOTE.value
            assert note or owner[id] == actor.id
    for conversation in stored.conversations:
        assert conversation.owner.id == (
            owner.get(conversation.id) or conversation.queue_id
        ) or conversation.state in (State.WITH_BOT, State.RESOLVED)


def nobody_is_left_in_silence(stored: Stored) -> None:
    """Promise 8, and step 4: every turn is over; each was answered once or told why not."""
    said_in_turn = Counter(
        m.turn_id for said in stored.messages.values() for m in said if m.turn_id
    )
    for turn in stored.turns:
        assert turn.closed_at is not None
        if turn.decision is Decision.ANSWERED:
            assert said_in_turn[turn.id] == 2
        elif turn.decision is Decision.CLARIFIED:
            assert said_in_turn[turn.id] == 1
        elif turn.decision is Decision.DROPPED:
            assert said_in_turn[turn.id] == 0
            assert turn.reasons
    for conversation in stored.conversations:
        if conversation.state is State.WITH_BOT:
            assert conversation.waiting_since is None
