"""What must hold after any number of crashes: what people were told is what is stored.

An independent checker: it knows the words of the design and the tables, and none of the
code that wrote them.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from tests.faults.customer import Customer
from tests.faults.stored import Row, Stored

WITH_PEOPLE = ("handed_off", "claimed", "transferred")


def check_all(stored: Stored, customers: Sequence[Customer]) -> None:
    """Every promise about customers. Raises AssertionError, naming what is wrong."""
    acknowledged_is_stored(stored, customers)
    received_once(stored, customers)
    order_holds(stored, customers)
    numbers_have_no_gaps(stored)
    every_message_is_told_once(stored)
    every_turn_is_over_once(stored)
    every_message_to_the_bot_is_in_one_turn(stored)
    the_bot_is_silent_over_a_persons_head(stored)
    everything_said_is_delivered_once(stored)
    for each in customers:
        saw_what_is_stored(stored, each)


def acknowledged_is_stored(stored: Stored, customers: Iterable[Customer]) -> None:
    """Once, as the message that the ack named."""
    for each in customers:
        for said in each.said:
            if said.ack is None:
                continue
            rows = [row for id in said.ids for row in stored.by_client_id[id]]
            assert [(r["id"], r["seq"], r["conversation_id"]) for r in rows] == [
                (said.ack["message_id"], said.ack["seq"], said.ack["conversation_id"])
            ], said


def received_once(stored: Stored, customers: Iterable[Customer]) -> None:
    """Acknowledged or not, nothing is there twice, however often it was sent."""
    known = stored.by_client_id
    for each in customers:
        for said in each.said:
            times = sum(len(known[id]) for id in said.ids if id in known)
            assert times <= 1, f"stored {times} times: {said}"


def order_holds(stored: Stored, customers: Iterable[Customer]) -> None:
    """What a customer said stands in the order in which he said it."""
    for each in customers:
        places = {id: n for n, said in enumerate(each.said) for id in said.ids}
        rows = stored.messages_of(each.conversation_id or "")
        order = [places[row["client_id"]] for row in rows if row["client_id"] in places]
        assert order == sorted(order), order


def numbers_have_no_gaps(stored: Stored) -> None:
    for id, conversation in stored.conversations.items():
        seqs = [row["seq"] for row in stored.messages_of(id)]
        assert seqs == list(range(1, conversation["last_seq"] + 1)), (id, seqs)
    numbers = [event["n"] for event in stored.events]
    assert numbers == list(range(1, stored.last_event + 1))


def every_message_is_told_once(stored: Stored) -> None:
    """Each by one event, in the order of the numbers."""
    told = defaultdict(list)
    for event in stored.events:
        if event["kind"] == "message_added":
            told[event["conversation_id"]].append(event["data"]["message_id"])
    for id in stored.conversations:
        assert told[id] == [row["id"] for row in stored.messages_of(id)]


def every_turn_is_over_once(stored: Stored) -> None:
    """Answered once, or handed off, or dropped with a reason."""
    answers = Counter(
        event["data"]["turn_id"] for event in stored.events if event["kind"] == "turn_answered"
    )
    words = Counter(row["turn_id"] for row in stored.messages if row["turn_id"])
    for turn in stored.turns:
        id, decision = turn["id"], turn["decision"]
        assert turn["closed_at"] is not None, f"left open: {turn}"
        assert answers[id] == (0 if decision == "dropped" else 1), turn
        if decision == "dropped":
            assert _list(turn["reasons"]), turn
            assert words[id] == 0, turn
        elif decision != "handed_off":
            assert words[id] >= 1, f"silence: {turn}"
    _every_handoff_is_a_row(stored)


def _every_handoff_is_a_row(stored: Stored) -> None:
    """And the customer was told of each that the bot made."""
    told = [e["data"]["handoff_id"] for e in stored.events if e["kind"] == "handed_off"]
    assert len(told) == len(set(told))
    assert set(told) <= {row["id"] for row in stored.handoffs}
    by_bot = sum(turn["decision"] == "handed_off" for turn in stored.turns)
    notices = sum(row["author_kind"] == "system" for row in stored.messages)
    assert len(told) == by_bot
    assert notices >= by_bot


def every_message_to_the_bot_is_in_one_turn(stored: Stored) -> None:
    """What was said to people is in none, or in one if it crossed their giving back.

    A turn that was dropped because an agent took over may be followed by another, once the
    agent has given the conversation back and nobody has answered.
    """
    turns = defaultdict(list)
    for turn in stored.turns:
        turns[turn["conversation_id"]].append(turn)
    seqs = {row["id"]: row["seq"] for row in stored.messages}
    for event, with_bot in _with_owner(stored):
        if event["kind"] == "message_added" and event["actor_kind"] == "customer":
            seq = seqs[event["data"]["message_id"]]
            mine = [
                turn
                for turn in turns[event["conversation_id"]]
                if turn["first_seq"] <= seq <= turn["last_seq"]
            ]
            decided = [turn for turn in mine if turn["decision"] != "dropped"]
            assert len(decided) <= 1, (seq, with_bot, mine)
            assert mine or not with_bot, (seq, with_bot)


def the_bot_is_silent_over_a_persons_head(stored: Stored) -> None:
    for event, with_bot in _with_owner(stored):
        if event["kind"] == "message_added" and event["actor_kind"] == "bot":
            assert with_bot, event


def _with_owner(stored: Stored) -> Iterable[tuple[Row, bool]]:
    """Each event, and whether the bot had the conversation when it happened."""
    with_people: set[str] = set()
    for event in stored.events:
        if event["kind"] in WITH_PEOPLE:
            with_people.add(event["conversation_id"])
        elif event["kind"] in ("returned_to_bot", "reopened"):
            with_people.discard(event["conversation_id"])
        yield event, event["conversation_id"] not in with_people


def everything_said_is_delivered_once(stored: Stored) -> None:
    """To customers: one delivery for each message of ours, none for theirs."""
    deliveries = Counter(row["message_id"] for row in stored.deliveries)
    for row in stored.messages:
        ours = row["author_kind"] != "customer" and row["kind"] == "message"
        assert deliveries[row["id"]] == (1 if ours else 0), row
    states = {row["state"] for row in stored.deliveries}
    assert states <= {"sent", "delivered", "read"}


def saw_what_is_stored(stored: Stored, customer: Customer) -> None:
    """Everything, in its order, nothing twice, over all connections together.

    The one thing that may come a second time is the ack of a message whose first ack was
    lost: the customer saw it as a message, sent it again, and was told the same.
    """
    rows = {row["seq"]: row for row in stored.messages_of(customer.conversation_id or "")}
    last = 0
    for n, frame in enumerate(customer.frames):
        if frame["type"] not in ("message", "ack"):
            continue
        seq, is_ack = frame["seq"], frame["type"] == "ack"
        around = customer.frames[max(0, n - 6) : n + 4]
        assert seq == last + 1 or (is_ack and seq <= last), (last, frame, around)
        _is_the_row(frame, rows[seq])
        last = max(last, seq)
    assert last == len(rows), f"saw {last} of {len(rows)}"
    if rows:
        state = stored.conversations[customer.conversation_id or ""]["state"]
        assert customer.state == state, (customer.state, state)


def agents_words_are_stored(stored: Stored, tried: Sequence[str], done: Sequence[str]) -> None:
    """What the agent was told is done is there once; the rest at most once."""
    texts = Counter(row["text"] for row in stored.messages if row["author_kind"] == "agent")
    assert all(texts[each] == 1 for each in done)
    assert all(texts[each] <= 1 for each in tried)


def _is_the_row(frame: Row, row: Row) -> None:
    if frame["type"] == "ack":
        assert (frame["message_id"], frame["client_id"]) == (row["id"], row["client_id"])
        return
    shown = (frame["id"], frame["author"]["kind"], frame["text"])
    assert shown == (row["id"], row["author_kind"], row["text"])


def _list(value: object) -> object:
    return json.loads(value) if isinstance(value, str) else value
