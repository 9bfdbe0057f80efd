"""The turn that the present task is answering.

Rasa keeps nothing between turns: the channel puts the turn here, and the tracker store, the
responses and the action endpoint, which Rasa calls without naming the turn, find it here.
"""

from contextvars import ContextVar
from dataclasses import dataclass, field

from rasa.shared.core.trackers import DialogueStateTracker


@dataclass(kw_only=True)
class Turn:
    """What goes into a turn, and what Rasa makes of it."""

    id: str
    before: DialogueStateTracker
    after: DialogueStateTracker | None = None
    failed_actions: list[str] = field(default_factory=list)


present: ContextVar[Turn] = ContextVar("present_turn")
