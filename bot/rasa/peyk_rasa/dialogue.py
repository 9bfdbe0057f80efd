"""One turn of the dialogue: the events before it, Rasa's run, what came of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.utils.common import all_subclasses

from . import turn
from .output import Said
from .reading import TurnRequest
from .trimming import State, compact, state_of, trim

_TECHNICAL_SLOTS = frozenset(
    {"language", "returned_from_people", "requested_slot", "session_started_metadata"}
)
# Rasa looks for an event's class through all subclasses, each time and for each event.
_EVENTS = {event.type_name: event for event in all_subclasses(Event)}


@dataclass(frozen=True, kw_only=True)
class Dialogue:
    """A dialogue before or after a turn."""

    events: list[dict[str, Any]]

    @cached_property
    def state(self) -> State:
        """What the dialogue has come to."""
        return state_of(self.events)

    @property
    def language(self) -> str | None:
        """The language that the dialogue was in so far."""
        return self.state.slots.get("language")

    @property
    def slots(self) -> dict[str, Any]:
        """What the bot and the agents know of the customer's matter."""
        held = self.state.slots.items()
        return {name: value for name, value in held if name not in _TECHNICAL_SLOTS}

    @property
    def asked_for(self) -> str | None:
        """The slot that an open form has asked the customer for."""
        return self.state.slots.get("requested_slot") if self.state.form else None

    def stored(self) -> list[dict[str, Any]]:
        """What the gateway keeps and sends with the next turn."""
        return compact(self.events)

    def going_on(self, *events: dict[str, Any]) -> "Dialogue":
        """The dialogue with these events after it."""
        return Dialogue(events=[*self.events, *events]) if events else self

    def in_language(self, language: str, domain: Domain) -> "Dialogue":
        """The dialogue going on in this language, if the domain keeps one."""
        if self.language == language or "language" not in _names(domain):
            return self
        return self.going_on(_slot("language", language))


def opened(request: TurnRequest, domain: Domain) -> Dialogue:
    """The dialogue as the request tells it, with what was set from outside."""
    names = _names(domain)
    known = [e for e in request.dialogue if e["event"] != "slot" or e["name"] in names]
    dialogue = Dialogue(events=known)
    marks = _people_spoke(request, dialogue.state) if "returned_from_people" in names else []
    return dialogue.going_on(*marks, *_set_outside(request.slots, dialogue.state, names))


async def take_turn(
    request: TurnRequest,
    before: Dialogue,
    parse_data: Mapping[str, Any],
    said: Said,
    processor: MessageProcessor,
) -> tuple[list[dict[str, Any]], list[str]]:
    """Lets Rasa answer; tells the new events, and the actions that failed."""
    tracker = _tracker(request.conversation, before.events, processor.domain)
    present = turn.Turn(id=request.turn, before=tracker)
    turn.present.set(present)
    await processor.handle_message(_message(request, parse_data, said))
    if present.after is None:
        raise RuntimeError("Rasa answered a turn without saving its tracker")
    new = [event.as_dict() for event in list(present.after.events)[len(before.events) :]]
    return _kept(trim(new), present.failed_actions), present.failed_actions


def _kept(new: list[dict[str, Any]], failed_actions: list[str]) -> list[dict[str, Any]]:
    """Of a turn that failed, only what the customer said: no half of a form stays behind."""
    if not failed_actions:
        return new
    said = [event for event in new if event["event"] == "user"][:1]
    return [*said, {"event": "action", "name": "action_listen"}]


def _message(request: TurnRequest, parse_data: Mapping[str, Any], said: Said) -> UserMessage:
    return UserMessage(
        text=parse_data["text"],
        output_channel=said,
        sender_id=request.conversation,
        parse_data={name: parse_data[name] for name in ("text", "intent", "entities")},
        input_channel=request.channel,
        message_id=request.turn,
    )


def _tracker(
    conversation: str, events: Iterable[dict[str, Any]], domain: Domain
) -> DialogueStateTracker:
    told = [_EVENTS[fields["event"]]._from_parameters(fields) for fields in events]
    return DialogueStateTracker.from_events(conversation, told, domain.slots)


def _people_spoke(request: TurnRequest, before: State) -> list[dict[str, Any]]:
    """The mark of the human stretch; a form that was open before it is out of date."""
    marks = []
    if before.slots.get("returned_from_people", False) != request.returned_from_people:
        marks.append(_slot("returned_from_people", request.returned_from_people))
    if request.returned_from_people and before.form:
        marks += [{"event": "active_loop", "name": None}, _slot("requested_slot", None)]
    return marks


def _set_outside(slots: Mapping[str, Any], before: State, names: set[str]) -> list[dict[str, Any]]:
    return [
        _slot(name, value)
        for name, value in sorted(slots.items())
        if name in names - _TECHNICAL_SLOTS and before.slots.get(name) != value
    ]


def _names(domain: Domain) -> set[str]:
    return {slot.name for slot in domain.slots}


def _slot(name: str, value: Any) -> dict[str, Any]:
    return {"event": "slot", "name": name, "value": value}
