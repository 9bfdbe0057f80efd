"""Dates as each language writes them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from channels.chat.dates import iranian, moment

AT = datetime(2026, 11, 22, 14, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("locale", "text"),
    [("en", "2026-11-22 14:05"), ("ar-EG", "٢٠٢٦-١١-٢٢ ١٤:٠٥"), ("fa", "۱۴۰۵-۰۹-۰۱ ۱۴:۰۵")],
)
def test_a_moment_is_written_in_the_readers_calendar_and_digits(locale: str, text: str) -> None:
    assert moment(AT, locale) == text


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(1979, 2, 11), (1357, 11, 22)),
        (date(2021, 3, 20), (1399, 12, 30)),
        (date(2021, 3, 21), (1400, 1, 1)),
        (date(2025, 3, 20), (1403, 12, 30)),
        (date(2025, 3, 21), (1404, 1, 1)),
        (date(2026, 3, 20), (1404, 12, 29)),
        (date(2026, 9, 22), (1405, 6, 31)),
        (date(2026, 9, 23), (1405, 7, 1)),
        (date(2029, 3, 20), (1408, 1, 1)),
        (date(2030, 3, 20), (1408, 12, 30)),
    ],
)
def test_days_of_irans_calendar(day: date, expected: tuple[int, int, int]) -> None:
    assert iranian(day) == expected
