"""Rasa keeps nothing: a turn is a pure function of its request."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.rasa, pytest.mark.timeout(300)]

TALK = ["hello", "where is my order?", "how long does delivery take?", "PK-1001", "thank you"]


def test_the_same_turn_twice_is_the_same_answer_to_the_byte(customer: Callable[..., Any]) -> None:
    one, other = customer("same"), customer("same")
    for text in TALK:
        assert json.dumps(one.say(text).body) == json.dumps(other.say(text).body)


def test_asking_again_changes_nothing_for_the_next_turn(rasa: Any) -> None:
    first = rasa.say("where is my order?", turn="1").body
    next_turn = {"text": "1002", "turn": "2", "events": first["dialogue"]}
    expected = rasa.turn(**next_turn).body
    for _ in range(3):
        rasa.say("where is my order?", turn="1")
        rasa.say("1003", turn="2", events=first["dialogue"])
    assert rasa.turn(**next_turn).body == expected


def test_another_process_gives_the_same_answer(
    customer: Callable[..., Any],
    start_rasa: Callable[[str], Any],
    actions_url: str,
) -> None:
    other = start_rasa(actions_url)
    someone = customer("moving")
    for number, text in enumerate(TALK):
        before = list(someone.dialogue)
        answer = someone.say(text)
        again = other.turn(
            conversation="moving", turn=f"moving-{number + 1}", text=text, events=before
        )
        assert again.body == answer.body


def test_without_its_events_a_conversation_is_new(customer: Callable[..., Any], rasa: Any) -> None:
    someone = customer("forgotten")
    assert someone.say("where is my order?").body["active_form"] == "order_status_form"
    answer = rasa.say("hello", conversation="forgotten")
    assert answer.body["active_form"] is None
    assert len([e for e in answer.body["dialogue"] if e["event"] == "user"]) == 1


def test_fifty_conversations_at_once_do_not_mix(customer: Callable[..., Any]) -> None:
    def talk(index: int) -> None:
        number, name = f"PK-{2000 + index}", f"many-{index}"
        someone = customer(name, language=("en", "fa", "ar")[index % 3])
        for turn in range(3):
            text = f"how much is shipping? {name}"
            answer = someone.say(text, slots={"order_number": number})
            assert answer.body["slots"] == {"order_number": number}
            users = [e["text"] for e in answer.body["dialogue"] if e["event"] == "user"]
            assert users == [text] * (turn + 1)

    with ThreadPoolExecutor(50) as pool:
        list(pool.map(talk, range(50)))


def test_forms_filled_at_once_do_not_mix(customer: Callable[..., Any]) -> None:
    numbers = ["PK-1001", "PK-1002", "PK-1003", "PK-1004"]

    def talk(index: int) -> None:
        someone, number = customer(f"form-{index}", language="en"), numbers[index % 4]
        someone.say("where is my order?")
        answer = someone.say(number)
        assert number in answer.text
        assert answer.body["slots"]["order_number"] == number

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(talk, range(16)))


def test_one_conversation_asked_many_times_at_once_is_not_queued_up(rasa: Any) -> None:
    first = rasa.say("where is my order?").body["dialogue"]

    def ask(number: int) -> Any:
        return rasa.say(f"100{number % 4 + 1}", events=first, turn=f"t{number % 4}").body

    with ThreadPoolExecutor(8) as pool:
        bodies = list(pool.map(ask, range(20)))
    for number, body in enumerate(bodies):
        assert body["slots"]["order_number"] == f"PK-100{number % 4 + 1}"
        assert body == bodies[number % 4]


def test_turn_400_costs_what_turn_10_costs(customer: Callable[..., Any], rasa: Any) -> None:
    someone = customer("talkative", language="en")
    dice = random.Random(5)
    texts = ["hello", "thanks", "how much is shipping?", "where is my order?", "PK-1001", "no"]
    dialogues = {}
    for number in range(1, 401):
        someone.say(dice.choice(texts))
        if number in (10, 400):
            dialogues[number] = someone.dialogue
    assert len(dialogues[400]) <= 1.5 * len(dialogues[10])
    costs = {10: 0.0, 400: 0.0}
    for _ in range(60):
        for number, dialogue in dialogues.items():
            before = _cpu_seconds(rasa.process.pid)
            rasa.say("how much is shipping?", events=dialogue)
            costs[number] += _cpu_seconds(rasa.process.pid) - before
    assert costs[400] <= 1.5 * costs[10]


def _cpu_seconds(pid: int) -> float:
    """What the process has used so far: unlike a clock, it does not count what others use."""
    nanoseconds = 0
    for task in Path(f"/proc/{pid}/task").iterdir():
        nanoseconds += int((task / "schedstat").read_text().split()[0])
    return nanoseconds / 1e9


def test_a_long_list_of_events_is_compacted(rasa: Any) -> None:
    once = rasa.say("hello").body["events"]
    body = rasa.say("hello", events=once * 500).body
    assert len([e for e in body["dialogue"] if e["event"] == "user"]) == 10


def test_returned_from_people_the_bot_answers_and_knows_it(customer: Callable[..., Any]) -> None:
    someone = customer("back", language="en")
    someone.say("I want to talk to a human")
    answer = someone.say(
        "how much is shipping?", returned_from_people=True, slots={"order_number": "PK-1002"}
    )
    assert answer.intent == "shipping_cost"
    assert answer.body["actions"] == ["utter_shipping_cost", "action_listen"]
    assert answer.body["handoff"] is None
    marker = {"event": "slot", "name": "returned_from_people", "value": True}
    assert marker in answer.body["dialogue"]
    assert "PK-1002" in someone.say("where is my order?").text
    last = [e for e in someone.dialogue if e.get("name") == "returned_from_people"][-1]
    assert last["value"] is False


def test_a_form_that_was_open_before_people_came_is_closed(customer: Callable[..., Any]) -> None:
    someone = customer("closed", language="en")
    assert someone.say("where is my order?").body["active_form"] == "order_status_form"
    answer = someone.say("thank you", returned_from_people=True)
    assert answer.body["active_form"] is None
    assert answer.body["actions"] == ["utter_thank", "action_listen"]
