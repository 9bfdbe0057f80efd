"""The language to answer in.

Persian and Arabic share an alphabet, and both are also typed in Latin letters, so the model
learns the languages from the training files, one per language. Where a text could be more than
one ("1001", "ok", "سلام") the conversation goes on in the language it was in.
"""

from collections.abc import Mapping
from typing import Literal, cast

Language = Literal["en", "fa", "ar"]
LANGUAGES: tuple[Language, ...] = ("en", "fa", "ar")
DEFAULT: Language = "en"

# How much likelier a conversation is to go on in its language than to change it.
HELD = 12.0
# A guess without a language to hold on to must be this sure.
SURE = 0.6


def choose(guesses: Mapping[str, float], hint: str | None) -> Language:
    """The language of a text that the model guesses these languages for.

    The hint is the language so far, or the site's.
    """
    if hint not in LANGUAGES:
        return _surest(guesses, SURE)
    weighed = {name: guesses.get(name, 0.0) for name in LANGUAGES}
    weighed[cast(Language, hint)] = HELD * (weighed[cast(Language, hint)] + 0.01)
    return max(LANGUAGES, key=lambda name: weighed[name])


def _surest(guesses: Mapping[str, float], least: float) -> Language:
    best = max(LANGUAGES, key=lambda name: guesses.get(name, 0.0))
    return best if guesses.get(best, 0.0) >= least else DEFAULT
