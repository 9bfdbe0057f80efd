"""The order-status flow, in three languages and when things go wrong."""

from __future__ import annotations

import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, ClassVar

import pytest

pytestmark = [pytest.mark.rasa, pytest.mark.timeout(300)]

TALKS = {
    "en": ("where is my order?", "it's pk 1001", "on its way"),
    "fa": ("سفارشم کجاست؟", "شمارش ۱۰۰۱", "ارسال شده"),
    "ar": ("أين طلبي؟", "رقم الطلب ١٠٠١", "في الطريق"),
}


@pytest.mark.parametrize("language", TALKS)
def test_the_order_is_found_in_the_customers_language(
    customer: Callable[..., Any], language: str
) -> None:
    question, number, found = TALKS[language]
    someone = customer(language)
    asked = someone.say(question).body
    assert asked["active_form"] == "order_status_form"
    assert "PK-1001" in asked["messages"][0]["text"]
    told = someone.say(number)
    assert "PK-1001" in told.text
    assert found in told.text
    assert told.body["understood"]["language"] == language
    assert told.body["understood"]["score"] == 1.0
    assert told.body["active_form"] is None
    assert told.body["slots"]["order_number"] == "PK-1001"
    assert told.body["slots"]["order_state"] == "shipped"
    assert told.body["handoff"] is None


@pytest.mark.parametrize(
    "number", ["۱۰۰۱", "١٠٠١", "1001", "PK-۱۰۰۱", "pk١٠٠١", "پی کی ۱۰۰۱", "۱۰۰۱ هست", " 1001 "]
)
def test_every_spelling_of_the_number_will_do(customer: Callable[..., Any], number: str) -> None:
    someone = customer("spelling", language="fa")
    someone.say("سفارشم کجاست؟")
    answer = someone.say(number)
    assert "PK-1001" in answer.text
    assert answer.body["understood"]["language"] == "fa"


def test_finglish_is_answered_in_persian(customer: Callable[..., Any]) -> None:
    someone = customer("finglish", language="fa")
    assert "سفارش" in someone.say("salam sefaresham kojast?").text
    assert "PK-1001" in someone.say("shomarash 1001").text


def test_a_number_in_the_question_needs_no_asking(rasa: Any) -> None:
    answer = rasa.say("where is my order PK-1002?")
    assert "PK-1002" in answer.text
    assert answer.body["active_form"] is None
    (entity,) = answer.body["understood"]["entities"]
    assert (entity["entity"], entity["value"]) == ("order_number", "PK-1002")


@pytest.mark.parametrize(
    ("number", "state"),
    [("1001", "shipped"), ("1002", "processing"), ("1003", "delivered"), ("1004", "cancelled")],
)
def test_every_state_of_an_order_has_words(rasa: Any, number: str, state: str) -> None:
    answer = rasa.say(f"where is order {number}", language="en")
    assert f"PK-{number}" in answer.text
    assert "None" not in answer.text
    assert answer.body["slots"]["order_state"] == state


def test_a_number_that_cannot_be_one_is_asked_for_again(customer: Callable[..., Any]) -> None:
    someone = customer("wrong", language="en")
    someone.say("where is my order?")
    answer = someone.say("PK-12")
    assert "doesn't look like" in answer.text
    assert answer.body["active_form"] == "order_status_form"
    assert "PK-1001" in someone.say("PK-1001").text


def test_an_order_that_is_not_there_offers_a_person_each_time(
    customer: Callable[..., Any],
) -> None:
    someone = customer("nowhere", language="en")
    someone.say("where is my order?")
    for number in ("PK-7777", "PK-8888"):
        answer = someone.say(number)
        assert number in answer.text
        buttons = [b["value"] for m in answer.body["messages"] for b in m["buttons"]]
        assert "/ask_for_person" in buttons
        assert "order_number" not in answer.body["slots"]
    answer = someone.choose("/ask_for_person")
    assert answer.body["handoff"] == {"reason": "asked_for_person"}


def test_another_question_within_the_form_is_answered_and_the_form_goes_on(
    customer: Callable[..., Any],
) -> None:
    someone = customer("aside", language="en")
    someone.say("where is my order?")
    answer = someone.say("how much is shipping?")
    assert answer.body["actions"][0] == "utter_shipping_cost"
    assert answer.body["active_form"] == "order_status_form"
    assert "PK-1001" in someone.say("1001").text


def test_never_mind_leaves_the_form(customer: Callable[..., Any]) -> None:
    someone = customer("left", language="en")
    someone.say("where is my order?")
    answer = someone.choose("/deny")
    assert answer.body["active_form"] is None
    assert answer.body["actions"][-2:] == ["utter_order_form_left", "action_listen"]


def test_the_form_survives_many_turns(customer: Callable[..., Any]) -> None:
    someone = customer("patient", language="en")
    someone.say("where is my order?")
    for _ in range(15):
        assert someone.say("how much is shipping?").body["active_form"] == "order_status_form"
    assert "PK-1001" in someone.say("1001").text


def test_without_the_action_server_a_person_is_asked_for(
    start_rasa: Callable[[str], Any], dead_url: str
) -> None:
    lonely = start_rasa(dead_url)
    answer = lonely.say("where is my order?")
    assert answer.body["handoff"] == {"reason": "bot_failed"}
    assert answer.body["messages"] == []
    assert answer.body["active_form"] is None
    dialogue = answer.body["dialogue"]
    assert [e["text"] for e in dialogue if e["event"] == "user"] == ["where is my order?"]
    assert lonely.say("how much is shipping?", events=dialogue).intent == "shipping_cost"


class _Broken(BaseHTTPRequestHandler):
    waits_s: ClassVar = 0.0
    answers: ClassVar[list[tuple[int, bytes]]] = [(200, b"{}")]

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self._answer()

    def _answer(self) -> None:
        time.sleep(self.waits_s)
        status, payload = self.answers[0]
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(payload)))
        self.end_headers()
        self.wfile.write(payload)

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing."""


@pytest.fixture
def broken() -> Any:
    """A server that answers what the test says, in place of a shop or an action server."""

    class Handler(_Broken):
        pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    server.url = f"http://127.0.0.1:{server.server_port}"  # type: ignore[attr-defined]
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_shop_that_fails_in_any_way_means_a_person(
    start_rasa: Callable[[str], Any],
    start_actions: Callable[[str], str],
    broken: Any,
) -> None:
    rasa = start_rasa(start_actions(broken.url))
    answers = [
        (500, b""), (200, b""), (200, b"[]"), (200, b"{}"), (200, b"null"), (200, b"not json"),
        (200, b'{"number":"PK-1001","status":"lost","items":[]}'), (403, b"{}"),
        (200, b'{"number":"PK-1001","status":"shipped","items":[{"name":1}]}'),
    ]  # fmt: skip
    for answered in answers:
        broken.RequestHandlerClass.answers = [answered]
        body = rasa.say("where is order 1001", language="en").body
        assert body["handoff"] == {"reason": "bot_failed"}, answered


def test_an_action_server_that_answers_nonsense_means_a_person(
    start_rasa: Callable[[str], Any], broken: Any
) -> None:
    rasa = start_rasa(broken.url)
    for answered in [(500, b"{}"), (404, b"{}"), (200, b"[]"), (200, b"x"), (200, b'{"events":1}')]:
        broken.RequestHandlerClass.answers = [answered]
        body = rasa.say("where is order 1001", language="en").body
        assert body["handoff"] == {"reason": "bot_failed"}, answered
        assert body["messages"] == []


def test_an_action_server_that_hangs_means_a_person_in_time(
    start_rasa: Callable[[str], Any], broken: Any
) -> None:
    rasa = start_rasa(broken.url)
    rasa.say("hello")
    broken.RequestHandlerClass.waits_s = 6.0
    started = time.monotonic()
    body = rasa.say("where is order 1001").body
    assert body["handoff"] == {"reason": "bot_failed"}
    assert time.monotonic() - started < 4.5
