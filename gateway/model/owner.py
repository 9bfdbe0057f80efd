"""Who owns a conversation: the bot, a queue, or one agent."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from gateway.ids import AgentId, QueueId


class OwnerKind(StrEnum):
    BOT = "bot"
    QUEUE = "queue"
    AGENT = "agent"


@dataclass(frozen=True, kw_only=True)
class Owner:
    """Exactly one of these owns a conversation at any time."""

    kind: OwnerKind
    id: str | None = None

    @staticmethod
    def queue(id: QueueId) -> Owner:
        return Owner(kind=OwnerKind.QUEUE, id=id)

    @staticmethod
    def agent(id: AgentId) -> Owner:
        return Owner(kind=OwnerKind.AGENT, id=id)


BOT = Owner(kind=OwnerKind.BOT)
