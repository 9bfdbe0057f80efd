"""Words as search compares them: Persian, Arabic and Latin writings that mean the same, alike.

Text is indexed and asked for through these functions alone. Letters of one sound that
keyboards write differently become one (ي ى ی, ك ک, ة ه, أ إ آ ا), diacritics, tatweel and
signs without width go, digits of all scripts become those of ASCII, capitals small ones.
A word with a zero-width non-joiner is found by the joined writing and by its parts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST_WORD = 64
MOST_WORDS = 3000
"""So many words of one text are found by; a longer text is found by its beginning."""

ZWNJ = "\u200c"
_TATWEEL = "\u0640"
# Marks that combine with a letter, and signs that are not seen: they belong to their word.
_INVISIBLE = (
    "\u00ad\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u0610-\u061a\u0640\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u08d3-\u08ff\u200b-\u200f\u202a-\u202e"
    "\u2060-\u2069\ufe00-\ufe0f\ufe20-\ufe2f\ufeff"
)
_WORD = re.compile(rf"[^\W_](?:[^\W_]|[{_INVISIBLE}])*")
_SAME = str.maketrans(
    {
        "ي": "ی",
        "ى": "ی",
        "ې": "ی",
        "ے": "ی",
        "ك": "ک",
        "ة": "ه",
        "ۀ": "ه",
        "ە": "ه",
        "ہ": "ه",
        "ھ": "ه",
        "ٱ": "ا",
    }
)


@dataclass(frozen=True)
class Word:
    """One word of a text: where it stands there, and the forms that find it."""

    start: int
    end: int
    forms: tuple[str, ...]


def words_in(text: str) -> Iterator[Word]:
    """The words of a text, in order, with their places in it."""
    for match in _WORD.finditer(text):
        forms = _forms(match.group())
        if forms:
            yield Word(match.start(), match.end(), forms)


def searchable(*texts: str | None) -> str:
    """What an index keeps of these texts: normalised words with blanks between them."""
    found: list[str] = []
    for text in texts:
        for word in words_in(text or ""):
            found.extend(word.forms)
            if len(found) >= MOST_WORDS:
                return " ".join(found[:MOST_WORDS])
    return " ".join(found)


def normalised(word: str) -> str:
    """One word as it is compared: only letters and digits are left."""
    plain = unicodedata.normalize("NFKD", word.translate(_SAME)).translate(_SAME).casefold()
    kept = [_plain(char) for char in plain if char.isalnum() and char != _TATWEEL]
    return "".join(kept)[:LONGEST_WORD]


def _forms(word: str) -> tuple[str, ...]:
    """Joined first; then, if a zero-width non-joiner parts it, its parts."""
    joined = normalised(word)
    if not joined:
        return ()
    parts = [part for part in map(normalised, word.split(ZWNJ)) if part]
    return (joined, *parts) if len(parts) > 1 else (joined,)


def _plain(char: str) -> str:
    """A digit of any script as the digit of ASCII."""
    number = unicodedata.decimal(char, None)
    return char if number is None else str(number)
