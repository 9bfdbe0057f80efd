"""One verb of one agent on one conversation, locked, within a transaction."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from gateway.errors import IllegalMove
from gateway.events import Event, EventKind
from gateway.ids import AgentId, QueueId
from gateway.model.agent import Agent
from gateway.model.conversation import Conversation
from gateway.model.message import Author
from gateway.model.owner import OwnerKind
from gateway.store import agents, conversations, inboxes
from gateway.store.store import Reading
from gateway.store.tx import Tx
from handoff.agents import author


@dataclass(frozen=True, kw_only=True)
class Act:
    """Who does something to which conversation, as it was when it was locked."""

    tx: Tx
    agent: Agent
    before: Conversation
    now: datetime

    def tell(self, kind: EventKind, **data: Any) -> None:
        """A fact about the conversation, by the agent."""
        self.tx.tell(fact(kind, self.before, author(self.agent), self.now, data))

    def tell_move(self, kind: EventKind, after: Conversation, **data: Any) -> None:
        """A fact that changed the owner: from whom, to whom."""
        moved = {"from": owner_of(self.before), "to": owner_of(after)}
        self.tell(kind, **moved, ownership=after.ownership, **data)


Move = Callable[[Act], Awaitable[Conversation]]


async def carry_out(act: Act, move: Move) -> Conversation:
    """Do it and save what it changed.

    What is not allowed raises with the present owner, by name.
    """
    try:
        after = await move(act)
    except IllegalMove as error:
        error.owner["name"] = await _name(act.tx.connection, act.before)
        raise
    if after == act.before:
        return after
    after = replace(after, updated_at=max(after.updated_at, act.now))
    await conversations.save(act.tx, act.before, after)
    return after


def fact(
    kind: EventKind, about: Conversation, actor: Author, at: datetime, data: dict[str, Any]
) -> Event:
    """An event about a conversation, heard by its contact as well."""
    return Event(
        kind=kind,
        actor=actor,
        at=at,
        conversation_id=about.id,
        contact_id=about.contact_id,
        data=data,
    )


def owner_of(conversation: Conversation) -> dict[str, str | None]:
    return {"kind": conversation.owner.kind.value, "id": conversation.owner.id}


async def _name(connection: Reading, conversation: Conversation) -> str | None:
    owner = conversation.owner
    if owner.id is None:
        return None
    if owner.kind is OwnerKind.AGENT:
        return (await agents.get(connection, AgentId(owner.id))).name
    return (await inboxes.get_queue(connection, QueueId(owner.id))).name
