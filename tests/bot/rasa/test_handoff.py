"""When the bot asks for a person, and why."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = [pytest.mark.rasa, pytest.mark.timeout(300)]

WISHES = [
    "I want to talk to a human", "can i speak to a real person please", "agent", "operator",
    "connect me to customer support", "let me talk to someone",
    "میخوام با یه آدم حرف بزنم", "اپراتور", "وصلم کن به پشتیبان", "با پشتیبانی صحبت کنم",
    "mikham ba poshtiban harf bezanam",
    "اريد التحدث مع موظف", "ابغى اكلم شخص حقيقي", "خدمة العملاء", "حولني لموظف",
]  # fmt: skip


@pytest.mark.parametrize("text", WISHES)
def test_the_wish_for_a_person_is_heard(rasa: Any, text: str) -> None:
    body = rasa.say(text).body
    assert body["handoff"] == {"reason": "asked_for_person"}
    assert body["messages"] == []


@pytest.mark.parametrize("text", WISHES[:1] + WISHES[6:7] + WISHES[11:12])
def test_the_wish_is_heard_within_the_form_as_well(customer: Any, text: str) -> None:
    someone = customer("form")
    someone.choose("/order_status")
    body = someone.say(text).body
    assert body["handoff"] == {"reason": "asked_for_person"}
    assert body["active_form"] is None


def test_a_matter_for_people_is_told_with_its_reason(rasa: Any) -> None:
    body = rasa.choose("/damaged_item", language="en").body
    assert body["handoff"] == {"reason": "needs_person"}
    assert body["messages"]
    assert rasa.choose("/not_helpful").body["handoff"] == {"reason": "not_helpful"}


def test_what_is_out_of_scope_scores_low(rasa: Any) -> None:
    for text in ("who won the football match last night", "نخست وزیر ژاپن کیه", "ما جذر ٨١"):
        assert rasa.say(text).body["understood"]["score"] < 0.2


def test_what_is_plainly_meant_scores_high(rasa: Any) -> None:
    for text in ("how much is shipping?", "هزینه ارسال چقدره؟", "كم سعر الشحن"):
        assert rasa.say(text).body["understood"]["score"] > 0.2


@pytest.mark.parametrize(
    ("text", "word"), [("hello", "Nilgoon"), ("سلام", "نیلگون"), ("مرحبا", "نيلغون")]
)
def test_the_answer_is_in_the_language_of_the_question(rasa: Any, text: str, word: str) -> None:
    language = {"hello": "en", "سلام": "fa", "مرحبا": "ar"}[text]
    answer = rasa.say(text, language=language)
    assert answer.intent == "greet"
    assert word in answer.text


def test_the_conversations_language_holds_where_a_text_has_none(customer: Any) -> None:
    someone = customer("short", language="en")
    someone.say("سفارشم کجاست؟")
    answer = someone.say("۱۰۰۱")
    assert answer.body["understood"]["language"] == "fa"
    assert someone.say("ok").body["understood"]["language"] == "fa"
    assert someone.say("thank you very much").body["understood"]["language"] == "en"
