"""The hours in which people are there: weekly spans in a time zone, and days that are closed.

Pure: asked with a moment, it says whether somebody is there, and when somebody will be.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Self
from zoneinfo import ZoneInfo

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

MIDNIGHT = 24 * 60

AHEAD = 400
"""How many days are looked at for the next opening: a whole year of holidays is none."""

Span = tuple[int, int]
"""From which minute of the day to which: 0 to 1440."""


@dataclass(frozen=True, kw_only=True)
class Hours:
    """`weekly` has the spans of Monday to Sunday, in order and apart from each other."""

    zone: ZoneInfo
    weekly: tuple[tuple[Span, ...], ...]
    closed_on: frozenset[date] = frozenset()

    @classmethod
    def of(
        cls,
        timezone: str,
        weekly: Mapping[str, Sequence[tuple[str, str]]],
        closed_on: Sequence[date] = (),
    ) -> Self:
        """As an admin writes them: `{"mon": [("09:00", "17:00")], …}`. Raises ValueError."""
        if unknown := set(weekly) - set(DAYS):
            raise ValueError(f"{sorted(unknown)[0]}: expected one of {', '.join(DAYS)}")
        return cls(
            zone=_zone(timezone),
            weekly=tuple(_spans(day, weekly.get(day, ())) for day in DAYS),
            closed_on=frozenset(closed_on),
        )

    def is_open(self, at: datetime) -> bool:
        today = at.astimezone(self.zone).date()
        return any(begin <= at < end for begin, end in self._on(today))

    def opens_at(self, at: datetime) -> datetime | None:
        """When the next hours begin, in UTC; None while it is open, and when it never opens."""
        if self.is_open(at):
            return None
        return next((begin for begin, _ in self._from(at) if begin > at), None)

    def _from(self, at: datetime) -> Iterator[tuple[datetime, datetime]]:
        today = at.astimezone(self.zone).date()
        for days in range(AHEAD):
            yield from self._on(today + timedelta(days=days))

    def _on(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        """The hours of one day, as moments."""
        if day in self.closed_on:
            return
        for begin, end in self.weekly[day.weekday()]:
            yield self._moment(day, begin), self._moment(day, end)

    def _moment(self, day: date, minute: int) -> datetime:
        """A clock that is put forward skips its minutes; those count as an hour later."""
        days, minute = divmod(minute, MIDNIGHT)
        wall = time(minute // 60, minute % 60)
        local = datetime.combine(day + timedelta(days=days), wall, tzinfo=self.zone)
        return local.astimezone(UTC)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError) as error:
        raise ValueError("expected a time zone such as Asia/Tehran") from error


def _spans(day: str, given: Sequence[tuple[str, str]]) -> tuple[Span, ...]:
    spans = tuple(sorted((_minute(day, begin), _minute(day, end)) for begin, end in given))
    if any(begin >= end for begin, end in spans):
        raise ValueError(f"{day}: hours must end after they begin; midnight at the end is 24:00")
    if any(end > begin for (_, end), (begin, _) in pairwise(spans)):
        raise ValueError(f"{day}: these hours overlap")
    return spans


def _minute(day: str, text: str) -> int:
    hours, colon, minutes = text.partition(":")
    if colon and len(text) == 5 and text.isascii() and (hours + minutes).isdigit():
        minute = int(hours) * 60 + int(minutes)
        if int(minutes) < 60 and minute <= MIDNIGHT:
            return minute
    raise ValueError(f"{day}: {text[:20]!r} is no time such as 09:00")
