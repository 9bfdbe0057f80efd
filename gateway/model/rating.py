"""A rating: what a customer says of a conversation at its end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from gateway.ids import AgentId, ContactId, ConversationId

WORST, BEST = 1, 5

MAX_COMMENT = 2_000


@dataclass(frozen=True, kw_only=True)
class Rating:
    """One for each resolution, which its `ownership` number tells apart.

    `agent_id` is the last person who answered; None when only the bot did.
    """

    id: str
    conversation_id: ConversationId
    contact_id: ContactId
    ownership: int
    score: int
    at: datetime
    comment: str | None = None
    agent_id: AgentId | None = None
