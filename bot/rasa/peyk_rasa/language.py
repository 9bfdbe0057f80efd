"""The language to answer in.

Persian and Arabic share an alphabet, and both are also typed in Latin letters, so the model
learns the languages from the training files, one per language. Where a text could be more than
one ("1001", "ok", "سلام") the conversation goes on in the language it was in.
"""

import re
from collections.abc import Mapping
from typing import Literal

Language = Literal["en", "fa", "ar"]
LANGUAGES: tuple[Language, ...] = ("en", "fa", "ar")
DEFAULT: Language = "en"

# How much likelier a conversation is to go on in its language than to change it.
HELD = 12.0
# Fewer letters than this do not change it.
FEWEST_LETTERS = 4
# A guess without a language to hold on to must be this sure.
SURE = 0.6

_ARABIC_SCRIPT = re.compile("[\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff\ufb50-\ufdff\ufe70-\ufefc]")


def choose(text: str, guesses: Mapping[str, float], hint: str | None) -> Language:
    """The language of a text that the model guesses these languages for.

    The hint is the language so far, or the site's.
    """
    possible: tuple[Language, ...] = ("fa", "ar") if _ARABIC_SCRIPT.search(text) else LANGUAGES
    held = next((language for language in possible if language == hint), None)
    if held is None:
        return _surest(possible, guesses)
    if sum(character.isalpha() for character in text) < FEWEST_LETTERS:
        return held
    weighed = {**guesses, held: HELD * (guesses.get(held, 0.0) + 0.01)}
    return max(possible, key=lambda language: weighed.get(language, 0.0))


def _surest(possible: tuple[Language, ...], guesses: Mapping[str, float]) -> Language:
    best = max(possible, key=lambda language: guesses.get(language, 0.0))
    return best if DEFAULT not in possible or guesses.get(best, 0.0) >= SURE else DEFAULT
