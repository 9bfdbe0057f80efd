from __future__ import annotations

import pytest

from bot.rasa.peyk_rasa.language import choose


def guesses(en: float, fa: float, ar: float) -> dict[str, float]:
    return {"en": en, "fa": fa, "ar": ar}


def test_a_clear_text_changes_the_language() -> None:
    assert choose("where is it", guesses(0.97, 0.02, 0.01), "fa") == "en"
    assert choose("وين طلبي", guesses(0.01, 0.03, 0.96), "fa") == "ar"


@pytest.mark.parametrize("hint", ["en", "fa", "ar"])
def test_a_text_that_could_be_any_keeps_the_language(hint: str) -> None:
    assert choose("merci", guesses(0.6, 0.2, 0.2), hint) == hint
    assert choose("1001", {}, hint) == hint


@pytest.mark.parametrize("hint", ["en", "fa", "ar"])
def test_two_letters_do_not_change_the_language(hint: str) -> None:
    assert choose("ok", guesses(0.99, 0.01, 0.0), hint) == hint


def test_text_in_arabic_script_is_never_english() -> None:
    assert choose("نه", guesses(0.5, 0.4, 0.1), "en") == "fa"
    assert choose("طيب", guesses(0.8, 0.05, 0.15), None) == "ar"


def test_without_anything_to_go_by_it_is_english() -> None:
    assert choose("1001", {}, None) == "en"
    assert choose("hmm", guesses(0.2, 0.45, 0.35), None) == "en"
    assert choose("👍", {}, "de") == "en"


def test_without_a_hint_a_clear_text_decides() -> None:
    assert choose("sefaresham kojast", guesses(0.05, 0.9, 0.05), None) == "fa"
