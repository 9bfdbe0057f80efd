"""Finds order numbers in what customers type, in the digits of any of the three languages."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from .normalise import ascii_digits

_DIGITS = r"\d(?:[ \u200c]?\d){0,14}"
_PREFIX = r"(?:p\s?k|پی\s?[-‌]?\s?کی|پ\s?ک|بي\s?كي)"
_WITH_PREFIX = re.compile(
    rf"(?<![^\W\d_]){_PREFIX}\s*[-_#–−.:]?\s*({_DIGITS})(?!\d)", re.IGNORECASE
)
_BARE = re.compile(r"(?<![\d.,/:+٫٬-])(\d{4,8})(?![\d/:٫٬]|[.,]\d|-\d)")
_AMOUNT = re.compile(
    r"\s*(?:(?:هزار|میلیون|ألف|الف)\s*)?"
    r"(?:[$€£%]|toman|tomans|tooman|rial|dollars?|euros?|usd|eur|aed|dirhams?|"
    r"تومان|تومن|ریال|درهم|دینار|دولار|دلار|يورو|یورو)",
    re.IGNORECASE,
)
_SOUND = re.compile(r"PK-\d{4,8}")


class Found(NamedTuple):
    """An order number as it stands in a text."""

    value: str
    start: int
    end: int


def find(text: str) -> list[Found]:
    """The order numbers in the text: those with their PK, or else bare ones of 4 to 8 digits."""
    marked = [_found(match) for match in _WITH_PREFIX.finditer(text)]
    return marked or [_found(match) for match in _bare(text)]


def canonical(value: Any) -> str | None:
    """The number as the shop writes it, or None if it cannot be one."""
    digits = "".join(re.findall(r"\d", ascii_digits(str(value))))
    number = f"PK-{digits}"
    return number if _SOUND.fullmatch(number) else None


def _found(match: re.Match[str]) -> Found:
    digits = "".join(re.findall(r"\d", ascii_digits(match[1])))
    return Found(value=f"PK-{digits}", start=match.start(), end=match.end())


def _bare(text: str) -> Iterator[re.Match[str]]:
    for match in _BARE.finditer(text):
        if not _AMOUNT.match(text, match.end()):
            yield match
