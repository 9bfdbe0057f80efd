from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bot.rasa.peyk_rasa import normalise as module
from bot.rasa.peyk_rasa.normalise import (
    ascii_digits,
    clean,
    is_blank,
    normalise,
    without_leading_slashes,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("كيك", "کیک"),
        ("علي", "علی"),
        ("علىٰ", "علی"),
        ("أحمد إلى آخر ٱلكتاب", "احمد الی اخر الكتاب"),
        ("نمی‌رسد", "نمیرسد"),
        ("نمی رسد", "نمیرسد"),
        ("می خوام", "می‌خوام"),
        ("سفارش ها", "سفارش‌ها"),
        ("کتـــاب", "کتاب"),
        ("سَلامٌ", "سلام"),
        ("سلاااام", "سلام"),
        ("۱۲۳۴", "1234"),
        ("١٢٣٤", "1234"),
        ("１２３４", "1234"),
        ("مسئول", "مسیول"),
        ("\u202bسلام\u202c", "سلام"),
        ("ﺳﻼﻡ", "سلام"),
        ("ＨＥＬＬＯ", "hello"),
        ("Café", "cafe"),
        ("سلام!!! خوبی؟", "سلام خوبی"),
        ("مكتبة", "مكتبه"),
    ],
)
def test_ways_to_type_the_same_words_become_one(one: str, other: str) -> None:
    assert normalise(one) == normalise(other) != ""


def test_words_of_other_meaning_stay_apart() -> None:
    assert len({normalise(text) for text in ("کرم", "گرم", "نرم", "1000", "100", "10")}) == 6


def test_normalising_twice_changes_nothing() -> None:
    for text in ("می خوام کتاب ها را", "أهلاً وسهلاً", "Hello   THERE", "۱۲٫۵", "👍🏽 عالی"):
        assert normalise(normalise(text)) == normalise(text)


def test_no_character_of_unicode_breaks_it_or_leaves_a_control() -> None:
    for start in range(0, 0x110000, 997):
        text = "".join(chr(code) for code in range(start, min(start + 997, 0x110000)))
        normal = normalise(text)
        normal.encode()
        assert not any(ord(character) < 32 for character in normal)


def test_cleaning_keeps_what_was_typed_but_surrogates_and_controls() -> None:
    assert clean("a\x00b\ud800c\u2028d ۱۲ یك") == "a b\ufffdc d ۱۲ یك"
    assert clean("x" * 54_000, limit=1000) == "x" * 1000


@pytest.mark.parametrize(
    "text",
    [
        "/restart", "//restart", " /restart", "／restart", "\u200e/restart", "\u200b/ /restart",
        "\\restart", "⁄restart", "\ufeff/restart",
    ],
)  # fmt: skip
def test_every_kind_of_leading_slash_goes(text: str) -> None:
    assert without_leading_slashes(text) == "restart"


def test_slashes_within_a_text_stay() -> None:
    assert without_leading_slashes("and/or 24/7") == "and/or 24/7"


@pytest.mark.parametrize("text", ["", " ", "\n\t", "\u200c\u200f", "\u3164", "؟!", "ـــ", "َ"])
def test_a_text_with_nothing_to_see_is_blank(text: str) -> None:
    assert is_blank(text)


@pytest.mark.parametrize("text", ["a", "۱", "👍", "ی", "?a"])
def test_anything_to_see_is_not_blank(text: str) -> None:
    assert not is_blank(text)


def test_digits_of_every_script_become_ascii_and_nothing_else_changes() -> None:
    assert ascii_digits("PK-۱۰۰۱ ١٠٠٢ १००३ ½ یک") == "PK-1001 1002 1003 ½ یک"


def test_it_needs_nothing_but_the_standard_library() -> None:
    code = f"import runpy; runpy.run_path({module.__file__!r})"
    subprocess.run([sys.executable, "-I", "-S", "-c", code], check=True, cwd=Path("/"))
