"""One turn of the dialogue: the events before it, Rasa's run, what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity

from . import turn
from .output import Said
from .reading import TurnRequest
from .trimming import compact, trim

_TECHNICAL_SLOTS = frozenset(
    {"language", "returned_from_people", "requested_slot", "session_started_metadata"}
)


@dataclass(frozen=True, kw_only=True)
class Dialogue:
    """A dialogue before or after a turn."""

    tracker: DialogueStateTracker
    events: list[dict[str, Any]]

    @property
    def stored(self) -> list[dict[str, Any]]:
        """What the gateway keeps and sends with the next turn."""
        return compact(self.events)

    @property
    def language(self) -> str | None:
        """The language that the dialogue was in so far."""
        language = self.tracker.get_slot("language")
        return language if isinstance(language, str) else None

    @property
    def slots(self) -> dict[str, Any]:
        """What the bot and the agents know of the customer's matter."""
        values = self.tracker.current_slot_values().items()
        return {
            name: value
            for name, value in values
            if value is not None and name not in _TECHNICAL_SLOTS
        }

    @property
    def active_form(self) -> str | None:
        """The form that asks for something, if one does."""
        name = self.tracker.active_loop_name
        return name if isinstance(name, str) else None


def opened(request: TurnRequest, domain: Domain) -> Dialogue:
    """The dialogue as the request tells it, with what was set from outside."""
    names = {slot.name for slot in domain.slots}
    events = [
        event for event in request.dialogue if event["event"] != "slot" or event["name"] in names
    ]
    before = _tracker(request.conversation, events, domain)
    given = [*_people_spoke(request, before, names), *_set_outside(request.slots, before, names)]
    events = [*events, *given]
    return Dialogue(tracker=_tracker(request.conversation, events, domain), events=events)


def in_language(dialogue: Dialogue, language: str, domain: Domain) -> Dialogue:
    """The dialogue going on in this language."""
    if dialogue.language == language:
        return dialogue
    events = [*dialogue.events, _slot("language", language)]
    return Dialogue(tracker=_tracker(dialogue.tracker.sender_id, events, domain), events=events)


async def take_turn(
    request: TurnRequest,
    before: Dialogue,
    parse_data: Mapping[str, Any],
    said: Said,
    processor: MessageProcessor,
) -> tuple[Dialogue, list[dict[str, Any]], list[str]]:
    """Lets Rasa answer; tells the dialogue after it, the new events and the failed actions."""
    present = turn.Turn(id=request.turn, events=before.events)
    turn.present.set(present)
    await processor.handle_message(_message(request, parse_data, said))
    if present.tracker is None:
        raise RuntimeError("Rasa answered a turn without saving its tracker")
    new = _new_events(present, len(before.events))
    events = [*before.events, *new]
    if present.failed_actions:
        return Dialogue(tracker=before.tracker, events=events), new, present.failed_actions
    return Dialogue(tracker=present.tracker, events=events), new, []


def _new_events(present: turn.Turn, known: int) -> list[dict[str, Any]]:
    """What this turn added. Of a turn that failed, only what the customer said: no half of a form
    stays behind."""
    assert present.tracker is not None
    new = trim(present.tracker.current_state(EventVerbosity.ALL)["events"][known:])
    if not present.failed_actions:
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
    conversation: str, events: list[dict[str, Any]], domain: Domain
) -> DialogueStateTracker:
    return DialogueStateTracker.from_dict(conversation, events, domain.slots)


def _people_spoke(
    request: TurnRequest, before: DialogueStateTracker, names: set[str]
) -> list[dict[str, Any]]:
    """The mark of the human stretch; a form that was open before it is out of date."""
    marker = "returned_from_people"
    if marker not in names or bool(before.get_slot(marker)) == request.returned_from_people:
        marks = []
    else:
        marks = [_slot(marker, request.returned_from_people)]
    if request.returned_from_people and before.active_loop_name:
        marks += [{"event": "active_loop", "name": None}, _slot("requested_slot", None)]
    return marks


def _set_outside(
    slots: Mapping[str, Any], before: DialogueStateTracker, names: set[str]
) -> list[dict[str, Any]]:
    return [
        _slot(name, value)
        for name, value in sorted(slots.items())
        if name in names - _TECHNICAL_SLOTS and before.get_slot(name) != value
    ]


def _slot(name: str, value: Any) -> dict[str, Any]:
    return {"event": "slot", "name": name, "value": value}
