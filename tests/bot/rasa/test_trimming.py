from __future__ import annotations

from typing import Any

from bot.rasa.peyk_rasa.trimming import TURNS_KEPT, compact, trim

Event = dict[str, Any]


def turn(number: int, *more: Event) -> list[Event]:
    ranking = [{"name": f"intent_{place}", "confidence": 0.01} for place in range(50)]
    return [
        {
            "event": "user", "timestamp": 1.0, "text": f"text {number}", "metadata": {"a": 1},
            "parse_data": {
                "intent": {"name": "greet", "confidence": 0.9, "id": 7},
                "entities": [{"entity": "n", "value": "1", "start": 0, "end": 1, "extractor": "x"}],
                "intent_ranking": ranking, "text": f"text {number}",
            },
        },
        *more,
        {"event": "action", "timestamp": 2.0, "name": "utter_greet", "policy": "RulePolicy",
         "confidence": 1.0, "hide_rule_turn": True, "metadata": {"model_id": "m"}},
        {"event": "bot", "timestamp": 2.5, "text": "Hello", "data": {"buttons": []}},
        {"event": "action", "timestamp": 3.0, "name": "action_listen"},
    ]  # fmt: skip


def slot(name: str, value: object) -> Event:
    return {"event": "slot", "timestamp": 0.0, "name": name, "value": value}


def users(events: list[Event]) -> list[str]:
    return [event["text"] for event in events if event["event"] == "user"]


def test_rankings_times_and_what_the_bot_said_are_not_stored() -> None:
    stored = compact(turn(1))
    assert [event["event"] for event in stored][3:] == ["user", "action", "action"]
    assert stored[3]["parse_data"] == {
        "intent": {"name": "greet", "confidence": 0.9},
        "entities": [{"entity": "n", "value": "1", "start": 0, "end": 1}],
    }
    assert stored[4] == {"event": "action", "name": "utter_greet", "hide_rule_turn": True}
    assert not any("timestamp" in event or "metadata" in event for event in stored)


def test_trimming_keeps_what_the_bot_said_in_words_only() -> None:
    assert {"event": "bot", "text": "Hello"} in trim(turn(1))


def test_an_empty_dialogue_begins_with_a_session_that_listens() -> None:
    assert [event.get("name") for event in compact([])] == [
        "action_session_start", None, "action_listen"
    ]  # fmt: skip


def test_the_last_turns_stay_and_the_rest_becomes_its_state() -> None:
    events: list[Event] = []
    for number in range(25):
        events += turn(number, slot("order_number", f"PK-{number}"))
    stored = compact(events)
    assert users(stored) == [f"text {number}" for number in range(15, 25)]
    assert stored[3] == {"event": "slot", "name": "order_number", "value": "PK-14"}


def test_the_form_that_was_open_stays_open() -> None:
    opening = [{"event": "active_loop", "name": "order_status_form"}, slot("requested_slot", "n")]
    events = turn(0, *opening)
    for number in range(1, 25):
        events += turn(number)
    stored = compact(events)
    assert {"event": "active_loop", "name": "order_status_form"} in stored
    assert {"event": "slot", "name": "requested_slot", "value": "n"} in stored


def test_a_form_that_was_closed_and_a_slot_that_was_emptied_leave_nothing() -> None:
    closing = [{"event": "active_loop", "name": None}, slot("requested_slot", None)]
    events = turn(0, {"event": "active_loop", "name": "f"}, slot("requested_slot", "n"))
    events += turn(1, *closing)
    for number in range(2, 25):
        events += turn(number)
    assert not [e for e in compact(events) if e["event"] in ("slot", "active_loop")]


def test_slots_set_just_before_a_kept_turn_stay_with_it() -> None:
    events: list[Event] = []
    for number in range(TURNS_KEPT + 1):
        events += [slot("language", "fa" if number % 2 else "en"), *turn(number)]
    stored = compact(events)
    assert [event["value"] for event in stored if event["event"] == "slot"] == [
        "en", *["fa", "en"] * 5
    ]  # fmt: skip


def test_compacting_twice_changes_nothing() -> None:
    events: list[Event] = []
    for number in range(30):
        events += turn(number, slot("a", number), slot("b", None if number % 2 else "x"))
        once = compact(events)
        assert compact(once) == once


def test_a_dialogue_of_four_hundred_turns_is_no_longer_than_one_of_eleven() -> None:
    stored: list[Event] = []
    lengths = []
    for number in range(400):
        stored = compact([*stored, slot("language", "en"), *turn(number, slot("a", number))])
        lengths.append(len(stored))
    assert len(set(lengths[TURNS_KEPT + 1 :])) == 1


def test_what_peyk_does_not_keep_is_left_out() -> None:
    assert trim([{"event": "pause"}, {"event": "restart"}, {"event": "reminder"}]) == []
