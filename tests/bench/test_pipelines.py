from __future__ import annotations

from pathlib import Path

from bench.examples import LANGUAGES, held_back, held_back_messy
from bench.pipelines import CONFIGS, PIPELINES, as_stories
from bench.serving import PROJECT


def test_the_pipeline_in_use_is_the_one_that_is_measured() -> None:
    used = _without_remarks(PROJECT / "config.yml")
    assert used == _without_remarks(CONFIGS / "trilingual.yml")


def test_every_pipeline_has_its_configuration() -> None:
    assert sorted(path.stem for path in CONFIGS.glob("*.yml")) == sorted(PIPELINES)


def test_the_held_back_examples_are_read_whole() -> None:
    examples = held_back(PROJECT / "heldout")
    assert {example.language for example in examples} == set(LANGUAGES)
    for language in LANGUAGES:
        text = (PROJECT / "heldout" / f"{language}.yml").read_text("utf-8")
        told = [example for example in examples if example.language == language]
        assert len(told) == text.count("\n    - ")
        assert all(example.intent and "](" not in example.text for example in told)
    assert held_back_messy(PROJECT / "heldout")


def test_no_held_back_sentence_is_trained_on() -> None:
    trained = {
        line.strip()
        for language in LANGUAGES
        for line in (PROJECT / "data" / "nlu" / f"{language}.yml").read_text("utf-8").splitlines()
    }
    held = [e for e in held_back(PROJECT / "heldout") if len(e.text.split()) > 2]
    assert not [example.text for example in held if f"- {example.text}" in trained]


def test_rules_without_a_form_become_stories() -> None:
    rules = (
        "rules:\n"
        "- rule: One\n  steps:\n  - intent: a\n  - action: utter_a\n\n"
        "# A remark.\n"
        "- rule: Form\n  steps:\n  - intent: f\n  - action: f\n  - active_loop: f\n\n"
        "- rule: Two\n  steps:\n  - intent: b\n  - action: utter_b\n"
    )
    stories = as_stories(rules)
    assert stories.count("- story:") == 2
    assert "active_loop" not in stories
    assert "#" not in stories
    assert stories.index("intent: a") < stories.index("intent: b")


def _without_remarks(file: Path) -> list[str]:
    return [line for line in file.read_text("utf-8").splitlines() if not line.startswith("#")]
