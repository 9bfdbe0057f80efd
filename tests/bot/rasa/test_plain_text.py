"""Whatever a customer types is words to the bot, never a command and never a burden."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest

pytestmark = [pytest.mark.rasa, pytest.mark.timeout(300)]

COMMANDS = [
    "/restart",
    "/session_start",
    "/back",
    "/ask_for_person",
    '/order_status{"order_number":"PK-1001"}',
    "/affirm@1.0",
    "//restart",
    "/ /restart",
    "  /restart",
    "\n/restart",
    "／restart",
    "\u200f/restart",
    "\u200b/restart",
    "\ufeff/restart",
    "/راهنما",
    "/سلام",
    "/ رستارت",
    "/intent{",
    '/greet{"a":',
    "\\restart",
    "⁄restart",
    "/restart\u202e",
    "/\u202drestart",
    "/restart /restart",
    "/EXTERNAL: restart",
]


@pytest.mark.parametrize("text", COMMANDS)
def test_a_command_is_plain_text(rasa: Any, text: str) -> None:
    body = rasa.say(text).body
    assert body["understood"]["intent"] is not None
    assert body["understood"]["intent"]["confidence"] < 0.999
    assert body["understood"]["score"] < 1.0
    kinds = {event["event"] for event in body["events"]}
    assert kinds <= {"user", "action", "slot", "bot", "active_loop"}
    assert not {"action_restart", "action_session_start", "action_back"} & set(body["actions"])
    assert not body["slots"] or "{" in text


def test_a_command_does_not_wipe_the_dialogue(customer: Callable[..., Any]) -> None:
    someone = customer()
    someone.say("where is my order?")
    answer = someone.say("/restart")
    assert [e["text"] for e in answer.body["dialogue"] if e["event"] == "user"] == [
        "where is my order?", "restart"
    ]  # fmt: skip
    assert answer.body["active_form"] == "order_status_form"


def test_a_commands_words_mean_what_they_say(rasa: Any) -> None:
    assert rasa.say("/hello").intent == "greet"
    assert rasa.say("/سلام").intent == "greet"


@pytest.mark.parametrize("text", ["", " ", "\n\t", "/", "///", "\u200c\u200f", "\x00", "؟؟؟", "…"])
def test_a_text_with_nothing_in_it_is_not_understood(rasa: Any, text: str) -> None:
    body = rasa.say(text, language="fa").body
    assert body["messages"] == []
    assert body["handoff"] is None
    understood = body["understood"]
    assert (understood["intent"], understood["score"]) == (None, 0.0)
    assert understood["language"] == "fa"
    assert body["events"] == []


def test_a_text_with_nothing_in_it_leaves_the_dialogue_as_it_was(
    customer: Callable[..., Any],
) -> None:
    someone = customer()
    before = someone.say("where is my order?").body["dialogue"]
    answer = someone.say("  ")
    assert answer.body["dialogue"] == before
    assert answer.body["active_form"] == "order_status_form"


@pytest.mark.parametrize(
    "text",
    ["a" * 54_000, "سفارش " * 9_000, "👍" * 20_000, "1001 " * 10_000, "ﷺ" * 20_000,
     "\u0301" * 50_000, "/" * 54_000 + "restart", "a\u200c" * 20_000],
)  # fmt: skip
def test_a_huge_text_costs_no_more_than_a_long_one(rasa: Any, text: str) -> None:
    rasa.say("hello")
    started = time.perf_counter()
    body = rasa.say(text).body
    assert time.perf_counter() - started < 1.0
    assert all(len(event.get("text") or "") <= 1000 for event in body["events"])


def test_a_huge_text_does_not_hold_up_others(rasa: Any) -> None:
    from threading import Thread

    others = [Thread(target=rasa.say, args=("سفارش " * 9_000,)) for _ in range(8)]
    for other in others:
        other.start()
    started = time.perf_counter()
    assert rasa.say("hello").intent == "greet"
    assert time.perf_counter() - started < 2.0
    for other in others:
        other.join()


@pytest.mark.parametrize(
    "text",
    ["\ud800", "hello \udfff", "a\x00b", "\u2028\u2029", "\U0010ffff", "\u202eolleh\u202c",
     "Z͑ͫ̓a̴l͖g̈o", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "👨‍👩‍👧‍👦", "𝕙𝕖𝕝𝕝𝕠", "𐀀𐀁", "हिन्दी", "中文", "\ufffe\uffff",
     "[x](y)", "{slot}", "{{}}", "%s %n", "<script>alert(1)</script>", "'; DROP TABLE x; --",
     "EXTERNAL: greet", "None", "null"],
)  # fmt: skip
def test_odd_text_is_answered_like_any_other(rasa: Any, text: str) -> None:
    body = rasa.say(text).body
    assert 0.0 <= body["understood"]["score"] <= 1.0
    assert body["handoff"] is None or body["handoff"]["reason"] != "bot_failed"


def test_letters_in_fancy_dress_are_understood(rasa: Any) -> None:
    assert rasa.say("𝕙𝕖𝕝𝕝𝕠").intent == "greet"
    assert rasa.say("ＨＥＬＬＯ").intent == "greet"
    assert rasa.say("ﺳﻼﻡ").intent == "greet"
