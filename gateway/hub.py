"""The hub: live news between the parts of a process. It may lose news, never the truth.

A listener whose box is full is told so (`Overrun`) and reads the store again.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Protocol

from gateway.events import Event
from gateway.ids import AgentId, ConversationId
from gateway.model.agent import Presence
from gateway.model.message import Author

BOX = 256
"""How much news waits for one listener."""


@dataclass(frozen=True, kw_only=True)
class Typing:
    """Somebody writes, or stopped writing."""

    conversation_id: ConversationId
    contact_id: str
    author: Author
    on: bool


@dataclass(frozen=True, kw_only=True)
class PresenceNews:
    agent_id: str
    presence: Presence


@dataclass(frozen=True, kw_only=True)
class Viewing:
    """A console of an agent looks at a conversation, or looks away."""

    conversation_id: ConversationId
    console: str
    agent_id: AgentId
    name: str
    on: bool


@dataclass(frozen=True)
class Overrun:
    """News was lost for this listener."""


News = Event | Typing | Viewing | PresenceNews | Overrun
Wanted = Callable[[News], bool]

EVERYTHING = "everything"
"""The topic that gets all news."""


def about_contact(contact_id: str) -> str:
    """The topic of one contact's conversations."""
    return f"contact:{contact_id}"


class Listener:
    """A bounded box of news, or of those among them that are `wanted`."""

    def __init__(self, wanted: Wanted | None = None) -> None:
        self._wanted = wanted
        self._box: asyncio.Queue[News] = asyncio.Queue(BOX)

    def put(self, news: News) -> None:
        """Never blocks: a full box is emptied, and says that it overran."""
        if self._wanted is not None and not self._wanted(news):
            return
        if self._box.full():
            while not self._box.empty():
                self._box.get_nowait()
            self._box.put_nowait(Overrun())
        self._box.put_nowait(news)

    async def get(self) -> News:
        return await self._box.get()

    def rest(self) -> list[News]:
        """What else is there, without waiting for more."""
        found: list[News] = []
        while not self._box.empty():
            found.append(self._box.get_nowait())
        return found


class Hub(Protocol):
    """What carries news; the database stays the truth."""

    def publish(self, topic: str, news: News) -> None:
        """Give news to whoever listens to the topic, and to those who listen to everything."""

    def listen(
        self, *topics: str, wanted: Wanted | None = None
    ) -> AbstractContextManager[Listener]:
        """Use as `with hub.listen(topic) as listener`; news that are not wanted cost nothing."""

    async def ready(self) -> None:
        """Raises when news cannot travel."""


class LocalHub:
    """The hub of a single process."""

    def __init__(self) -> None:
        self._listeners: defaultdict[str, set[Listener]] = defaultdict(set)

    def publish(self, topic: str, news: News) -> None:
        for each in {topic, EVERYTHING}:
            for listener in tuple(self._listeners.get(each, ())):
                listener.put(news)

    @contextmanager
    def listen(self, *topics: str, wanted: Wanted | None = None) -> Iterator[Listener]:
        listener = Listener(wanted)
        for topic in topics:
            self._listeners[topic].add(listener)
        try:
            yield listener
        finally:
            for topic in topics:
                self._forget(topic, listener)

    async def ready(self) -> None:
        return None

    def _forget(self, topic: str, listener: Listener) -> None:
        self._listeners[topic].discard(listener)
        if not self._listeners[topic]:
            del self._listeners[topic]
