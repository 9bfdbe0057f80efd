"""What a visitor's page may say: one type per frame, checked where it comes in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

import orjson
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
)

from gateway.errors import BadInput
from gateway.inbox import MAX_ATTACHMENTS, storable
from gateway.model.rating import BEST, MAX_COMMENT, WORST
from gateway.web.body import Email, Id

MAX_FRAME = 64 * 1024
"""The most bytes of one frame."""

LARGEST = 2**31 - 1

ClientId = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$"),
]
"""A UUID that the page made; sent twice, it is one message."""

Storable = Annotated[str, AfterValidator(storable)]
Seq = Annotated[int, Field(ge=0, le=LARGEST)]
Score = Annotated[int, Field(ge=WORST, le=BEST)]
Comment = Annotated[str, AfterValidator(storable), Field(max_length=MAX_COMMENT)]
Recent = Annotated[int, Field(ge=1, le=200)]
"""With how many messages a page begins; what came before them it asks for when it is wanted."""


class Frame(BaseModel):
    """Names that are not known are passed over, so that a newer page can talk to us."""

    model_config = ConfigDict(extra="ignore", strict=True, frozen=True)
    type: ClassVar[str]


class Hello(Frame):
    """Who is there, and what he has of which conversation of which store."""

    type = "hello"
    token: Annotated[str, Field(max_length=200)]
    since: Seq | None = None
    conversation_id: Id | None = None
    epoch: Annotated[str, Field(max_length=100)] | None = None
    recent: Recent | None = None


class Say(Frame):
    """A message."""

    type = "message"
    client_id: ClientId
    text: Storable = ""
    attachments: Annotated[list[Id], Field(max_length=MAX_ATTACHMENTS)] = []
    reply_to: Id | None = None


class Choose(Frame):
    """A button of this message was pressed."""

    type = "choose"
    client_id: ClientId
    message_id: Id
    value: Storable


class AskForPerson(Frame):
    """The button that is always in reach was pressed."""

    type = "ask_for_person"
    client_id: ClientId


class Typing(Frame):
    type = "typing"
    on: bool


class Read(Frame):
    """Everything up to this number has been seen, of the conversation going on if none is named."""

    type = "read"
    seq: Seq
    conversation_id: Id | None = None


class LeaveAddress(Frame):
    """Where the customer can be reached once people are there again: his word, not proven."""

    type = "leave_address"
    client_id: ClientId
    email: Email


class Rate(Frame):
    """What the customer says of the conversation, once it is resolved."""

    type = "rate"
    client_id: ClientId
    score: Score
    comment: Comment | None = None


class Ping(Frame):
    """For pages that cannot see the WebSocket's own pings."""

    type = "ping"


Words = Say | Choose | AskForPerson
"""What becomes a message."""

FRAMES: Mapping[str, type[Frame]] = {
    each.type: each
    for each in (Hello, Say, Choose, AskForPerson, Typing, Read, LeaveAddress, Rate, Ping)
}


def read_frame(raw: bytes) -> Frame:
    """The frame in these bytes. Raises BadInput, naming the field."""
    fields = _object(raw)
    kind = fields.get("type")
    shape = FRAMES.get(kind) if isinstance(kind, str) else None
    if shape is None:
        raise BadInput("type", f"one of {', '.join(FRAMES)}")
    try:
        return shape.model_validate(fields)
    except ValidationError as error:
        raise _bad_field(error) from error


def client_id_of(raw: bytes) -> str | None:
    """The `client_id` of a frame that was refused, so that the page knows which one it was."""
    try:
        found = _object(raw).get("client_id")
    except BadInput:
        return None
    return found[:100] if isinstance(found, str) and found.isprintable() else None


def _object(raw: bytes) -> dict[str, Any]:
    try:
        value = orjson.loads(raw)
    except ValueError:
        value = _with_odd_text(raw)
    if not isinstance(value, dict):
        raise BadInput("frame", "a JSON object")
    return value


def _with_odd_text(raw: bytes) -> object:
    """Browsers may send half a surrogate pair, which only this parser reads."""
    try:
        return json.loads(raw.decode(), parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise BadInput("frame", "JSON in UTF-8") from error


def _refuse(constant: str) -> object:
    raise ValueError(constant)


def _bad_field(error: ValidationError) -> BadInput:
    first = error.errors(include_input=False, include_url=False, include_context=False)[0]
    return BadInput(".".join(map(str, first["loc"])) or "frame", first["msg"])
