"""Limits: token buckets per visitor and per network address, and places for sockets.

They live in memory and are bounded: who was not seen for longest is forgotten first.
"""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from channels.chat.settings import Limits
from gateway.clock import Clock
from gateway.errors import TooMany

ROOM = 50_000
"""How many buckets are remembered."""


@dataclass(frozen=True, kw_only=True)
class Rate:
    """`burst` at once, then `per_s` each second."""

    burst: float
    per_s: float

    def times(self, factor: float) -> Rate:
        return Rate(burst=self.burst * factor, per_s=self.per_s * factor)


class Bucket:
    """What is left of a burst, filled up as time goes by.

    What takes more than is left is allowed as long as anything is left: it leaves a debt.
    """

    def __init__(self, rate: Rate, now: datetime) -> None:
        self._left = rate.burst
        self._at = now

    def take(self, rate: Rate, now: datetime, amount: float = 1.0) -> float:
        """0 when it was allowed, else the seconds until it will be."""
        passed = max(0.0, (now - self._at).total_seconds())
        self._left = min(rate.burst, self._left + passed * rate.per_s)
        self._at = now
        if self._left < 1.0:
            return (1.0 - self._left) / rate.per_s
        self._left -= amount
        return 0.0


class Buckets:
    """Buckets by key; at most `room` of them."""

    def __init__(self, clock: Clock, room: int = ROOM) -> None:
        self._clock = clock
        self._room = room
        self._buckets: OrderedDict[str, Bucket] = OrderedDict()

    def __len__(self) -> int:
        return len(self._buckets)

    def take(self, what: str, who: str, rate: Rate, amount: float = 1.0) -> None:
        """Raises TooMany."""
        wait = self._bucket(f"{what} {who}", rate).take(rate, self._clock(), amount)
        if wait:
            raise TooMany(what, wait)

    def _bucket(self, key: str, rate: Rate) -> Bucket:
        bucket = self._buckets.get(key)
        if bucket is None:
            bucket = self._buckets[key] = Bucket(rate, self._clock())
            if len(self._buckets) > self._room:
                self._buckets.popitem(last=False)
        self._buckets.move_to_end(key)
        return bucket


class Doors:
    """The limits of the web chat, by what a visitor does. Each method raises TooMany."""

    def __init__(self, clock: Clock) -> None:
        self._buckets = Buckets(clock)

    def session(self, limits: Limits, network: str) -> None:
        rate = Rate(burst=limits.network_sessions_burst, per_s=limits.network_sessions_per_s)
        self._buckets.take("sessions", network, rate)

    def message(self, limits: Limits, visitor: str, network: str | None) -> None:
        rate = Rate(burst=limits.messages_burst, per_s=limits.messages_per_s)
        self._both("messages", rate, limits, visitor, network)

    def frame(self, limits: Limits, visitor: str) -> None:
        rate = Rate(burst=limits.frames_burst, per_s=limits.frames_per_s)
        self._buckets.take("frames", visitor, rate)

    def upload(self, limits: Limits, visitor: str, network: str | None) -> None:
        """Asked before a file is taken; what it weighs is noted by `uploaded`."""
        rate = Rate(burst=limits.uploads_burst, per_s=limits.uploads_per_s)
        self._both("uploads", rate, limits, visitor, network)
        self._both("bytes", _weight(limits), limits, visitor, network, 0)

    def uploaded(self, limits: Limits, visitor: str, network: str | None, size: int) -> None:
        self._both("bytes", _weight(limits), limits, visitor, network, size)

    def _both(
        self,
        what: str,
        rate: Rate,
        limits: Limits,
        visitor: str,
        network: str | None,
        amount: float = 1.0,
    ) -> None:
        self._buckets.take(what, visitor, rate, amount)
        if network is not None:
            self._buckets.take(what, network, rate.times(limits.network_times), amount)


class Places:
    """How many sockets each visitor and each network address holds now."""

    def __init__(self) -> None:
        self._taken: Counter[str] = Counter()

    @contextmanager
    def taken(self, who: str, limit: int) -> Iterator[None]:
        """A place for as long as the context lasts. Raises TooMany."""
        if self._taken[who] >= limit:
            raise TooMany("sockets", 10)
        self._taken[who] += 1
        try:
            yield
        finally:
            self._taken[who] -= 1
            if self._taken[who] <= 0:
                del self._taken[who]


def _weight(limits: Limits) -> Rate:
    return Rate(burst=limits.upload_bytes_burst, per_s=limits.upload_bytes_per_s)
