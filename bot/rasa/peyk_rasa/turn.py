"""The turn that the present task is answering.

Rasa keeps nothing between turns: the channel puts the turn here, and the tracker store, the
responses and the action endpoint, which Rasa calls without naming the turn, find it here.
"""

import time
from contextvars import ContextVar
from dataclasses import dataclass, field

from rasa.shared.core.trackers import DialogueStateTracker

ACTIONS_WITHIN_S = 3.5


@dataclass(kw_only=True)
class Turn:
    """What goes into a turn, and what Rasa makes of it."""

    id: str
    before: DialogueStateTracker
    after: DialogueStateTracker | None = None
    failed_actions: list[str] = field(default_factory=list)
    began: float = field(default_factory=time.monotonic)

    @property
    def seconds_left(self) -> float:
        """How long the turn's actions may still take: the gateway waits five seconds."""
        return ACTIONS_WITHIN_S - (time.monotonic() - self.began)


present: ContextVar[Turn] = ContextVar("present_turn")
