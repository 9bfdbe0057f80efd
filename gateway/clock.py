"""The time, passed in wherever it is needed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""Gives the present as an aware datetime in UTC."""


def utc_now() -> datetime:
    return datetime.now(UTC)
