"""Whether somebody is there, and when somebody will be."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from gateway.model.hours import Hours

WORKDAYS = {day: [("09:00", "12:30"), ("13:30", "17:00")] for day in ("mon", "tue", "wed", "thu")}
TEHRAN = Hours.of("Asia/Tehran", {**WORKDAYS, "sat": [("09:00", "24:00")]}, [date(2026, 11, 24)])
"""Three and a half hours ahead of UTC; 2026-11-23 is a Monday, and its Tuesday is a holiday."""


def utc(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "is_open"),
    [
        (utc(23, 5, 29), False),
        (utc(23, 5, 30), True),
        (utc(23, 8, 59), True),
        (utc(23, 9, 0), False),
        (utc(23, 10, 0), True),
        (utc(23, 13, 30), False),
        (utc(24, 6, 0), False),
        (utc(25, 6, 0), True),
        (utc(28, 20, 29), True),
        (utc(28, 20, 30), False),
    ],
)
def test_it_is_open_within_the_hours_of_its_own_time_zone(at: datetime, is_open: bool) -> None:
    assert TEHRAN.is_open(at) is is_open


def test_after_the_last_hours_it_opens_on_the_next_day_that_is_not_closed() -> None:
    assert TEHRAN.opens_at(utc(23, 9, 15)) == utc(23, 10, 0)
    assert TEHRAN.opens_at(utc(23, 14, 0)) == utc(25, 5, 30)
    assert TEHRAN.opens_at(utc(26, 20, 0)) == utc(28, 5, 30)


def test_while_it_is_open_and_when_it_never_opens_there_is_no_time_to_name() -> None:
    assert TEHRAN.opens_at(utc(23, 6, 0)) is None
    assert Hours.of("UTC", {}).opens_at(utc(23, 6, 0)) is None


def test_a_clock_that_is_put_forward_moves_the_opening_in_utc() -> None:
    berlin = Hours.of("Europe/Berlin", {day: [("02:30", "09:00")] for day in ("sat", "sun")})
    saturday = datetime(2026, 3, 28, 0, 0, tzinfo=UTC)
    sunday = datetime(2026, 3, 29, 0, 0, tzinfo=UTC)
    assert berlin.opens_at(saturday) == saturday.replace(hour=1, minute=30)
    assert berlin.opens_at(sunday) == sunday.replace(hour=1, minute=30)
    assert berlin.is_open(sunday.replace(hour=6, minute=59))
    assert not berlin.is_open(sunday.replace(hour=7))


@pytest.mark.parametrize(
    ("timezone", "weekly", "wrong"),
    [
        ("Mars/Olympus", {}, "time zone"),
        ("../etc/passwd", {}, "time zone"),
        ("UTC", {"monday": []}, "monday"),
        ("UTC", {"mon": [("9:00", "17:00")]}, "mon: '9:00'"),
        ("UTC", {"mon": [("09:60", "17:00")]}, "mon: '09:60'"),
        ("UTC", {"mon": [("09:00", "24:01")]}, "mon: '24:01'"),
        ("UTC", {"mon": [("17:00", "09:00")]}, "end after"),
        ("UTC", {"mon": [("09:00", "12:00"), ("11:00", "13:00")]}, "overlap"),
    ],
)
def test_hours_that_make_no_sense_are_refused_and_named(
    timezone: str, weekly: dict[str, list[tuple[str, str]]], wrong: str
) -> None:
    with pytest.raises(ValueError, match=wrong):
        Hours.of(timezone, weekly)
