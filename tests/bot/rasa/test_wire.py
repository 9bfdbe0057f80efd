"""What the channel lets in, and what it says to the rest."""

from __future__ import annotations

import contextlib
import http.client
import json
from collections.abc import Callable
from typing import Any

import pytest

from bot.wire import read_answer

pytestmark = [pytest.mark.rasa, pytest.mark.timeout(300)]

GOOD: dict[str, Any] = {"conversation": "c", "turn": "t", "channel": "chat", "text": "hi"}
USER = {"event": "user", "text": "hi", "parse_data": {"intent": {"name": "greet"}}}


@pytest.mark.parametrize("token", [None, "", "wrong", "the-token-of-the-test", "ت"])
@pytest.mark.parametrize("path", ["/webhooks/peyk/health", "/webhooks/peyk/turn"])
def test_without_the_token_nothing_is_answered(rasa: Any, path: str, token: str | None) -> None:
    body = json.dumps(GOOD).encode() if path.endswith("turn") else None
    if token == "ت":
        token = "Ø"
    answer = rasa.ask(path, body, token=token)
    assert (answer.status, answer.body) == (401, {"error": "a bearer token is needed"})


def test_health_tells_the_model(rasa: Any, model: Any) -> None:
    answer = rasa.ask("/webhooks/peyk/health")
    assert answer.body == {"ready": True, "model": model.name.removesuffix(".tar.gz")}


@pytest.mark.parametrize(
    "path",
    ["/", "/version", "/status", "/model", "/model/parse", "/domain", "/conversations/c/tracker",
     "/webhooks/rest/webhook", "/webhooks/", "/webhooks/peykx", "/webhook"],
)  # fmt: skip
def test_nothing_else_of_rasa_is_open(rasa: Any, path: str) -> None:
    assert rasa.ask(path).status == 404
    assert rasa.ask(path, b"{}").status in (404, 405)


def test_it_listens_on_loopback_only(rasa: Any) -> None:
    port = f"{rasa.port:04X}"
    with open("/proc/net/tcp") as table:
        listening = [line.split()[1] for line in table if f":{port} 00000000:0000 0A" in line]
    assert listening == [f"0100007F:{port}"]


@pytest.mark.parametrize(
    ("body", "status", "named"),
    [
        (b"", 400, "body"),
        (b"{", 400, "body"),
        (b"[]", 400, "body"),
        (b'"x"', 400, "body"),
        (b"null", 400, "body"),
        (b"\xff\xfe", 400, "body"),
        (b'{"slots": {"a": NaN}}', 400, "body"),
        (b"[" * 100_000, 400, "body"),
        (b'{"a":' * 100_000, 400, "body"),
    ],
)
def test_what_is_not_a_json_object_is_refused(
    rasa: Any, body: bytes, status: int, named: str
) -> None:
    answer = rasa.ask("/webhooks/peyk/turn", body)
    assert answer.status == status
    assert named in answer.body["error"]


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"conversation": None}, "conversation"),
        ({"conversation": 7}, "conversation"),
        ({"conversation": ""}, "conversation"),
        ({"conversation": "x" * 201}, "conversation"),
        ({"turn": None}, "turn"),
        ({"channel": "fax"}, "channel"),
        ({"channel": ["chat"]}, "channel"),
        ({"text": None}, "text"),
        ({"text": 5}, "text"),
        ({"choice": "/greet"}, "choice"),
        ({"language": "de"}, "language"),
        ({"language": {}}, "language"),
        ({"slots": []}, "slots"),
        ({"slots": {str(n): n for n in range(201)}}, "slots"),
        ({"events": {}}, "events"),
        ({"events": ["x"]}, "events[0]"),
        ({"events": [USER, {"event": "restart"}]}, "events[1]"),
        ({"events": [{"event": "pause"}]}, "events[0]"),
        ({"events": [{"event": ["user"]}]}, "events[0]"),
        ({"events": [{"event": "user", "text": "x"}]}, "events[0].parse_data"),
        ({"events": [{"event": "user", "parse_data": {"intent": "x"}}]}, "events[0].parse_data"),
        ({"events": [{**USER, "parse_data": {"intent": {}, "entities": [1]}}]}, "entities"),
        ({"events": [{"event": "slot", "value": 1}]}, "events[0].name"),
        ({"events": [{"event": "action", "name": 1}]}, "events[0].name"),
        ({"events": [{"event": "active_loop", "name": 1}]}, "events[0].name"),
        ({"events": [USER] * 5001}, "events"),
        ({"returned_from_people": "yes"}, "returned_from_people"),
    ],
)
def test_a_wrong_field_is_named(rasa: Any, change: dict[str, Any], named: str) -> None:
    answer = rasa.turn(**{**GOOD, **change})
    assert answer.status == 422
    assert named in answer.body["error"]


@pytest.mark.parametrize(
    "value",
    ["greet", "", "/", "/nothing_like_it", "/restart", "/session_start", "/back", "/greet@1.0",
     '/order_status{"order_number"', '/order_status{"admin":"1"}', "/greet /deny", "/nlu_fallback"],
)  # fmt: skip
def test_a_choice_that_no_button_offers_is_refused(rasa: Any, value: str) -> None:
    answer = rasa.choose(value)
    assert answer.status == 422
    assert "choice" in answer.body["error"]


def test_a_choice_is_understood_without_doubt(rasa: Any) -> None:
    answer = rasa.choose("/return_policy", language="fa")
    understood = answer.body["understood"]
    assert understood["intent"] == {"name": "return_policy", "confidence": 1.0}
    assert understood["score"] == 1.0
    assert understood["text"] is None
    assert understood["language"] == "fa"
    assert answer.body["messages"]


def test_a_choice_carries_its_entities(rasa: Any) -> None:
    answer = rasa.choose('/order_status{"order_number":"PK-1001"}', language="en")
    assert "PK-1001" in answer.text
    assert answer.body["slots"]["order_number"] == "PK-1001"
    assert answer.body["understood"]["entities"] == [
        {"entity": "order_number", "value": "PK-1001", "start": 0, "end": 0}
    ]


def test_every_button_that_the_bot_offers_can_be_pressed(rasa: Any) -> None:
    texts = ("hello", "where is my order", "i want to return this", "what's the weather", "cancel")
    answers = [rasa.say(text) for text in texts]
    offered = {
        button["value"]
        for answer in answers
        for message in answer.body["messages"]
        for button in message["buttons"]
    }
    assert offered
    assert {rasa.choose(value).status for value in offered} == {200}


def test_the_answer_has_the_agreed_shape(rasa: Any) -> None:
    body = rasa.say("How much is shipping?", language="en").body
    assert set(body) == {
        "messages", "understood", "slots", "active_form", "handoff", "actions", "model", "events",
        "dialogue",
    }  # fmt: skip
    understood = body["understood"]
    assert set(understood) == {
        "intent", "ranking", "entities", "nearest", "score", "language", "text"
    }  # fmt: skip
    assert understood["intent"]["name"] == "shipping_cost"
    assert len(understood["ranking"]) == 5
    assert understood["ranking"][0]["title"] == "Shipping cost"
    product = understood["ranking"][0]["confidence"] * understood["nearest"]
    assert understood["score"] == pytest.approx(product, abs=1e-3)
    assert understood["text"] == "how much is shipping"
    assert body["actions"] == ["utter_shipping_cost", "action_listen"]
    assert all(set(message) == {"text", "buttons", "image"} for message in body["messages"])


def test_events_are_returned_without_rankings(rasa: Any) -> None:
    for event in rasa.say("hello there").body["events"]:
        assert len(json.dumps(event)) < 1000
        assert set(event.get("parse_data", {})) <= {"intent", "entities"}


def test_titles_are_in_the_customers_language(rasa: Any) -> None:
    answer = rasa.say("هزینه ارسال چقدره")
    assert answer.body["understood"]["ranking"][0]["title"] == "هزینهٔ ارسال"


def test_slots_from_outside_are_used_and_unknown_ones_ignored(
    customer: Callable[..., Any],
) -> None:
    someone = customer()
    answer = someone.say("where is my order", slots={"order_number": "PK-1002", "shoe": 43})
    assert "PK-1002" in answer.text
    assert "shoe" not in answer.body["slots"]
    assert answer.body["active_form"] is None


def test_a_slot_cannot_change_what_the_channel_decides(rasa: Any) -> None:
    answer = rasa.say("سفارشم کجاست", slots={"language": "en", "requested_slot": "x"})
    assert answer.body["understood"]["language"] == "fa"
    assert "requested_slot" not in answer.body["slots"]


def test_a_body_past_all_measure_is_refused(rasa: Any) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", rasa.port, timeout=30)
    headers = {"Authorization": "Bearer the-token-of-the-tests", "Content-Length": "50000000"}
    connection.putrequest("POST", "/webhooks/peyk/turn")
    for name, value in headers.items():
        connection.putheader(name, value)
    connection.endheaders()
    with contextlib.suppress(OSError):
        connection.send(b"x" * 5_000_000)
    assert connection.getresponse().status == 413
    connection.close()
    assert rasa.say("hello").intent == "greet"


def test_the_gateway_reads_every_answer(rasa: Any, customer: Callable[..., Any]) -> None:
    someone = customer("read", language="en")
    bodies = [someone.say(text).body for text in ("hello", "", "/restart", "my order?", "1001")]
    bodies += [someone.choose(value).body for value in ("/affirm", "/ask_for_person")]
    bodies.append(rasa.choose('/order_status{"order_number":"1001"}').body)
    for body in bodies:
        answer = read_answer(json.dumps(body).encode())
        assert answer.understanding.score == body["understood"]["score"]
        assert len(answer.said) == len(body["messages"])
