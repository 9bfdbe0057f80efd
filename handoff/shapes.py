"""What the agent API answers about conversations. The names are part of the contract."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, SerializerFunctionWrapHandler, model_serializer

from gateway.events import EventKind
from gateway.model.contact import Proof
from gateway.model.conversation import State
from gateway.model.delivery import DeliveryState
from gateway.model.message import AuthorKind, MessageKind
from gateway.model.owner import OwnerKind
from gateway.model.turn import Decision

_Slots = dict[str, Any]
_OF_THE_AGENT = ("seen_seq", "unread")


class Named(BaseModel):
    id: str
    name: str


class OwnerShape(BaseModel):
    kind: OwnerKind
    id: str | None
    name: str | None


class ContactName(BaseModel):
    """`proof` is that of the address in use."""

    id: str
    name: str | None
    proof: Proof


class InboxName(Named):
    channel: str


class HandoffMark(BaseModel):
    reason: str
    at: datetime


class LastMessage(BaseModel):
    seq: int
    author_kind: AuthorKind
    text: str
    at: datetime


class ConversationShape(BaseModel):
    """A conversation as lists and events carry it. `handoff` is the one that is not over.

    `seen_seq` is the last message that the agent who asks has seen, `unread` how many of the
    customer's follow it, counted to a hundred. The socket speaks to many agents at once: its
    events leave both out.
    """

    id: str
    number: int
    state: State
    owner: OwnerShape
    ownership: int
    contact: ContactName
    inbox: InboxName
    channel: str
    language: str | None
    queue: Named | None
    waiting_since: datetime | None
    snoozed_until: datetime | None
    handoff: HandoffMark | None
    last_message: LastMessage | None
    last_seq: int
    created_at: datetime
    updated_at: datetime
    resolved_at: datetime | None
    outcome: str | None
    seen_seq: int | None = None
    unread: int | None = None

    @model_serializer(mode="wrap")
    def _without_what_is_absent(self, write: SerializerFunctionWrapHandler) -> dict[str, Any]:
        said: dict[str, Any] = write(self)
        return {k: v for k, v in said.items() if v is not None or k not in _OF_THE_AGENT}


class GuessShape(BaseModel):
    name: str
    title: str | None
    confidence: float


class WhyShape(BaseModel):
    """A stable code, and what it speaks of; `explanation` and `reasons` say it in English."""

    code: str
    params: dict[str, Any]


class HandoffShape(BaseModel):
    id: str
    reason: str
    explanation: str
    why: list[WhyShape]
    at: datetime
    waiting_since: datetime
    queue: Named
    from_seq: int
    guesses: list[GuessShape]
    slots: _Slots
    taken_at: datetime | None
    taken_by: Named | None
    ended_at: datetime | None
    ended_by: str | None


class OpenedConversation(ConversationShape):
    """A conversation asked for alone. `position` is its place in the queue, 1 the next."""

    slots: _Slots
    handoffs: list[HandoffShape]
    position: int | None


class AuthorShape(BaseModel):
    kind: AuthorKind
    id: str | None
    name: str | None


class ButtonShape(BaseModel):
    label: str
    value: str


class AttachmentShape(BaseModel):
    id: str
    filename: str
    content_type: str
    size: int
    url: str


class DeliveryShape(BaseModel):
    id: str
    state: DeliveryState
    error: str | None
    attempts: int


class EntityShape(BaseModel):
    entity: str
    value: str
    start: int
    end: int


class UnderstandingShape(BaseModel):
    """What the bot made of a turn; the parts that come from the model are null without it."""

    turn_id: str
    intent: str | None
    title: str | None
    confidence: float | None
    score: float | None
    ranking: list[GuessShape]
    entities: list[EntityShape]
    language: str | None
    model: str | None
    decision: Decision
    reasons: list[str]
    why: list[WhyShape]
    took_ms: int | None


class MessageShape(BaseModel):
    """`understanding` stands at the last message of a turn and at the bot's answers to it."""

    id: str
    conversation_id: str
    seq: int
    kind: MessageKind
    author: AuthorShape
    text: str
    buttons: list[ButtonShape]
    attachments: list[AttachmentShape]
    image: str | None
    reply_to: str | None
    chosen: str | None
    at: datetime
    delivery: DeliveryShape | None
    understanding: UnderstandingShape | None


class SaidConversation(OpenedConversation):
    """The conversation after something was said in it, and what was said."""

    message: MessageShape


class EventShape(BaseModel):
    """A past-tense fact.

    On the socket it brings the conversation as it is when sent, if it changed, and the
    message that was added; otherwise both are absent.
    """

    n: int
    kind: EventKind
    conversation_id: str | None
    actor: AuthorShape
    at: datetime
    data: dict[str, Any]
    conversation: ConversationShape | None = None
    message: MessageShape | None = None

    @model_serializer(mode="wrap")
    def _without_what_is_absent(self, write: SerializerFunctionWrapHandler) -> dict[str, Any]:
        said: dict[str, Any] = write(self)
        for name in ("conversation", "message"):
            if said.get(name) is None:
                said.pop(name, None)
        return said


class EventFrame(EventShape):
    """An event as the socket sends it."""

    type: Literal["event"] = "event"


class AddressShape(BaseModel):
    id: str
    channel: str
    inbox: Named
    peer: str
    proof: Proof
    last_seen_at: datetime


class ContactShape(BaseModel):
    """`conversations` are the latest ones."""

    id: str
    name: str | None
    email: str | None
    locale: str | None
    attributes: dict[str, Any]
    addresses: list[AddressShape]
    conversations: list[ConversationShape]


class ReachedShape(BaseModel):
    channel: str
    peer: str
    proof: Proof


class ListedContactShape(BaseModel):
    """A contact as the list shows it; `conversations` says how many there were."""

    id: str
    name: str | None
    email: str | None
    addresses: list[ReachedShape]
    conversations: int
    created_at: datetime
    last_seen_at: datetime | None


class Counts(BaseModel):
    """How many conversations are open. Snoozed ones count as `snoozed` and `mine` alone."""

    with_bot: int
    waiting: int
    with_agent: int
    mine: int
    snoozed: int
