"""What is asked for, and what is shown of a text in which it was found."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.model.search import LENGTH, Piece, Term, snippet, terms_of


def test_each_word_is_a_term_and_may_be_a_beginning() -> None:
    assert terms_of("late  parcel") == (Term((("late",),)), Term((("parcel",),)))


def test_what_is_quoted_is_meant_exactly() -> None:
    assert terms_of('"where is" it') == (Term((("where", "is"),), exact=True), Term((("it",),)))


def test_a_code_is_one_term() -> None:
    assert terms_of("ORD-0123") == (Term((("ord", "0123"),)),)


def test_a_joined_word_is_asked_for_in_both_writings() -> None:
    assert terms_of("می‌خواهم") == (Term((("میخواهم",), ("می", "خواهم"))),)


@pytest.mark.parametrize("asked", ["", "  ", "!?", '"', "— * ()", "'; DROP"])
def test_signs_ask_for_nothing(asked: str) -> None:
    assert all(word.isalnum() for term in terms_of(asked) for way in term.any for word in way)


def test_a_hit_is_told_apart_from_the_rest() -> None:
    assert snippet("Where is my Parcel?", terms_of("parc")) == (
        Piece("Where is my ", hit=False),
        Piece("Parcel", hit=True),
        Piece("?", hit=False),
    )


def test_the_other_writing_is_shown_as_it_was_written() -> None:
    assert Piece("كتاب", hit=True) in snippet("این كتاب نرسید", terms_of("کتاب"))


def test_a_long_text_is_cut_around_its_first_hit() -> None:
    shown = snippet("word " * 300 + "needle " + "word " * 300, terms_of("needle"))
    assert Piece("needle", hit=True) in shown
    assert shown[0] == Piece("…", hit=False)
    assert sum(len(each.text) for each in shown) <= LENGTH + 2


@given(st.text(), st.text())
def test_a_snippet_says_nothing_that_the_text_does_not(text: str, asked: str) -> None:
    said = "".join(each.text for each in snippet(text, terms_of(asked)))
    assert said.strip("…") in text or text.strip("…") in said
