"""The value of a button that the bot offered: an intent, and entities if it has any."""

import json
import re
from typing import Any

from rasa.shared.core.constants import DEFAULT_INTENTS
from rasa.shared.core.domain import Domain

from .reading import Unreadable

_VALUE = re.compile(r"/(?P<intent>[^\s{}@/]+)\s*(?P<entities>\{.*\})?\s*", re.DOTALL)
_COMMANDS = frozenset(DEFAULT_INTENTS) - {"out_of_scope"}


def read_choice(value: str, domain: Domain) -> dict[str, Any]:
    """What Rasa would have understood; raises Unreadable for what no button of this bot offers."""
    match = _VALUE.fullmatch(value)
    if match is None:
        raise Unreadable("choice must look like /intent or /intent{...}")
    intent = match["intent"]
    if intent not in domain.intents or intent in _COMMANDS:
        raise Unreadable("choice names an intent that this model does not have")
    return {
        "text": value,
        "intent": {"name": intent, "confidence": 1.0},
        "entities": _entities(match["entities"], domain),
    }


def _entities(text: str | None, domain: Domain) -> list[dict[str, Any]]:
    if text is None:
        return []
    try:
        entities = json.loads(text)
    except (ValueError, RecursionError) as exc:
        raise Unreadable("choice has entities that are not JSON") from exc
    if not set(entities) <= set(domain.entities):
        raise Unreadable("choice names an entity that this model does not have")
    return [{"entity": name, "value": value} for name, value in entities.items()]
