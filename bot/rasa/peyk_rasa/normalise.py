"""The one place where text is brought to a common spelling, for training and run time alike.

Customers type the same Persian or Arabic word in many ways: with the letters of either
keyboard, with or without half-spaces, lengthened, with marks, with three kinds of digits.
`normalise` folds all of these together. `clean` only makes text safe and keeps what was typed.
This module needs nothing but the standard library, so that any Python can use it.
"""

import re
import unicodedata

_SURROGATES = re.compile("[\ud800-\udfff]")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_SLASHES = "/\u2044\u2215\u29f8\uff0f\\\u2216\uff3c"
# Half-space, joiner, bidi marks, soft hyphen, invisible operators, variation selectors.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff]"
)
_LETTERS = {
    **dict.fromkeys("يىێېۍئےۓ", "ی"),
    **dict.fromkeys("كڪګڬ", "ک"),
    **dict.fromkeys("أإآٱٲٳ", "ا"),
    **dict.fromkeys("ةۀەھہۂۃ", "ه"),
    **dict.fromkeys("ؤۋۆ", "و"),
    "ء": "",
    "ـ": "",
}
_FOLD = str.maketrans(_LETTERS)
_LENGTHENED = re.compile(r"([^\W\d_])\1{2,}")
_PERSIAN_PREFIX = re.compile(r"\b(ن?می) (?=[^\W\d_]{2})")
_PERSIAN_SUFFIX = re.compile(r"(?<=[^\W\d_]) (ها|های|هایی|هایم|هام|هات|هاش|هامون|تر|ترین)\b")
_BLANKS = re.compile(r"\s+")


def clean(text: str, *, limit: int | None = None) -> str:
    """The text as typed, without lone surrogates and control characters, at most `limit` long."""
    text = text if limit is None else text[:limit]
    return _CONTROLS.sub(" ", _SURROGATES.sub("\ufffd", text)).strip()


def without_leading_slashes(text: str) -> str:
    """The text as a customer's plain words: Rasa takes what begins with a slash as a command."""
    start = 0
    while start < len(text) and _is_slash_or_blank(text[start]):
        start += 1
    return text[start:]


def is_blank(text: str) -> bool:
    """Whether nothing is left to see of the text."""
    return not normalise(text)


def ascii_digits(text: str) -> str:
    """The text with every decimal digit of any script as 0 to 9."""
    return "".join(_digit(character) for character in text)


def normalise(text: str) -> str:
    """One spelling for all the ways to type the same words."""
    text = unicodedata.normalize("NFKC", clean(text)).lower()
    text = _INVISIBLE.sub("", text).translate(_FOLD)
    text = "".join(_plain(character) for character in unicodedata.normalize("NFD", text))
    text = _BLANKS.sub(" ", _LENGTHENED.sub(r"\1", text.translate(_FOLD))).strip()
    return _PERSIAN_SUFFIX.sub(r"\1", _PERSIAN_PREFIX.sub(r"\1", text))


def _is_slash_or_blank(character: str) -> bool:
    return character in _SLASHES or character.isspace() or bool(_INVISIBLE.match(character))


def _digit(character: str) -> str:
    value = unicodedata.decimal(character, None)
    return character if value is None else str(value)


def _plain(character: str) -> str:
    """Nothing for marks, a space for punctuation, an ASCII digit for a digit."""
    category = unicodedata.category(character)
    if category[0] == "M":
        return ""
    if category[0] in "PCZ":
        return " "
    return _digit(character) if category == "Nd" else character
