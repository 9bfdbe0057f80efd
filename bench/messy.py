"""Spells texts the way hurried people with the wrong keyboard do; the same each time."""

import random
import re

_ARABIC_KEYBOARD = str.maketrans(
    {"ی": "ي", "ک": "ك", "‌": " ", **dict(zip("۰۱۲۳۴۵۶۷۸۹", "٠١٢٣٤٥٦٧٨٩", strict=True))}
)
_LOOSE_ARABIC = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ة": "ه", "ى": "ي", "ي": "ی", "ك": "ک"}
)
_FATHA = "\u064e"
_TATWEEL = "\u0640"


def with_arabic_keyboard(text: str) -> str:
    """Persian typed on an Arabic keyboard: other ye, other kaf, no half-space."""
    return text.translate(_ARABIC_KEYBOARD)


def messy(text: str, language: str) -> str:
    """One slip in every third word, and the language's own untidiness in all of them."""
    dice = random.Random(f"{language} {text}")
    words = [_slipped(word, dice) if dice.random() < 1 / 3 else word for word in text.split(" ")]
    return _untidy(" ".join(words), language, dice)


def _slipped(word: str, dice: random.Random) -> str:
    """Two letters swapped, one left out, or one held too long."""
    if len(word) < 4 or not word.isalpha():
        return word
    place = dice.randrange(1, len(word) - 1)
    kind = dice.randrange(3)
    if kind == 0:
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    if kind == 1:
        return word[:place] + word[place + 1 :]
    return word[: place + 1] + word[place] * 3 + word[place + 1 :]


def _untidy(text: str, language: str, dice: random.Random) -> str:
    if language == "en":
        return text.lower().replace("'", "").rstrip(".?!")
    if language == "ar":
        return _marked(text.translate(_LOOSE_ARABIC), dice)
    joined = text.replace("\u200c", "" if dice.random() < 0.5 else " ")
    return with_arabic_keyboard(joined) if dice.random() < 0.5 else _marked(joined, dice)


def _marked(text: str, dice: random.Random) -> str:
    """A vowel mark here, a lengthening stroke there."""
    mark = _TATWEEL if dice.random() < 0.5 else _FATHA
    return re.sub(r"(?<=[بتسمن])(?=[\u0621-\u06cc])", mark, text, count=2)
