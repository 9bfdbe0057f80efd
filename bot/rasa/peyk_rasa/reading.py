"""What one turn's request says, checked field by field before anything else sees it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

from .language import LANGUAGES
from .normalise import clean
from .trimming import KNOWN_EVENTS, compact

CHANNELS = ("chat", "email", "telegram")
TEXT_LIMIT = 1000
EVENTS_LIMIT = 5000
SLOTS_LIMIT = 200


class Unreadable(Exception):
    """The request is not one that the wire contract allows."""

    def __init__(self, message: str, *, status: int = 422) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True, kw_only=True)
class TurnRequest:
    """One turn of one conversation, with all that is known of it."""

    conversation: str
    turn: str
    channel: str
    text: str | None
    choice: str | None
    language: str | None
    slots: Mapping[str, Any]
    dialogue: list[dict[str, Any]]
    returned_from_people: bool


def read_turn(body: bytes) -> TurnRequest:
    """The request in these bytes; raises Unreadable, naming the field."""
    fields = _object(body)
    text, choice = (
        _string(fields, "text", required=False),
        _string(fields, "choice", required=False),
    )
    if (text is None) == (choice is None):
        raise Unreadable("exactly one of text and choice must be given")
    return TurnRequest(
        conversation=_id(fields, "conversation"),
        turn=_id(fields, "turn"),
        channel=_one_of(fields, "channel", CHANNELS),
        text=None if text is None else clean(text, limit=TEXT_LIMIT),
        choice=choice,
        language=_language(fields),
        slots=_slots(fields),
        dialogue=compact(_events(fields)),
        returned_from_people=_flag(fields, "returned_from_people"),
    )


def _object(body: bytes) -> dict[str, Any]:
    try:
        fields = _scrubbed(json.loads(body.decode(), parse_constant=_no_constant))
    except (ValueError, RecursionError) as exc:
        raise Unreadable("the body is not JSON in UTF-8", status=400) from exc
    if not isinstance(fields, dict):
        raise Unreadable("the body must be a JSON object", status=400)
    return fields


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _scrubbed(value: Any) -> Any:
    """The value with text that any JSON reader accepts: no lone surrogates, no NUL."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode().replace("\x00", " ")
    if isinstance(value, list):
        return [_scrubbed(item) for item in value]
    if isinstance(value, dict):
        return {_scrubbed(key): _scrubbed(item) for key, item in value.items()}
    return value


def _string(fields: Mapping[str, Any], name: str, *, required: bool = True) -> str | None:
    value = fields.get(name)
    if value is None and not required:
        return None
    if not isinstance(value, str):
        raise Unreadable(f"{name} must be a string")
    return value


def _id(fields: Mapping[str, Any], name: str) -> str:
    value = _string(fields, name)
    if not value or len(value) > 200:
        raise Unreadable(f"{name} must have 1 to 200 characters")
    return value


def _one_of(fields: Mapping[str, Any], name: str, allowed: tuple[str, ...]) -> str:
    value = _string(fields, name)
    if value not in allowed:
        raise Unreadable(f"{name} must be one of {', '.join(allowed)}")
    return value


def _language(fields: Mapping[str, Any]) -> str | None:
    return None if fields.get("language") is None else _one_of(fields, "language", LANGUAGES)


def _slots(fields: Mapping[str, Any]) -> dict[str, Any]:
    slots = fields.get("slots", {})
    if not isinstance(slots, dict) or len(slots) > SLOTS_LIMIT:
        raise Unreadable(f"slots must be an object of at most {SLOTS_LIMIT} values")
    return slots


def _events(fields: Mapping[str, Any]) -> list[dict[str, Any]]:
    events = fields.get("events", [])
    if not isinstance(events, list) or len(events) > EVENTS_LIMIT:
        raise Unreadable(f"events must be a list of at most {EVENTS_LIMIT}")
    for place, event in enumerate(events):
        _check_event(event, f"events[{place}]")
    return events


def _check_event(event: Any, where: str) -> None:
    kind = event.get("event") if isinstance(event, dict) else None
    if not isinstance(kind, str) or kind not in KNOWN_EVENTS:
        raise Unreadable(f"{where} is not an event of a dialogue")
    named = kind in ("action", "slot", "followup", "action_execution_rejected")
    if named and not isinstance(event.get("name"), str) and not event.get("action_text"):
        raise Unreadable(f"{where}.name must be a string")
    if kind == "active_loop" and not isinstance(event.get("name"), (str, type(None))):
        raise Unreadable(f"{where}.name must be a string or null")
    if kind == "user":
        _check_parse_data(event.get("parse_data"), f"{where}.parse_data")


def _check_parse_data(parse_data: Any, where: str) -> None:
    if not isinstance(parse_data, dict) or not isinstance(parse_data.get("intent"), dict):
        raise Unreadable(f"{where} must have an intent")
    entities = parse_data.get("entities", [])
    if not isinstance(entities, list) or not all(_is_entity(entity) for entity in entities):
        raise Unreadable(f"{where}.entities must be a list of entities")


def _is_entity(entity: Any) -> bool:
    return isinstance(entity, dict) and isinstance(entity.get("entity"), str) and "value" in entity


def _flag(fields: Mapping[str, Any], name: str) -> bool:
    value = fields.get(name, False)
    if not isinstance(value, bool):
        raise Unreadable(f"{name} must be true or false")
    return value
