"""A conversation and its moves.

        ┌───────────── return_to_bot ────────────┐
        ▼                                        │
    with_bot ── ask_for_person ──▶ waiting ── claim ──▶ with_agent
        │  └──────────── claim ────────┼───────────────▶   │
        │                              ◀──── transfer ─────┤
        └──────── resolve ─────────────┴───── resolve ─────┘
                                  ▼
                               resolved ── reopen ──▶ with_bot | with_agent

Every move that changes the owner raises `ownership` by one. A move returns the new
value; nothing here knows of a database. An illegal move raises and names the state.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from gateway.errors import IllegalMove, OwnedByAnother
from gateway.ids import AddressId, AgentId, ContactId, ConversationId, InboxId, QueueId
from gateway.model.owner import BOT, Owner, OwnerKind


class State(StrEnum):
    WITH_BOT = "with_bot"
    WAITING = "waiting"
    WITH_AGENT = "with_agent"
    RESOLVED = "resolved"


@dataclass(frozen=True, kw_only=True)
class Conversation:
    """One matter with one contact.

    `waiting_since` is the time of the customer's first message that nobody has answered.
    `slots` is what is known about the matter. `returned` says that people spoke since the
    bot's last answer.
    """

    id: ConversationId
    number: int
    contact_id: ContactId
    inbox_id: InboxId
    address_id: AddressId
    owner: Owner
    state: State
    ownership: int
    last_seq: int
    created_at: datetime
    updated_at: datetime
    queue_id: QueueId | None = None
    language: str | None = None
    waiting_since: datetime | None = None
    snoozed_until: datetime | None = None
    resolved_at: datetime | None = None
    outcome: str | None = None
    slots: dict[str, Any] = field(default_factory=dict)
    returned: bool = False
    last_message: dict[str, Any] | None = None

    def ask_for_person(self, queue: QueueId, now: datetime) -> Conversation:
        """The bot gives the conversation to people."""
        if self.state is not State.WITH_BOT:
            raise self._illegal("hand off")
        waiting = self._owned_by(Owner.queue(queue), State.WAITING)
        return replace(waiting, queue_id=queue, waiting_since=self.waiting_since or now)

    def claim(self, agent: AgentId, *, take_over: bool = False) -> Conversation:
        """An agent takes the conversation; claiming what one holds changes nothing."""
        if self.owner == Owner.agent(agent):
            return self
        if self.state is State.RESOLVED:
            raise self._illegal("claim")
        if self.owner.kind is OwnerKind.AGENT and not take_over:
            raise self._owned_by_another("claim")
        return self._owned_by(Owner.agent(agent), State.WITH_AGENT)

    def transfer_to_queue(self, queue: QueueId, now: datetime) -> Conversation:
        """Back among the waiting, of another team perhaps; the waiting time goes on."""
        self._must_be_with_people("transfer")
        waiting = self._owned_by(Owner.queue(queue), State.WAITING)
        return replace(waiting, queue_id=queue, waiting_since=self.waiting_since or now)

    def transfer_to_agent(self, agent: AgentId) -> Conversation:
        self._must_be_with_people("transfer")
        return self._owned_by(Owner.agent(agent), State.WITH_AGENT)

    def return_to_bot(self) -> Conversation:
        """The bot answers the customer's next message, knowing that people spoke."""
        self._must_be_with_people("return to the bot")
        with_bot = self._owned_by(BOT, State.WITH_BOT)
        return replace(with_bot, queue_id=None, waiting_since=None, returned=True)

    def snooze(self, until: datetime) -> Conversation:
        self._must_be_with_people("snooze")
        return replace(self, snoozed_until=until)

    def wake(self) -> Conversation:
        return replace(self, snoozed_until=None)

    def resolve(self, now: datetime, outcome: str | None = None) -> Conversation:
        """The matter is settled; what the customer writes next finds the bot."""
        if self.state is State.RESOLVED:
            raise self._illegal("resolve")
        return replace(
            self._owned_by(BOT, State.RESOLVED),
            queue_id=None,
            waiting_since=None,
            resolved_at=now,
            outcome=outcome,
            returned=self.returned or self.state is State.WITH_AGENT,
        )

    def reopen(self, agent: AgentId | None = None) -> Conversation:
        """By an agent, who then holds it, or by the customer's next message."""
        if self.state is not State.RESOLVED:
            raise self._illegal("reopen")
        owner = Owner.agent(agent) if agent else BOT
        state = State.WITH_AGENT if agent else State.WITH_BOT
        return replace(self._owned_by(owner, state), resolved_at=None, outcome=None)

    def must_be_held_by(self, agent: AgentId, verb: str) -> None:
        """Raise unless this agent holds the conversation."""
        if self.owner == Owner.agent(agent):
            return
        if self.owner.kind is OwnerKind.AGENT:
            raise self._owned_by_another(verb)
        raise self._illegal(verb)

    def must_be_resolved(self, verb: str) -> None:
        """Raise unless the matter is settled."""
        if self.state is not State.RESOLVED:
            raise self._illegal(verb)

    def _owned_by(self, owner: Owner, state: State) -> Conversation:
        return replace(
            self, owner=owner, state=state, ownership=self.ownership + 1, snoozed_until=None
        )

    def _must_be_with_people(self, verb: str) -> None:
        if self.state not in (State.WAITING, State.WITH_AGENT):
            raise self._illegal(verb)

    def _illegal(self, verb: str) -> IllegalMove:
        return IllegalMove(verb, self.state, self.ownership, self._owner_as_dict())

    def _owned_by_another(self, verb: str) -> OwnedByAnother:
        return OwnedByAnother(verb, self.state, self.ownership, self._owner_as_dict())

    def _owner_as_dict(self) -> dict[str, str | None]:
        return {"kind": self.owner.kind.value, "id": self.owner.id}
