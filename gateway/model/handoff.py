"""A handoff: the change of owner from the bot to people."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from gateway.ids import AgentId, ConversationId, HandoffId, QueueId
from gateway.model.turn import Guess
from gateway.model.why import Why


@dataclass(frozen=True, kw_only=True)
class Handoff:
    """Why and when people were asked, and what the bot knew at that moment.

    `reason` is a slug (asked_for_person, not_understood, asked_again, bot_failed, rule, …),
    `explanation` says it in sentences, `why` the same in codes. `from_seq` is the message that
    led to it.
    """

    id: HandoffId
    conversation_id: ConversationId
    reason: str
    explanation: str
    at: datetime
    waiting_since: datetime
    queue_id: QueueId
    from_seq: int
    why: tuple[Why, ...] = ()
    guesses: tuple[Guess, ...] = ()
    slots: dict[str, Any] = field(default_factory=dict)
    taken_at: datetime | None = None
    taken_by: AgentId | None = None
    ended_at: datetime | None = None
    ended_by: str | None = None
