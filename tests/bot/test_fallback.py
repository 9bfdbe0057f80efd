"""The fallback rule: every way to an answer, a question back, and a person."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from bot.fallback import (
    Answered,
    AskBack,
    Earlier,
    HandOff,
    Situation,
    Thresholds,
    decide,
    matter_of,
)
from bot.scripted import answer
from gateway.model.inbox import Rule
from gateway.model.turn import Decision, Entity, Guess
from gateway.model.why import Why

LIMITS = Thresholds(answer_at=0.5, clarify_at=0.1, clarify_times=1)
ASKED_BACK = Earlier(text="eh?", matter=None, decision=Decision.CLARIFIED)


def reason(situation: Situation, limits: Thresholds = LIMITS) -> str:
    verdict = decide(situation, limits)
    assert isinstance(verdict, HandOff)
    assert verdict.explanation
    assert [each.sentence for each in verdict.why]
    return verdict.reason


def test_a_good_answer_is_given() -> None:
    verdict = decide(Situation(text="hi", answer=answer("hello")), LIMITS)
    assert verdict == Answered(
        why=(Why(code="score_reaches", params={"score": 0.9, "limit": 0.5}),)
    )


def test_the_score_at_the_threshold_is_enough_and_just_below_is_not() -> None:
    at = answer("yes", title="Delivery", score=0.5)
    below = answer("yes", title="Delivery", score=0.49)
    assert isinstance(decide(Situation(text="x", answer=at), LIMITS), Answered)
    assert isinstance(decide(Situation(text="x", answer=below), LIMITS), AskBack)


def test_the_button_for_a_person_needs_no_bot() -> None:
    assert reason(Situation(text="Talk", asked_for_person=True)) == "asked_for_person"


def test_an_admins_rule_comes_before_the_bots_answer() -> None:
    rule = Rule(
        id="r", kind="words", value="lawyer", queue_id=None, enabled=True,
        created_at=datetime(2026, 1, 1, tzinfo=UTC),
    )  # fmt: skip
    assert reason(Situation(text="my lawyer", rule=rule, answer=answer("hi"))) == "rule"


def test_a_failed_bot_leaves_no_silence() -> None:
    assert reason(Situation(text="hi", failure="late")) == "bot_failed"
    assert reason(Situation(text="hi")) == "bot_failed"


def test_files_without_words_go_to_a_person() -> None:
    assert reason(Situation(text="", has_files_only=True)) == "not_understood"


def test_the_bots_own_wish_for_a_person_says_its_words_first() -> None:
    wants = answer("I am sorry to hear that.", wants_person="needs_person")
    verdict = decide(Situation(text="it broke", answer=wants), LIMITS)
    assert isinstance(verdict, HandOff)
    assert verdict.reason == "needs_person"
    assert verdict.say_answer


def test_what_is_not_understood_is_asked_back_with_the_likeliest_titles() -> None:
    unsure = answer("?", score=0.3)
    guesses = tuple(
        Guess(name=name, confidence=0.2, title=title)
        for name, title in [("a", "A"), ("greet", None), ("b", "B"), ("c", "C"), ("d", "D")]
    )
    unsure = replace(unsure, understanding=replace(unsure.understanding, guesses=guesses))
    verdict = decide(Situation(text="x", answer=unsure), LIMITS)
    assert isinstance(verdict, AskBack)
    assert [each.title for each in verdict.suggestions] == ["A", "B", "C"]


def test_after_a_question_back_comes_a_person() -> None:
    unsure = answer("?", score=0.3, title="A")
    assert reason(Situation(text="x", answer=unsure, earlier=[ASKED_BACK])) == "not_understood"


def test_a_question_back_long_ago_does_not_count() -> None:
    unsure = answer("?", score=0.3, title="A")
    answered = Earlier(text="y", matter="b", decision=Decision.ANSWERED)
    earlier = [ASKED_BACK, answered]
    assert isinstance(decide(Situation(text="x", answer=unsure, earlier=earlier), LIMITS), AskBack)


def test_a_hopeless_score_or_no_guess_goes_straight_to_a_person() -> None:
    hopeless = answer("?", score=0.05, title="A")
    no_title = answer("?", score=0.3, title=None)
    assert reason(Situation(text="x", answer=hopeless)) == "not_understood"
    assert reason(Situation(text="x", answer=no_title)) == "not_understood"


def test_no_question_back_where_settings_say_so() -> None:
    limits = replace(LIMITS, clarify_times=0)
    assert reason(Situation(text="x", answer=answer("?", score=0.3, title="A")), limits)


def test_the_same_words_again_after_an_answer_go_to_a_person() -> None:
    good = answer("2 days", intent="delivery_time", title="Delivery")
    before = Earlier(
        text="How long?", matter="delivery_time", decision=Decision.ANSWERED, said=("2 days",)
    )
    again = Situation(text=" how  LONG? ", answer=good, earlier=[before])
    assert reason(again) == "asked_again"


def test_the_same_matter_in_other_words_is_answered_twice_and_then_goes_to_a_person() -> None:
    good = answer("2 days", intent="delivery_time", title="Delivery")
    asked = [
        Earlier(text=text, matter="delivery_time", decision=Decision.ANSWERED, said=("2 days",))
        for text in ("How long?", "when does it come")
    ]
    once = Situation(text="and when exactly", answer=good, earlier=asked[:1])
    twice = Situation(text="and when exactly", answer=good, earlier=asked)
    assert isinstance(decide(once, LIMITS), Answered)
    assert reason(twice) == "asked_again"


def test_the_same_question_with_a_new_answer_is_answered() -> None:
    shipped = answer("it is shipped now", intent="order_status", title="My order")
    before = [
        Earlier(text=t, matter="order_status", decision=Decision.ANSWERED, said=("in work",))
        for t in ("where is it", "and now")
    ]
    asked = Situation(text="where is it", answer=shipped, earlier=before)
    assert isinstance(decide(asked, LIMITS), Answered)


def test_greeting_twice_is_only_polite() -> None:
    hello = answer("hello", intent="greet", title=None)
    before = [Earlier(text="hi", matter=None, decision=Decision.ANSWERED)] * 3
    assert isinstance(decide(Situation(text="hi", answer=hello, earlier=before), LIMITS), Answered)


def test_another_order_is_another_matter() -> None:
    first = answer("shipped", intent="order_status", title="My order")
    number = Entity(entity="order_number", value="1001", start=0, end=4)
    understanding = replace(first.understanding, entities=(number,))
    assert matter_of(replace(first, understanding=understanding)) != matter_of(first)


def test_a_pressed_button_is_followed_whatever_the_score() -> None:
    low = answer("ok", score=0.0, title="A")
    assert isinstance(decide(Situation(text="A", answer=low, pressed=True), LIMITS), Answered)


def test_a_bot_that_says_nothing_calls_a_person_also_in_a_form_or_after_a_button() -> None:
    silent = replace(answer(), active_form="order_status_form")
    assert reason(Situation(text="?", answer=silent)) == "not_understood"
    assert reason(Situation(text="A", answer=answer(), pressed=True)) == "not_understood"


def test_a_form_that_asks_the_same_a_third_time_goes_to_a_person() -> None:
    asks = replace(answer("Which order?", score=0.9), active_form="order_status_form")
    same = Earlier(text="x", matter=None, decision=Decision.ANSWERED, said=("Which order?",))
    assert isinstance(decide(Situation(text="x", answer=asks, earlier=[same]), LIMITS), Answered)
    assert reason(Situation(text="x", answer=asks, earlier=[same, same])) == "not_understood"
