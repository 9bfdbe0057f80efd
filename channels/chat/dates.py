"""Dates and times as the languages of the web chat write them, for what is saved as a file."""

from __future__ import annotations

from datetime import date, datetime

from channels.chat.settings import language

_DIGITS = {
    "fa": str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"),
    "ar": str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"),
}

_START = date(1941, 3, 21).toordinal()
"""The first day of 1320 in Iran's calendar, a year that begins a cycle of 33."""
_FIRST = 1320
_CYCLE = 33
_LEAPS = (1, 5, 9, 13, 17, 22, 26, 30)
"""Which years of a cycle have a day more."""


def moment(at: datetime, locale: str) -> str:
    """`2026-11-22 14:05`; for readers of Persian by their own calendar, and in their digits."""
    day = at.date()
    year, month, of_month = (
        iranian(day) if language(locale) == "fa" else (day.year, day.month, day.day)
    )
    text = f"{year:04}-{month:02}-{of_month:02} {at:%H:%M}"
    return text.translate(_DIGITS.get(language(locale), {}))


def iranian(day: date) -> tuple[int, int, int]:
    """Year, month, day in Iran's calendar, by the rule of 33 years, good for our centuries."""
    year = day.year - 621
    if day.toordinal() < _new_year(year):
        year -= 1
    passed = day.toordinal() - _new_year(year)
    if passed < 6 * 31:
        return year, 1 + passed // 31, 1 + passed % 31
    passed -= 6 * 31
    return year, 7 + passed // 30, 1 + passed % 30


def _new_year(year: int) -> int:
    """The ordinal of a year's first day."""
    cycles, of_cycle = divmod(year - _FIRST, _CYCLE)
    leaps = cycles * len(_LEAPS) + sum(each < of_cycle for each in _LEAPS)
    return _START + 365 * (year - _FIRST) + leaps
