"""Peyk's channel into Rasa: one turn is one HTTP round trip, for those who hold the token."""

import hmac
import logging
import time
import traceback
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from rasa.core.processor import MessageProcessor
from sanic import Blueprint, HTTPResponse, Request

from . import understanding
from .answering import answer, model_id
from .reading import Unreadable, read_turn
from .wire import problem, sent

TITLES = Path(__file__).parents[1] / "titles.yml"
_log = logging.getLogger(__name__)


class PeykChannel(InputChannel):
    """The routes under /webhooks/peyk."""

    def __init__(self, token: str) -> None:
        self._token = token.encode()
        self._titles = understanding.read_titles(TITLES)

    @classmethod
    def name(cls) -> str:
        """The last part of the channel's address."""
        return "peyk"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> "PeykChannel":
        """The channel with the token in credentials.yml, which takes it from the environment."""
        token = str((credentials or {}).get("token") or "")
        if not token:
            raise ValueError("the channel has no token to check")
        return cls(token)

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The two routes, both behind the token."""
        routes = Blueprint("peyk_channel")
        routes.add_route(self._guarded(self._turn), "/turn", methods=["POST"], name="turn")
        routes.add_route(self._guarded(self._health), "/health", methods=["GET"], name="health")
        return routes

    def _guarded(
        self, handler: Callable[[Request], Awaitable[HTTPResponse]]
    ) -> Callable[[Request], Awaitable[HTTPResponse]]:
        async def guarded(request: Request) -> HTTPResponse:
            if not self._may(request):
                return problem(401, "a bearer token is needed")
            return await handler(request)

        return guarded

    def _may(self, request: Request) -> bool:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        given = token.strip().encode("utf-8", "replace")
        return scheme.lower() == "bearer" and hmac.compare_digest(given, self._token)

    async def _health(self, request: Request) -> HTTPResponse:
        processor = _processor(request)
        if processor is None:
            return problem(503, "no model is loaded")
        return sent(200, {"ready": True, "model": model_id(processor)})

    async def _turn(self, request: Request) -> HTTPResponse:
        processor = _processor(request)
        if processor is None:
            return problem(503, "no model is loaded")
        started = time.perf_counter()
        try:
            turn = read_turn(request.body)
            answered = await answer(turn, processor, self._titles)
        except Unreadable as exc:
            return problem(exc.status, str(exc))
        except Exception as exc:
            _log.error("turn failed: %s at %s", type(exc).__name__, _place(exc))
            return problem(500, "the bot could not answer this turn")
        _log.info("turn %s answered in %.0f ms", turn.turn, 1000 * (time.perf_counter() - started))
        return sent(200, answered)


def _processor(request: Request) -> MessageProcessor | None:
    agent = getattr(request.app.ctx, "agent", None)
    return agent.processor if agent is not None and agent.is_ready() else None


def _place(exc: Exception) -> str:
    """Where it happened, without the exception's words: they may quote the customer."""
    frames = traceback.extract_tb(exc.__traceback__)[-3:]
    return " < ".join(
        f"{frame.name} {Path(frame.filename).name}:{frame.lineno}" for frame in frames
    )
