"""The way to the action server, which tells the present turn when it failed.

Rasa logs a failing action and goes on as if it had nothing to say: the customer would get
silence. The channel asks for a person instead.
"""

import asyncio
import logging
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from jsonschema import Draft202012Validator
from rasa.core.actions.action import RemoteAction
from rasa.utils.endpoints import ClientResponseError, EndpointConfig

from . import turn

_log = logging.getLogger(__name__)
REJECTED = 400

# Rasa checks its own schema anew at each action, which takes ten times as long as the action.
# The answer is checked here against the same schema, and the second check finds nothing to do.
_RESULT = Draft202012Validator(RemoteAction.action_response_format_spec())
RemoteAction.action_response_format_spec = staticmethod(dict)


class WatchedEndpoint(EndpointConfig):
    """The action server's address; it has the time that the turn has, and a failure is noted."""

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
        """Calls the action server while there is time; after a failure there is no second call."""
        action = str(kwargs.get("json", {}).get("next_action"))
        present = turn.present.get()
        if present.failed_actions:
            raise aiohttp.ClientError("an action of this turn has failed already")
        try:
            answer = await asyncio.wait_for(super().request(*args, **kwargs), present.seconds_left)
        except ClientResponseError as exc:
            if exc.status != REJECTED:
                _note_failure(action)
            raise
        except Exception:
            _note_failure(action)
            raise
        if not _RESULT.is_valid(answer):
            _note_failure(action)
            raise aiohttp.ClientError("the action server's answer has another shape than promised")
        return answer


def _route(url: str) -> str:
    return url if urlsplit(url).path.strip("/") else f"{url.rstrip('/')}/webhook"


def _note_failure(action: str) -> None:
    _log.warning("action %s failed", action)
    turn.present.get().failed_actions.append(action)
