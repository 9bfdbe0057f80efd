"""The place in a queue is exact, the estimate honest or absent."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from gateway.store.waiting import PickUp
from handoff.queues import estimate

NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)


def taken(minutes_ago: float, after_waiting: float) -> PickUp:
    at = NOW - timedelta(minutes=minutes_ago)
    return PickUp(at=at - timedelta(minutes=after_waiting), taken_at=at)


def test_nothing_is_estimated_from_too_little() -> None:
    assert estimate(1, [], NOW) is None
    assert estimate(1, [taken(1, 5), taken(2, 5)], NOW) is None


def test_a_busy_queue_moves_on_at_the_pace_of_its_pick_ups() -> None:
    recent = [taken(m, after_waiting=30) for m in (2, 4, 6, 8, 10)]
    assert estimate(1, recent, NOW) == 120
    assert estimate(5, recent, NOW) == 600


def test_a_quiet_queue_is_judged_by_how_long_people_really_waited() -> None:
    recent = [taken(m, after_waiting=0.5) for m in (10, 30, 50)]
    assert estimate(1, recent, NOW) == 30


def test_an_estimate_grows_while_nobody_comes() -> None:
    recent = [taken(m, after_waiting=60) for m in (30, 31, 32)]
    assert (estimate(1, recent, NOW) or 0) > 600
