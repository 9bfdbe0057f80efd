from __future__ import annotations

from bench.messy import messy, with_arabic_keyboard
from bot.rasa.peyk_rasa.normalise import normalise


def test_a_text_is_always_misspelt_the_same_way() -> None:
    text = "where is the order that I placed last week"
    assert messy(text, "en") == messy(text, "en")
    assert messy(text, "en") != text


def test_the_other_keyboard_gives_other_letters_for_the_same_words() -> None:
    text = "کی می‌رسد ۱۲"
    assert with_arabic_keyboard(text) == "كي مي رسد ١٢"
    assert normalise(with_arabic_keyboard(text)) == normalise(text)


def test_numbers_and_short_words_are_left_alone() -> None:
    assert messy("PK-1001 at 5", "en") == "pk-1001 at 5"
