"""What is kept of a dialogue: little enough that turn 400 costs what turn 10 costs.

Rasa rebuilds its tracker from these events at each turn. It needs the slots, the active form
and the last turns; not timestamps, intent rankings or what it said itself.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Event = Mapping[str, Any]

TURNS_KEPT = 10
_KEPT_FIELDS: dict[str, tuple[str, ...]] = {
    "user": ("text", "input_channel", "message_id"),
    "action": ("name", "action_text"),
    "slot": ("name", "value"),
    "active_loop": ("name",),
    "loop_interrupted": ("is_loop_interrupted",),
    "action_execution_rejected": ("name",),
    "followup": ("name",),
    "session_started": (),
    "rewind": (),
    "undo": (),
    "bot": ("text",),
}
KNOWN_EVENTS = frozenset(_KEPT_FIELDS)
_ENTITY_FIELDS = ("entity", "value", "start", "end", "role", "group")
_BEGINNING: tuple[Event, ...] = (
    {"event": "action", "name": "action_session_start"},
    {"event": "session_started"},
    {"event": "action", "name": "action_listen"},
)


@dataclass(frozen=True, kw_only=True)
class State:
    """What a dialogue has come to."""

    slots: Mapping[str, Any]
    form: str | None


def trim(events: Iterable[Event]) -> list[dict[str, Any]]:
    """The events without what no later turn needs. Events that Peyk does not keep are left out."""
    return [_trimmed(event) for event in events if event["event"] in KNOWN_EVENTS]


def compact(events: Sequence[Event], *, turns: int = TURNS_KEPT) -> list[dict[str, Any]]:
    """The dialogue as it is stored: the state of what was cut, then the last turns as they were.

    The same dialogue always gives the same list, and compacting twice changes nothing.
    """
    kept = [event for event in trim(events) if event["event"] != "bot"]
    start = _start_of_last(kept, turns)
    return [*map(dict, _BEGINNING), *_as_events(state_of(kept[:start])), *kept[start:]]


def state_of(events: Iterable[Event]) -> State:
    """The slots that these events leave filled, and the form that they leave open."""
    slots: dict[str, Any] = {}
    form: str | None = None
    for event in events:
        if event["event"] == "slot":
            slots[event["name"]] = event["value"]
        elif event["event"] == "active_loop":
            form = event["name"]
    return State(slots={n: v for n, v in slots.items() if v is not None}, form=form)


def _trimmed(event: Event) -> dict[str, Any]:
    kind = event["event"]
    kept = {field: event[field] for field in _KEPT_FIELDS[kind] if event.get(field) is not None}
    if kind == "slot":
        kept["value"] = event.get("value")
    if kind == "active_loop":
        kept["name"] = event.get("name")
    if kind == "user":
        kept["parse_data"] = _trimmed_parse_data(event.get("parse_data") or {})
    if event.get("hide_rule_turn"):
        kept["hide_rule_turn"] = True
    return {"event": kind, **kept}


def _trimmed_parse_data(parse_data: Mapping[str, Any]) -> dict[str, Any]:
    intent = parse_data.get("intent") or {}
    entities = parse_data.get("entities") or []
    return {
        "intent": {field: intent.get(field) for field in ("name", "confidence")},
        "entities": [
            {field: entity[field] for field in _ENTITY_FIELDS if field in entity}
            for entity in entities
        ],
    }


def _start_of_last(events: Sequence[Event], turns: int) -> int:
    """Where the last turns begin: at the slots that were set just before their first message."""
    users = [place for place, event in enumerate(events) if event["event"] == "user"]
    start = users[-turns] if len(users) > turns else users[0] if users else len(events)
    while start > 0 and events[start - 1]["event"] in ("slot", "active_loop"):
        start -= 1
    return start


def _as_events(state: State) -> list[dict[str, Any]]:
    form = [{"event": "active_loop", "name": state.form}] if state.form else []
    held = sorted(state.slots.items())
    return [*form, *({"event": "slot", "name": name, "value": value} for name, value in held)]
