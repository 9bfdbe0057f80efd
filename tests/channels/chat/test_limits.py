"""Limits: what is allowed, what has to wait, and that remembering it stays small."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.chat.limits import Bucket, Buckets, Places, Rate
from gateway.errors import TooMany
from tests.conftest import SetClock

RATE = Rate(burst=3, per_s=2)


def test_a_burst_is_allowed_and_then_so_many_a_second(clock: Any) -> None:
    buckets = Buckets(clock)
    for _ in range(3):
        buckets.take("messages", "sara", RATE)
    with pytest.raises(TooMany) as refused:
        buckets.take("messages", "sara", RATE)
    assert refused.value.retry_after == pytest.approx(0.5)
    clock.forward(seconds=0.5)
    buckets.take("messages", "sara", RATE)
    with pytest.raises(TooMany):
        buckets.take("messages", "sara", RATE)


def test_one_who_is_refused_holds_up_nobody_else(clock: Any) -> None:
    buckets = Buckets(clock)
    for _ in range(3):
        buckets.take("messages", "sara", RATE)
    buckets.take("messages", "dara", RATE)
    buckets.take("uploads", "sara", RATE)


def test_what_weighs_more_than_is_left_leaves_a_debt(clock: Any) -> None:
    bucket = Bucket(RATE, clock())
    assert bucket.take(RATE, clock(), amount=13) == 0
    assert bucket.take(RATE, clock()) == pytest.approx(5.5)


def test_a_clock_that_goes_back_neither_gives_nor_takes(clock: Any) -> None:
    bucket = Bucket(RATE, clock())
    assert [bucket.take(RATE, clock()) for _ in range(3)] == [0, 0, 0]
    clock.forward(days=-1)
    assert bucket.take(RATE, clock()) == pytest.approx(0.5)
    clock.forward(seconds=0.5)
    assert bucket.take(RATE, clock()) == 0


def test_who_was_not_seen_for_longest_is_forgotten_first(clock: Any) -> None:
    buckets = Buckets(clock, room=100)
    for _ in range(3):
        buckets.take("messages", "sara", RATE)
    for n in range(99):
        buckets.take("messages", str(n), RATE)
    with pytest.raises(TooMany):
        buckets.take("messages", "sara", RATE)
    for n in range(1000):
        buckets.take("messages", f"crowd {n}", RATE)
    assert len(buckets) == 100
    buckets.take("messages", "sara", RATE)


@given(st.lists(st.floats(0, 5), max_size=60))
def test_never_more_than_the_burst_and_the_rate_allow(waits: list[float]) -> None:
    clock = SetClock()
    bucket = Bucket(RATE, clock())
    passed, allowed = 0.0, 0
    for wait in waits:
        clock.forward(seconds=wait)
        passed += wait
        allowed += bucket.take(RATE, clock()) == 0
        assert allowed <= RATE.burst + passed * RATE.per_s + 1e-3


def test_places_are_given_back(clock: Any) -> None:
    places = Places()
    with places.taken("sara", 2), places.taken("sara", 2):
        with pytest.raises(TooMany), places.taken("sara", 2):
            pass
        with places.taken("dara", 2):
            pass
    with places.taken("sara", 1):
        pass
    assert not places._taken
