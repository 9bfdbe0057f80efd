"""A tracker store that stores nothing: the dialogue comes with the turn and leaves with it."""

from collections.abc import Iterable
from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker

from . import turn


class TurnTrackerStore(TrackerStore):
    """Hands out the tracker of the present turn and keeps what is saved for its answer."""

    def __init__(
        self, domain: Domain | None, event_broker: EventBroker | None = None, **kwargs: Any
    ) -> None:
        super().__init__(domain, event_broker, **kwargs)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The tracker that the present turn's events describe."""
        return turn.present.get().before

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keeps the tracker for the present turn's answer only."""
        turn.present.get().after = tracker

    async def keys(self) -> Iterable[str]:
        """None: nothing is stored."""
        return ()

    async def delete(self, sender_id: str) -> None:
        """Nothing to delete: nothing is stored."""
