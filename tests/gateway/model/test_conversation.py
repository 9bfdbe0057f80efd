"""Every move from every state: allowed, or refused with the state and the owner."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from gateway.errors import IllegalMove, OwnedByAnother
from gateway.ids import AddressId, AgentId, ContactId, ConversationId, InboxId, QueueId
from gateway.model.conversation import Conversation, State
from gateway.model.owner import BOT, Owner

NOW = datetime(2026, 1, 1, 9, tzinfo=UTC)
EARLIER = NOW - timedelta(minutes=5)
SARA, OMID, QUEUE, SALES = AgentId("sara"), AgentId("omid"), QueueId("queue"), QueueId("sales")

WITH_BOT = Conversation(
    id=ConversationId("c"), number=1, contact_id=ContactId("p"), inbox_id=InboxId("i"),
    address_id=AddressId("a"), owner=BOT, state=State.WITH_BOT, ownership=1, last_seq=3,
    created_at=EARLIER, updated_at=EARLIER, waiting_since=EARLIER,
)  # fmt: skip
WAITING = WITH_BOT.ask_for_person(QUEUE, NOW)
WITH_SARA = WAITING.claim(SARA)
RESOLVED = WITH_SARA.resolve(NOW, "done")
ALL = {"with_bot": WITH_BOT, "waiting": WAITING, "with_agent": WITH_SARA, "resolved": RESOLVED}

MOVES: dict[str, tuple[Callable[[Conversation], Conversation], set[str]]] = {
    "hand off": (lambda c: c.ask_for_person(QUEUE, NOW), {"with_bot"}),
    "claim": (lambda c: c.claim(OMID, take_over=True), {"with_bot", "waiting", "with_agent"}),
    "to a queue": (lambda c: c.transfer_to_queue(SALES, NOW), {"waiting", "with_agent"}),
    "to an agent": (lambda c: c.transfer_to_agent(OMID), {"waiting", "with_agent"}),
    "to the bot": (lambda c: c.return_to_bot(), {"waiting", "with_agent"}),
    "resolve": (lambda c: c.resolve(NOW), {"with_bot", "waiting", "with_agent"}),
    "reopen": (lambda c: c.reopen(OMID), {"resolved"}),
}


@pytest.mark.parametrize("state", ALL)
@pytest.mark.parametrize("name", MOVES)
def test_a_move_raises_the_ownership_by_one_or_is_refused(name: str, state: str) -> None:
    move, allowed = MOVES[name]
    before = ALL[state]
    if state in allowed:
        after = move(before)
        assert after.ownership == before.ownership + 1
        assert after.owner != before.owner or name == "resolve"
    else:
        with pytest.raises(IllegalMove) as refused:
            move(before)
        assert refused.value.state == state
        assert refused.value.owner == {"kind": before.owner.kind, "id": before.owner.id}


def test_waiting_starts_at_the_first_unanswered_message_and_survives_transfers() -> None:
    assert WAITING.waiting_since == EARLIER
    assert WITH_SARA.waiting_since == EARLIER
    assert WITH_SARA.transfer_to_queue(SALES, NOW).waiting_since == EARLIER
    assert WITH_SARA.transfer_to_queue(SALES, NOW).claim(OMID).waiting_since == EARLIER


def test_an_answered_customer_who_is_transferred_waits_from_then_on() -> None:
    answered = replace(WITH_SARA, waiting_since=None)
    assert answered.transfer_to_queue(SALES, NOW).waiting_since == NOW


def test_claiming_what_one_holds_changes_nothing() -> None:
    assert WITH_SARA.claim(SARA) is WITH_SARA


def test_what_another_holds_is_refused_and_names_him() -> None:
    with pytest.raises(OwnedByAnother) as refused:
        WITH_SARA.claim(OMID)
    assert refused.value.owner == {"kind": "agent", "id": SARA}
    with pytest.raises(OwnedByAnother):
        WITH_SARA.must_be_held_by(OMID, "reply to")
    with pytest.raises(IllegalMove):
        WAITING.must_be_held_by(SARA, "reply to")
    WITH_SARA.must_be_held_by(SARA, "reply to")


def test_every_change_of_owner_wakes_a_snoozed_conversation() -> None:
    snoozed = WITH_SARA.snooze(NOW + timedelta(days=1))
    assert snoozed.ownership == WITH_SARA.ownership
    assert snoozed.transfer_to_agent(OMID).snoozed_until is None
    assert snoozed.wake() == WITH_SARA


def test_a_returned_conversation_says_so_and_a_reopened_one_forgets_its_end() -> None:
    assert WITH_SARA.return_to_bot().returned
    assert WITH_SARA.return_to_bot().owner == BOT
    reopened = RESOLVED.reopen()
    assert (reopened.state, reopened.owner) == (State.WITH_BOT, BOT)
    assert (reopened.resolved_at, reopened.outcome) == (None, None)
    assert RESOLVED.reopen(SARA).owner == Owner.agent(SARA)
