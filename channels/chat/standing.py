"""How a conversation stands, and whether people are there: what its customer is told of both."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from channels.chat.settings import ChatSettings
from gateway.events import EventKind
from gateway.ids import AgentId, ConversationId
from gateway.model.conversation import Conversation, State
from gateway.model.owner import OwnerKind
from gateway.store import agents, conversations, ratings
from gateway.store.store import Reading, Store
from handoff.queues import position

MOVES = frozenset(
    {
        EventKind.HANDED_OFF,
        EventKind.CLAIMED,
        EventKind.TRANSFERRED,
        EventKind.RETURNED_TO_BOT,
        EventKind.SNOOZED,
        EventKind.UNSNOOZED,
        EventKind.RESOLVED,
        EventKind.REOPENED,
    }
)
"""After these a conversation, and who waits behind it, may stand otherwise than was told."""

TELLING = MOVES | {EventKind.RATED}
"""After these its own customer is told anew."""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """`is_rated`: the customer is asked for a rating; `score` is the one that he gave."""

    conversation: Conversation
    agent: str | None = None
    position: int | None = None
    wait_s: int | None = None
    is_rated: bool = False
    score: int | None = None


@dataclass(frozen=True, kw_only=True)
class Opening:
    """Whether people are there, and when they will be, if that is known."""

    is_open: bool = True
    opens_at: datetime | None = None


def opening_of(settings: ChatSettings, now: datetime) -> Opening:
    """Without hours people are always there."""
    hours = settings.hours.hours() if settings.hours else None
    if hours is None or hours.is_open(now):
        return Opening()
    return Opening(is_open=False, opens_at=hours.opens_at(now))


async def read_standing(store: Store, id: ConversationId, now: datetime, rating: bool) -> Standing:
    """`rating`: whether this inbox asks for ratings."""
    async with store.read() as connection:
        conversation = await conversations.get(connection, id)
        place = await position(connection, conversation, now)
        is_rated = rating and conversation.state is State.RESOLVED
        known = await ratings.of(connection, conversation) if is_rated else None
        return Standing(
            conversation=conversation,
            agent=await _agent_name(connection, conversation),
            position=place.position if place else None,
            wait_s=place.wait_s if place else None,
            is_rated=is_rated,
            score=known.score if known else None,
        )


async def _agent_name(connection: Reading, conversation: Conversation) -> str | None:
    owner = conversation.owner
    if owner.kind is not OwnerKind.AGENT or owner.id is None:
        return None
    return (await agents.get(connection, AgentId(owner.id))).name
