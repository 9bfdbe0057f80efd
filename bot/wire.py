"""The shapes on the wire to Rasa, and their way into our values."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.bot import Question
from gateway.errors import BotFailed
from gateway.inbox import storable
from gateway.model.message import MAX_TEXT, Button
from gateway.model.turn import Answer, Entity, Guess, Said, Understanding
from gateway.web.json import BadJson, BadValues, loads

MAX_MESSAGES = 20
MAX_DIALOGUE = 500


class _Shape(BaseModel):
    model_config = ConfigDict(extra="ignore", strict=True)


S = TypeVar("S", bound=_Shape)


class _Button(_Shape):
    label: str = Field(min_length=1, max_length=200)
    value: str = Field(min_length=1, max_length=1000)


class _Message(_Shape):
    text: str | None = Field(None, max_length=MAX_TEXT)
    buttons: list[_Button] = Field(default_factory=list, max_length=20)
    image: str | None = Field(None, max_length=2000)


class _Guess(_Shape):
    name: str = Field(max_length=200)
    confidence: float = Field(ge=0, le=1)
    title: str | None = None


class _Entity(_Shape):
    entity: str
    value: Any
    start: int = 0
    end: int = 0


class _Understood(_Shape):
    ranking: list[_Guess] = Field(max_length=50)
    entities: list[_Entity] = Field(default_factory=list)
    score: float = Field(ge=0, le=1)
    language: str = Field(max_length=20)


class _Handoff(_Shape):
    reason: str = Field(min_length=1, max_length=50)


class RasaAnswer(_Shape):
    """What Rasa's own channel of ours answers to one turn."""

    messages: list[_Message] = Field(max_length=MAX_MESSAGES)
    understood: _Understood
    slots: dict[str, Any]
    active_form: str | None = None
    handoff: _Handoff | None = None
    model: str = Field(max_length=200)
    events: list[dict[str, Any]] = Field(default_factory=list, max_length=MAX_DIALOGUE)
    dialogue: list[dict[str, Any]] = Field(max_length=MAX_DIALOGUE)


class RasaHealth(_Shape):
    """What it answers when it is asked how it is."""

    model: str = Field(max_length=200)


def body_of(question: Question) -> dict[str, Any]:
    """The question as JSON."""
    return {
        "conversation": question.conversation_id,
        "turn": question.turn_id,
        "channel": question.channel,
        "text": question.text,
        "choice": question.choice,
        "language": question.language,
        "slots": question.slots,
        "events": list(question.dialogue),
        "returned_from_people": question.returned,
    }


def read_answer(body: bytes) -> Answer:
    """Raises BotFailed when the shape is not the agreed one."""
    answer = _read(RasaAnswer, body)
    return Answer(
        said=tuple(
            _said(each) for each in answer.messages if each.text or each.image or each.buttons
        ),
        understanding=_understanding(answer),
        slots=answer.slots,
        forgotten=_forgotten(answer),
        dialogue=tuple(answer.dialogue),
        active_form=answer.active_form,
        wants_person=answer.handoff.reason if answer.handoff else None,
    )


def _forgotten(answer: RasaAnswer) -> frozenset[str]:
    """The slots that this turn's events set to nothing."""
    emptied = (e for e in answer.events if e.get("event") == "slot" and e.get("value") is None)
    return frozenset(str(each.get("name")) for each in emptied) - answer.slots.keys()


def read_health(body: bytes) -> str:
    """The model that Rasa serves. Raises BotFailed when the shape is not the agreed one."""
    return _read(RasaHealth, body).model


def _read(shape: type[S], body: bytes) -> S:
    """Also refused is what no database takes, such as NUL: it would end in silence."""
    try:
        return shape.model_validate(loads(body))
    except (BadJson, BadValues) as error:
        raise BotFailed("wrong_shape", str(error)) from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise BotFailed("wrong_shape", f"{place}: {first['msg']}") from error


def _said(message: _Message) -> Said:
    return Said(
        text=storable(message.text or ""),
        buttons=tuple(Button(label=each.label, value=each.value) for each in message.buttons),
        image=message.image,
    )


def _understanding(answer: RasaAnswer) -> Understanding:
    understood = answer.understood
    return Understanding(
        guesses=tuple(
            Guess(name=each.name, confidence=each.confidence, title=each.title)
            for each in understood.ranking
        ),
        entities=tuple(
            Entity(entity=each.entity, value=str(each.value), start=each.start, end=each.end)
            for each in understood.entities
        ),
        score=understood.score,
        language=understood.language,
        model=answer.model,
    )
