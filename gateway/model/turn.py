"""A turn, and the bot's answer to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from gateway.ids import ConversationId, TurnId
from gateway.model.message import Button
from gateway.model.why import Why


class Decision(StrEnum):
    """What became of a turn."""

    ANSWERED = "answered"
    CLARIFIED = "clarified"
    HANDED_OFF = "handed_off"
    DROPPED = "dropped"


@dataclass(frozen=True, kw_only=True)
class Turn:
    """The customer's unanswered messages `first_seq … last_seq`, given to the bot together.

    `ownership` is the number under which the turn was opened; `attempts` is the fencing
    number of a claim. `matter` is the intent with its entities, to see a question repeated.
    """

    id: TurnId
    conversation_id: ConversationId
    first_seq: int
    last_seq: int
    ownership: int
    attempts: int
    created_at: datetime
    closed_at: datetime | None = None
    decision: Decision | None = None
    reasons: tuple[str, ...] = ()
    why: tuple[Why, ...] = ()
    understanding: Understanding | None = None
    matter: str | None = None
    took_ms: int | None = None


@dataclass(frozen=True, kw_only=True)
class Guess:
    """One intent that the bot thinks possible; `title` is its name for customers."""

    name: str
    confidence: float
    title: str | None = None


@dataclass(frozen=True, kw_only=True)
class Entity:
    """A piece of the text with a meaning; `start` and `end` count characters."""

    entity: str
    value: str
    start: int
    end: int


@dataclass(frozen=True, kw_only=True)
class Understanding:
    """What the bot understood of a turn. `score` is its fitness to answer, 0 to 1."""

    guesses: tuple[Guess, ...]
    entities: tuple[Entity, ...]
    score: float
    language: str
    model: str

    @property
    def intent(self) -> Guess | None:
        return self.guesses[0] if self.guesses else None


@dataclass(frozen=True, kw_only=True)
class Said:
    """One thing that the bot says."""

    text: str
    buttons: tuple[Button, ...] = ()
    image: str | None = None


@dataclass(frozen=True, kw_only=True)
class Answer:
    """The bot's whole answer to one turn.

    `slots` are what the bot knows now, `forgotten` the names of those that it gave up in this
    turn; others that were known before stay. `wants_person` is the reason why a person is
    wanted, or None.
    `dialogue` replaces the conversation's, verbatim.
    """

    said: tuple[Said, ...]
    understanding: Understanding
    slots: dict[str, Any] = field(default_factory=dict)
    forgotten: frozenset[str] = frozenset()
    dialogue: tuple[dict[str, Any], ...] = ()
    active_form: str | None = None
    wants_person: str | None = None
