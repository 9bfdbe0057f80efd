"""The table of channels: one line each says what makes it and where its addresses are."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from aiohttp import web

from channels.chat import routes as chat_routes
from channels.chat.channel import ChatChannel
from channels.chat.settings import ChatSettings
from gateway.channel import Channel
from gateway.model.inbox import Inbox
from gateway.parts import Parts
from gateway.web.route import Route


class LiveChannel(Channel, Protocol):
    """A channel with a life of its own beside the requests."""

    def running(self, app: web.Application) -> AsyncIterator[None]:
        """Its work, as a cleanup context."""

    def trouble(self, inbox: Inbox) -> str | None:
        """Why this inbox cannot work, or None."""

    async def close(self, app: web.Application) -> None:
        """Told first of all when the gateway ends."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """`key` is where the channel's own handlers find it.

    `check` raises pydantic's ValidationError for settings that an inbox cannot have.
    """

    make: Callable[[Parts], LiveChannel]
    key: web.AppKey[Any]
    prefix: str
    routes: tuple[Route, ...]
    check: Callable[[dict[str, Any]], object]


TABLE: Mapping[str, Entry] = {
    "chat": Entry(
        make=ChatChannel,
        key=chat_routes.CHAT,
        prefix="/chat/v1",
        routes=chat_routes.routes,
        check=ChatSettings.model_validate,
    ),
}
