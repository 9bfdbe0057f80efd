"""Writings that mean the same are the same to search."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.model.words import MOST_WORDS, normalised, searchable, words_in

SAME = [
    ("كتاب", "کتاب"),
    ("علي", "علی"),
    ("موسى", "موسی"),
    ("أحمد", "احمد"),
    ("إسلام", "اسلام"),
    ("آزاد", "ازاد"),
    ("مدرسة", "مدرسه"),
    ("مسئول", "مسیول"),
    ("مُحَمَّد", "محمد"),
    ("ســـلام", "سلام"),
    ("۱۲۳", "123"),
    ("١٢٣", "123"),
    ("می‌خواهم", "میخواهم"),
    ("Café", "cafe"),
    ("STRASSE", "straße"),
    ("ﻻ", "لا"),
    ("خانۀ", "خانه"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_two_writings_of_a_word_are_one(one: str, other: str) -> None:
    assert normalised(one) == normalised(other) != ""


def test_a_joined_word_is_found_whole_and_by_its_parts() -> None:
    assert searchable("نمی‌خواهم") == "نمیخواهم نمی خواهم"


def test_codes_and_addresses_become_their_words() -> None:
    assert searchable("ORD-01234, sara_a@example.com!") == "ord 01234 sara a example com"


def test_a_word_stands_where_it_stood() -> None:
    text = "«حدّاد» said: hi"
    assert [text[word.start : word.end] for word in words_in(text)] == ["حدّاد", "said", "hi"]


def test_a_very_long_text_is_found_by_its_beginning() -> None:
    assert len(searchable("a " * 50_000).split()) == MOST_WORDS


@given(st.text())
def test_only_letters_and_digits_are_left_of_any_text(text: str) -> None:
    found = searchable(text)
    assert all(char.isalnum() or char == " " for char in found)
    assert searchable(found) == found
