"""What somebody searches for, and the part of a found text that shows why it was found."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from gateway.model.words import Word, words_in

MOST_TERMS = 12
BEFORE = 60
"""So many characters of a found text are shown before the first word that was looked for."""
LENGTH = 220

_GROUP = re.compile(r'"([^"]*)"?|(\S+)')

Phrase = tuple[str, ...]
"""Words that follow one another."""


@dataclass(frozen=True)
class Term:
    """One thing that must be in a text, in any of these ways of writing it.

    The last word of a phrase may be the beginning of a longer one, unless it is `exact`.
    """

    any: tuple[Phrase, ...]
    exact: bool = False


@dataclass(frozen=True)
class Piece:
    """A part of a snippet; `hit` if it was looked for."""

    text: str
    hit: bool


def terms_of(asked: str) -> tuple[Term, ...]:
    """All of them must be found. Quotation marks ask for words exactly as they follow."""
    found: list[Term] = []
    for match in _GROUP.finditer(asked):
        quoted, plain = match.groups()
        term = _term(quoted if plain is None else plain, exact=plain is None)
        if term is not None:
            found.append(term)
    return tuple(found[:MOST_TERMS])


def snippet(text: str, terms: Sequence[Term]) -> tuple[Piece, ...]:
    """The text around the first hit, its hits told apart from the rest."""
    hits = [word for word in words_in(text) if _is_hit(word, terms)]
    start, end = _window(text, hits)
    pieces: list[Piece] = [Piece("…", hit=False)] if start > 0 else []
    at = start
    for word in hits:
        if word.start < at or word.end > end:
            continue
        pieces += [
            Piece(text[at : word.start], hit=False),
            Piece(text[word.start : word.end], hit=True),
        ]
        at = word.end
    pieces.append(Piece(text[at:end] + ("…" if end < len(text) else ""), hit=False))
    return tuple(piece for piece in pieces if piece.text)


def _term(text: str, *, exact: bool) -> Term | None:
    """What stands without a blank between belongs together: an email address, an order's code."""
    words = list(words_in(text))
    if not words:
        return None
    joined = tuple(word.forms[0] for word in words)
    if len(words) == 1 and len(words[0].forms) > 1:
        return Term((joined, words[0].forms[1:]), exact)
    return Term((joined,), exact)


def _is_hit(word: Word, terms: Sequence[Term]) -> bool:
    return any(
        _fits(form, phrase, term.exact)
        for form in word.forms
        for term in terms
        for phrase in term.any
    )


def _fits(form: str, phrase: Phrase, exact: bool) -> bool:
    return form in phrase or (not exact and form.startswith(phrase[-1]))


def _window(text: str, hits: Sequence[Word]) -> tuple[int, int]:
    """Cut between words, not within them."""
    first = hits[0].start if hits else 0
    start = max(0, first - BEFORE)
    if start > 0:
        blank = text.find(" ", start, first)
        start = blank + 1 if blank != -1 else start
    end = min(len(text), start + LENGTH)
    if end < len(text):
        blank = text.rfind(" ", start, end)
        end = blank if blank > first else end
    return start, end
