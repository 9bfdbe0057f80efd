"""The way to the action server, which tells the present turn when it failed.

Rasa logs a failing action and goes on as if it had nothing to say: the customer would get
silence. The channel asks for a person instead.
"""

import asyncio
import logging
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from rasa.utils.endpoints import ClientResponseError, EndpointConfig

from . import turn

_log = logging.getLogger(__name__)
TIMEOUT_S = 3.0
REJECTED = 400


class WatchedEndpoint(EndpointConfig):  # type: ignore[misc]
    """The action server's address; a call may take three seconds, and a failure is noted."""

    @classmethod
    def watching(cls, endpoint: EndpointConfig) -> "WatchedEndpoint":
        """The same address, watched; of an address without a path, the action server's route."""
        return cls(
            _route(endpoint.url or ""),
            endpoint.params,
            endpoint.headers,
            endpoint.basic_auth,
            **endpoint.kwargs,
        )

    async def request(self, *args: Any, **kwargs: Any) -> Any:
        """Calls the action server within the time that a turn has."""
        action = str(kwargs.get("json", {}).get("next_action"))
        if turn.present.get().failed_actions:
            raise aiohttp.ClientError("an action of this turn has failed already")
        try:
            answer = await asyncio.wait_for(super().request(*args, **kwargs), TIMEOUT_S)
        except ClientResponseError as exc:
            if exc.status != REJECTED:
                _note_failure(action)
            raise
        except Exception:
            _note_failure(action)
            raise
        if not _is_action_result(answer):
            _note_failure(action)
        return answer


def _route(url: str) -> str:
    return url if urlsplit(url).path.strip("/") else f"{url.rstrip('/')}/webhook"


def _note_failure(action: str) -> None:
    _log.warning("action %s failed", action)
    turn.present.get().failed_actions.append(action)


def _is_action_result(answer: Any) -> bool:
    return (
        isinstance(answer, dict)
        and isinstance(answer.get("events", []), list)
        and isinstance(answer.get("responses", []), list)
    )
