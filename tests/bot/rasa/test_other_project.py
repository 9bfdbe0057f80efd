"""The same code with another project's answers, and with a model that is none."""

from __future__ import annotations

import json
import os
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.rasa, pytest.mark.timeout(300)]

PROJECT = Path(__file__).parents[3] / "bot" / "rasa"

NLU = """
version: "3.1"
nlu:
- intent: greet
  examples: |
    - hello
    - good morning
- intent: picture
  examples: |
    - show me the photo
    - a picture please
- intent: draw
  examples: |
    - tell me a number
    - any number will do
- intent: silence
  examples: |
    - say nothing at all
    - keep quiet now
"""
RULES = """
version: "3.1"
rules:
- {rule: a, steps: [{intent: greet}, {action: utter_greet}]}
- {rule: b, steps: [{intent: picture}, {action: utter_picture}]}
- {rule: c, steps: [{intent: draw}, {action: utter_draw}]}
"""
DOMAIN = """
version: "3.1"
intents: [greet, picture, draw, silence]
session_config: {session_expiration_time: 0, carry_over_slots_to_new_session: true}
responses:
  utter_greet:
  - {text: "Hello by mail", channel: email}
  - {text: "First line\\n\\nSecond line"}
  utter_picture:
  - text: "Here"
    image: "https://example.org/a.png"
    buttons: [{title: "More", payload: "/greet"}, {title: "Plain"}]
  utter_draw:
  - text: "one"
  - text: "two"
  - text: "three"
  - text: "four"
"""


@pytest.fixture(scope="module")
def other(
    tmp_path_factory: pytest.TempPathFactory,
    train: Callable[..., subprocess.CompletedProcess[str]],
    start_rasa_of: Callable[[Path], Any],
) -> Any:
    folder = tmp_path_factory.mktemp("other")
    (folder / "data").mkdir()
    (folder / "data" / "en.yml").write_text(NLU)
    (folder / "data" / "rules.yml").write_text(RULES)
    (folder / "domain.yml").write_text(DOMAIN)
    where = ("--data", str(folder / "data"), "--domain", str(folder / "domain.yml"))
    trained = train(*where, "--models", str(folder / "models"))
    assert trained.returncode == 0, trained.stderr
    return start_rasa_of(Path(trained.stdout.strip()))


def test_text_buttons_and_image_are_one_message(other: Any) -> None:
    (message,) = other.say("show me the photo").body["messages"]
    assert message == {
        "text": "Here",
        "image": "https://example.org/a.png",
        "buttons": [{"label": "More", "value": "/greet"}, {"label": "Plain", "value": "Plain"}],
    }


def test_a_blank_line_does_not_split_a_message(other: Any) -> None:
    (message,) = other.say("hello").body["messages"]
    assert message["text"] == "First line\n\nSecond line"


def test_a_channel_has_wordings_of_its_own(other: Any) -> None:
    assert other.say("hello", channel="email").text == "Hello by mail"
    assert other.say("hello", channel="telegram").text.startswith("First")


def test_wordings_differ_by_turn_and_not_by_chance(other: Any) -> None:
    first = [other.say("tell me a number", turn=f"t{number}").text for number in range(20)]
    again = [other.say("tell me a number", turn=f"t{number}").text for number in range(20)]
    assert first == again
    assert len(set(first)) > 1


def test_a_bot_with_nothing_to_say_scores_nothing(other: Any) -> None:
    body = other.say("say nothing at all").body
    assert body["understood"]["intent"]["name"] == "silence"
    assert (body["messages"], body["handoff"]) == ([], None)
    assert body["understood"]["score"] == 0.0


def test_a_domain_without_our_slots_will_do(other: Any) -> None:
    body = other.say("hello", slots={"order_number": "1"}, returned_from_people=True).body
    assert body["slots"] == {}
    assert not [event for event in body["dialogue"] if event["event"] == "slot"]


@pytest.fixture
def broken_model(tmp_path: Path) -> Iterator[int]:
    """The port of a Rasa whose model is not one."""
    import socket

    model = tmp_path / "broken.tar.gz"
    model.write_bytes(b"not a model")
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
    environment = {**os.environ, "PEYK_RASA_TOKEN": "x", "PEYK_ACTIONS_URL": "http://127.0.0.1:1"}
    python = str(PROJECT / ".venv" / "bin" / "python")
    command = [python, "-m", "peyk_rasa.serve", "--port", str(port), "--model", str(model)]
    with subprocess.Popen(command, cwd=PROJECT, env=environment) as process:
        yield port
        process.terminate()


def test_without_a_model_it_says_so(broken_model: int) -> None:
    body = {"conversation": "c", "turn": "t", "channel": "chat", "text": "hi"}
    for path, data in (("health", None), ("turn", json.dumps(body).encode())):
        status, answered = _until_it_answers(broken_model, path, data)
        assert (status, answered) == (503, {"error": "no model is loaded"})


def _until_it_answers(port: int, path: str, data: bytes | None) -> tuple[int, Any]:
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/webhooks/peyk/{path}",
        data=data,
        headers={"Authorization": "Bearer x"},
    )
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(request, timeout=5) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as refused:
            with refused:
                return refused.code, json.load(refused)
        except OSError:
            time.sleep(0.2)
    raise AssertionError("it never answered")
