"""What there is to tell a visitor, read from the store: from where, how far, what came before."""

from __future__ import annotations

from dataclasses import dataclass

from gateway.errors import NotFound
from gateway.ids import AddressId, ConversationId
from gateway.model.contact import Proof
from gateway.model.conversation import Conversation
from gateway.model.message import Message
from gateway.model.visitor import Visitor
from gateway.store import conversations, events, messages
from gateway.store.store import Reading, Store

PAGE = 200
"""How many messages are read at once."""


@dataclass(frozen=True, kw_only=True)
class Have:
    """What a page says it has: everything up to `since` of this conversation, of this store.

    A page that has nothing may begin with the `recent` ones.
    """

    since: int = 0
    conversation_id: str | None = None
    epoch: str | None = None
    recent: int | None = None


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


async def read_earlier(store: Store, visitor: Visitor, id: str, before: int, limit: int) -> Page:
    """The last messages before this number, or of the conversation before; in order.

    Raises NotFound for a conversation that is not the visitor's.
    """
    async with store.read() as connection:
        conversation = await conversations.get(connection, ConversationId(id))
        if not is_of(visitor, conversation):
            raise NotFound("conversation", id)
        found = await messages.latest(connection, conversation.id, before=before, limit=limit)
        if not found:
            conversation, found = await _conversation_before(
                connection, visitor, conversation, limit
            )
        more = bool(found) and await _has_earlier(connection, visitor, conversation, found[0].seq)
    return Page(messages=found, upto=found[-1].seq if found else 0, more=more)


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
        return await _from_start(connection, current, have)
    known = await _known(connection, visitor, have, current)
    if known is None or have == Have(recent=have.recent, epoch=have.epoch):
        return await _from_start(connection, current, have)
    if have.since > known.last_seq:
        return {current.id: 0}
    chain = await conversations.started_from(connection, known)
    return {each.id: have.since if each.id == known.id else 0 for each in chain}


async def _from_start(
    connection: Reading, current: Conversation, have: Have
) -> dict[ConversationId, int]:
    """All of the conversation going on, or only its end."""
    if have.recent is None or current.last_seq <= have.recent:
        return {current.id: 0}
    end = current.last_seq + 1
    found = await messages.latest(connection, current.id, before=end, limit=have.recent)
    return {current.id: found[0].seq - 1 if found else 0}


async def _known(
    connection: Reading, visitor: Visitor, have: Have, current: Conversation
) -> Conversation | None:
    if have.conversation_id == current.id:
        return current
    if have.conversation_id is None:
        return await _nameless(connection, have, current)
    try:
        found = await conversations.get(connection, ConversationId(have.conversation_id or ""))
    except NotFound:
        return None
    return found if is_of(visitor, found) else None


async def _nameless(connection: Reading, have: Have, current: Conversation) -> Conversation:
    """The conversation of a number without a name.

    It may be that of the conversation before, when this one began elsewhere: then rather too
    much is told than too little.
    """
    if have.since == 0:
        return current
    before = await conversations.earlier(connection, current, at_least=have.since)
    return before or current


async def _conversation_before(
    connection: Reading, visitor: Visitor, than: Conversation, limit: int
) -> tuple[Conversation, list[Message]]:
    """The end of the visitor's conversation before this one; nothing when this is the first."""
    before = await conversations.earlier(connection, than, at_least=1, address_id=_own(visitor))
    if before is None:
        return than, []
    end = before.last_seq + 1
    return before, await messages.latest(connection, before.id, before=end, limit=limit)


async def _has_earlier(
    connection: Reading, visitor: Visitor, conversation: Conversation, seq: int
) -> bool:
    if await messages.latest(connection, conversation.id, before=seq, limit=1):
        return True
    own = _own(visitor)
    before = await conversations.earlier(connection, conversation, at_least=1, address_id=own)
    return before is not None


def _own(visitor: Visitor) -> AddressId | None:
    """Whose conversations of the past are shown: all, only to those whom the site signs for."""
    return None if visitor.address.proof is Proof.SIGNED else visitor.address.id
