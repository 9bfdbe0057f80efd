"""What there is to tell a visitor, read from the store: from where, how far, how it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from channels.chat.convert import Standing
from gateway.errors import NotFound
from gateway.ids import AgentId, ConversationId
from gateway.model.conversation import Conversation
from gateway.model.message import Message
from gateway.model.owner import OwnerKind
from gateway.model.visitor import Visitor
from gateway.store import agents, conversations, events, messages
from gateway.store.store import Reading, Store
from handoff.queues import position

PAGE = 200
"""How many messages are read at once."""


@dataclass(frozen=True, kw_only=True)
class Have:
    """What a page says it has: everything up to `since` of this conversation, of this store."""

    since: int = 0
    conversation_id: str | None = None
    epoch: str | None = None


@dataclass(frozen=True, kw_only=True)
class Start:
    """Where to begin to tell: after which number of which conversations, in order."""

    epoch: str
    current: Conversation | None
    after: dict[ConversationId, int]


@dataclass(frozen=True, kw_only=True)
class Page:
    """Some messages, and the number up to which nothing is missing now."""

    messages: list[Message]
    upto: int
    more: bool


async def find_start(store: Store, visitor: Visitor, have: Have) -> Start:
    """Exactly what the page lacks: the rest of what it has, and what was started since."""
    async with store.read() as connection:
        epoch = await events.epoch(connection)
        current = await conversations.latest(connection, visitor.contact.id, visitor.inbox.id)
        after = await _after(connection, visitor, have, current, epoch) if current else {}
    return Start(epoch=epoch, current=current, after=after)


async def read_page(store: Store, id: ConversationId, seq: int) -> Page:
    """The messages after `seq`, without notes."""
    async with store.read() as connection:
        conversation = await conversations.get(connection, id)
        found = await messages.since(connection, id, seq, limit=PAGE)
    last = found[-1].seq if found else seq
    more = len(found) == PAGE
    return Page(messages=found, upto=last if more else max(last, conversation.last_seq), more=more)


async def read_standing(store: Store, id: ConversationId, now: datetime) -> Standing:
    async with store.read() as connection:
        conversation = await conversations.get(connection, id)
        place = await position(connection, conversation, now)
        return Standing(
            conversation=conversation,
            agent=await _agent_name(connection, conversation),
            position=place.position if place else None,
            wait_s=place.wait_s if place else None,
        )


def is_of(visitor: Visitor, conversation: Conversation) -> bool:
    """Whether the visitor may know of this conversation."""
    return (conversation.contact_id, conversation.inbox_id) == (
        visitor.contact.id,
        visitor.inbox.id,
    )


async def _after(
    connection: Reading, visitor: Visitor, have: Have, current: Conversation, epoch: str
) -> dict[ConversationId, int]:
    if have.epoch not in (None, epoch):
        return {current.id: 0}
    known = await _known(connection, visitor, have, current)
    if known is None or have.since > known.last_seq:
        return {current.id: 0}
    chain = await conversations.started_from(connection, known)
    return {each.id: have.since if each.id == known.id else 0 for each in chain}


async def _known(
    connection: Reading, visitor: Visitor, have: Have, current: Conversation
) -> Conversation | None:
    if have.conversation_id in (None, current.id):
        return current
    try:
        found = await conversations.get(connection, ConversationId(have.conversation_id or ""))
    except NotFound:
        return None
    return found if is_of(visitor, found) else None


async def _agent_name(connection: Reading, conversation: Conversation) -> str | None:
    owner = conversation.owner
    if owner.kind is not OwnerKind.AGENT or owner.id is None:
        return None
    return (await agents.get(connection, AgentId(owner.id))).name
