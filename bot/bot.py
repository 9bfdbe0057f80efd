"""The border to any bot: a question goes in, an answer comes out, nothing is kept there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Protocol

from gateway.ids import ConversationId, TurnId
from gateway.model.turn import Answer


@dataclass(frozen=True, kw_only=True)
class Question:
    """One turn with all that is needed to answer it anywhere.

    Exactly one of `text` and `choice` is given; a choice is the value of a button that the
    bot itself offered. `dialogue` is what the bot's last answer gave us to keep.
    """

    conversation_id: ConversationId
    turn_id: TurnId
    channel: str
    text: str | None = None
    choice: str | None = None
    language: str | None = None
    slots: dict[str, Any] = field(default_factory=dict)
    dialogue: tuple[dict[str, Any], ...] = ()
    returned: bool = False


class Bot(Protocol):
    """Answers questions. Asking twice gives the same answer and changes nothing."""

    async def ask(self, question: Question) -> Answer:
        """Raises BotFailed when there is no usable answer within the deadline."""

    async def ready(self) -> str:
        """The id of the model that serves. Raises BotFailed."""
