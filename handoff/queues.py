"""Where a customer stands in his queue, and how long it may take."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from statistics import median
from typing import NamedTuple

from gateway.model.conversation import Conversation, State
from gateway.store import waiting
from gateway.store.store import Reading
from gateway.store.waiting import PickUp

RECENT = timedelta(hours=1)
"""How far back pick-ups say something of the present."""
MOST = 20
FEWEST = 3
"""With fewer recent pick-ups than this nothing is promised."""


class Place(NamedTuple):
    """1 is the next one; `wait_s` is None when there is nothing to tell it from."""

    position: int
    wait_s: int | None


async def position(connection: Reading, conversation: Conversation, now: datetime) -> Place | None:
    """The conversation's place in its queue, or None while it does not wait."""
    if conversation.state is not State.WAITING or conversation.queue_id is None:
        return None
    if conversation.snoozed_until is not None:
        return None
    place = await waiting.ahead(connection, conversation) + 1
    recent = await waiting.pick_ups(connection, conversation.queue_id, now - RECENT, limit=MOST)
    return Place(place, estimate(place, recent, now))


def estimate(place: int, recent: Sequence[PickUp], now: datetime) -> int | None:
    """Seconds until this place's turn, told from the latest pick-ups.

    Each who is ahead takes as long as one pick-up took on average of late. Where hardly
    anybody came, that says too much, so nobody is told more than what others ahead and
    he would have waited by the usual wait.
    """
    if len(recent) < FEWEST:
        return None
    first = min(each.taken_at for each in recent)
    between = (now - first).total_seconds() / len(recent)
    usual = median((each.taken_at - each.at).total_seconds() for each in recent)
    return max(1, round(place * min(between, usual)))
