"""Who looks at which conversation, told live and kept nowhere.

Each console says what it looks at, and says it again while it does; one that fell silent is
forgotten. So a process that died leaves nobody behind who seems to look.
"""

from __future__ import annotations

from aiohttp import web

from gateway.hub import EVERYTHING, Viewing
from gateway.ids import AgentId, ConversationId
from gateway.model.agent import Agent
from gateway.store import conversations
from gateway.web import keys

FORGOTTEN_AFTER_S = 60.0
"""Consoles say it again within half of this."""


class Viewers:
    """What is known of all consoles, those of other processes included. Times in seconds."""

    def __init__(self) -> None:
        self._at: dict[ConversationId, dict[str, tuple[Viewing, float]]] = {}

    def take(self, news: Viewing, now: float) -> bool:
        """Whether it changed who looks at the conversation."""
        there = self._at.setdefault(news.conversation_id, {})
        before = news.console in there
        if news.on:
            there[news.console] = (news, now)
        else:
            there.pop(news.console, None)
        if not there:
            del self._at[news.conversation_id]
        return before != news.on

    def of(self, id: ConversationId) -> dict[AgentId, str]:
        """The agents who look at it, with their names, in the order in which they came."""
        there = self._at.get(id, {}).values()
        return {news.agent_id: news.name for news, _ in there}

    def forget_silent(self, now: float) -> set[ConversationId]:
        """The conversations whose viewers changed by it."""
        silent = [
            news
            for there in self._at.values()
            for news, at in there.values()
            if now - at > FORGOTTEN_AFTER_S
        ]
        for news in silent:
            self.take(_gone(news), now)
        return {news.conversation_id for news in silent}


class Gaze:
    """What one console looks at. Raises NotFound for what is no conversation."""

    def __init__(self, app: web.Application, agent: Agent, console: str) -> None:
        self._app = app
        self._agent = agent
        self._console = console
        self.at: ConversationId | None = None

    async def turn_to(self, id: ConversationId | None) -> None:
        """Say so to all; saying it again is how a console shows that it is still there."""
        if id is not None:
            async with self._app[keys.STORE].read() as connection:
                await conversations.get(connection, id)
        if id != self.at:
            self.leave()
        self.at = id
        if id is not None:
            self._say(id, on=True)

    def leave(self) -> None:
        if self.at is not None:
            self._say(self.at, on=False)
        self.at = None

    def _say(self, id: ConversationId, *, on: bool) -> None:
        news = Viewing(
            conversation_id=id,
            console=self._console,
            agent_id=self._agent.id,
            name=self._agent.name,
            on=on,
        )
        self._app[keys.HUB].publish(EVERYTHING, news)


def _gone(news: Viewing) -> Viewing:
    return Viewing(
        conversation_id=news.conversation_id,
        console=news.console,
        agent_id=news.agent_id,
        name=news.name,
        on=False,
    )
