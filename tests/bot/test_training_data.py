"""Facts about the training data of the demo bot: complete in three languages, nothing twice."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, cast

import pytest
import yaml

ROOT = Path(__file__).parents[2] / "bot" / "rasa"
LANGUAGES = ("en", "fa", "ar")

_ENTITY = re.compile(r"\[([^\]]*)\]\((\w+)\)")
_ONE_SPELLING = str.maketrans("يىكةأإآ", "ییکهااا")


class Example(NamedTuple):
    """One line that a customer might type."""

    intent: str
    text: str

    @property
    def spoken(self) -> str:
        """The text without the marks of entities."""
        return _ENTITY.sub(r"\1", self.text)

    @property
    def key(self) -> str:
        """The same for texts that differ only in spelling, blanks and punctuation."""
        text = self.spoken.casefold().translate(_ONE_SPELLING)
        text = "".join(str(int(c)) if c.isdecimal() else c for c in text)
        return re.sub(r"[\W_]+", "", text) or text


@cache
def _read(path: str) -> Any:
    return yaml.safe_load((ROOT / path).read_text("utf-8"))


def _examples(path: str) -> Iterator[Example]:
    for block in _read(path)["nlu"]:
        for line in cast(str, block["examples"]).splitlines():
            assert line.startswith("- "), f"{path}: {line!r}"
            yield Example(block["intent"], line[2:].strip())


def _training() -> list[Example]:
    return [example for code in LANGUAGES for example in _examples(f"data/nlu/{code}.yml")]


def _held_back() -> list[Example]:
    names = (*LANGUAGES, "messy")
    return [example for name in names for example in _examples(f"heldout/{name}.yml")]


def _intents() -> list[str]:
    return cast(list[str], _read("domain/base.yml")["intents"])


def _responses() -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for path in sorted((ROOT / "domain").glob("*.yml")):
        for name, variants in (_read(f"domain/{path.name}").get("responses") or {}).items():
            assert name not in found, f"{name} stands in two files"
            found[name] = variants
    return found


def _spoken_responses() -> dict[str, list[dict[str, Any]]]:
    return {n: v for n, v in _responses().items() if not any("custom" in one for one in v)}


def _language(variant: dict[str, Any]) -> str:
    """The language of a variant; the one without a condition is the English one."""
    if "condition" not in variant:
        return "en"
    (condition,) = variant["condition"]
    assert (condition["type"], condition["name"]) == ("slot", "language")
    return cast(str, condition["value"])


def _buttons() -> Iterator[tuple[str, dict[str, str]]]:
    for name, variants in _responses().items():
        for variant in variants:
            yield from ((name, button) for button in variant.get("buttons", ()))


def _steps() -> Iterator[dict[str, Any]]:
    for rule in _read("data/rules.yml")["rules"]:
        yield from rule["steps"]


def _count(examples: list[Example] | Iterator[Example]) -> Counter[str]:
    return Counter(example.intent for example in examples)


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_intent_has_at_least_twenty_examples_in_each_language(code: str) -> None:
    counts = _count(_examples(f"data/nlu/{code}.yml"))
    assert set(counts) == set(_intents())
    assert {intent: n for intent, n in counts.items() if n < 20} == {}
    assert counts["ask_for_person"] >= 40
    assert counts["out_of_scope"] >= 60


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_intent_has_examples_held_back_in_each_language(code: str) -> None:
    counts = _count(_examples(f"heldout/{code}.yml"))
    assert set(counts) == set(_intents())
    assert {intent: n for intent, n in counts.items() if n < 7} == {}
    assert counts["out_of_scope"] >= 25


def test_messy_typing_is_held_back_for_known_intents() -> None:
    messy = list(_examples("heldout/messy.yml"))
    assert len(messy) == 60
    assert {example.intent for example in messy} <= set(_intents())


def test_no_text_stands_twice_or_under_two_intents() -> None:
    keys = Counter(example.key for example in _training())
    twice = {key for key, n in keys.items() if n > 1}
    assert [example for example in _training() if example.key in twice] == []


def test_nothing_held_back_is_trained_on() -> None:
    trained = {example.key for example in _training()}
    assert [example for example in _held_back() if example.key in trained] == []


def test_only_whole_order_numbers_are_marked_as_entities() -> None:
    for example in (*_training(), *_held_back()):
        marked = _ENTITY.findall(example.text)
        assert "[" not in example.spoken, example
        assert all(name == "order_number" for _, name in marked), example
        assert all(sum(c.isdecimal() for c in value) == 4 for value, _ in marked), example


def test_every_sentence_that_only_informs_has_an_order_number() -> None:
    informing = [e for e in (*_training(), *_held_back()) if e.intent == "inform"]
    assert [example for example in informing if not _ENTITY.search(example.text)] == []


def test_every_response_is_said_in_the_three_languages() -> None:
    for name, variants in _spoken_responses().items():
        assert sorted(_language(one) for one in variants) == sorted(LANGUAGES), name
        assert sum("condition" not in one for one in variants) == 1, name


def test_a_response_is_one_message_with_the_same_places_in_each_language() -> None:
    for name, variants in _spoken_responses().items():
        assert all(one["text"].strip() and "\n\n" not in one["text"] for one in variants), name
        places = [set(re.findall(r"\{(\w+)\}", one["text"])) for one in variants]
        assert all(row == places[0] for row in places), name
        payloads = [[b["payload"] for b in one.get("buttons", ())] for one in variants]
        assert all(row == payloads[0] for row in payloads), name


def test_a_response_that_hands_off_carries_a_reason_and_no_text() -> None:
    customs = [one for variants in _responses().values() for one in variants if "custom" in one]
    assert {one["custom"]["reason"] for one in customs} == {
        "asked_for_person",
        "needs_person",
        "not_helpful",
    }
    assert all(one["custom"]["handoff"] is True and "text" not in one for one in customs)


def test_every_button_leads_to_an_intent_that_is_known() -> None:
    assert {b["payload"].removeprefix("/") for _, b in _buttons()} <= set(_intents())
    assert all(button["payload"].startswith("/") for _, button in _buttons())
    assert all(0 < len(button["title"]) <= 24 for _, button in _buttons())
    shown = [one.get("buttons", ()) for variants in _responses().values() for one in variants]
    assert max(len(buttons) for buttons in shown) <= 4


def test_every_intent_has_a_rule_and_every_rule_has_its_response() -> None:
    steps = list(_steps())
    assert {step["intent"] for step in steps if "intent" in step} == set(_intents())
    said = {step["action"] for step in steps if step.get("action", "").startswith("utter_")}
    assert said <= set(_responses())


def test_every_title_names_an_intent_in_three_short_captions() -> None:
    titles: dict[str, dict[str, str]] = _read("titles.yml")
    assert set(titles) <= set(_intents())
    for intent, captions in titles.items():
        assert set(captions) == set(LANGUAGES), intent
        assert all(0 < len(caption) <= 24 for caption in captions.values()), intent


def test_the_session_of_the_bot_never_expires() -> None:
    session = _read("domain/base.yml")["session_config"]
    assert session == {"session_expiration_time": 0, "carry_over_slots_to_new_session": True}
