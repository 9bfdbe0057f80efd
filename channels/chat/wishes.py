"""What a customer gives without saying it in the conversation: an address, and a rating."""

from __future__ import annotations

from datetime import datetime

from channels.chat.frames import LeaveAddress, Rate
from channels.chat.settings import ChatSettings
from gateway.clock import Clock
from gateway.errors import NotFound
from gateway.events import Event, EventKind
from gateway.ids import ConversationId, new_id
from gateway.model.contact import Contact, Proof
from gateway.model.conversation import Conversation
from gateway.model.message import Author, AuthorKind
from gateway.model.rating import Rating
from gateway.model.visitor import Visitor
from gateway.store import contacts, conversations, ratings
from gateway.store.store import Reading, Store
from gateway.store.tx import Tx


class Wishes:
    """Kept with the contact or the conversation, and told to agents as events."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def note(
        self, visitor: Visitor, settings: ChatSettings, frame: LeaveAddress | Rate
    ) -> ConversationId | None:
        """What a frame says; the conversation in which it was said."""
        match frame:
            case LeaveAddress(email=email):
                return await self.leave_address(visitor, email)
            case Rate(score=score, comment=comment):
                return (await self.rate(visitor, settings, score, comment)).conversation_id

    async def leave_address(self, visitor: Visitor, email: str) -> ConversationId | None:
        """Where people can answer later. It is claimed: nobody becomes known by it.

        What the site signed for is not overwritten by it. Said again, it changes nothing.
        """
        now = self._clock()

        async def unit(tx: Tx) -> ConversationId | None:
            before = await contacts.lock(tx, visitor.contact.id)
            current = await _current(tx.connection, visitor)
            id = current.id if current else None
            if email in (before.email, before.attributes.get(LEFT)):
                return id
            tx.tell(_fact(EventKind.ADDRESS_LEFT, visitor, now, id, email=email))
            changed = await _take_down(tx, visitor, before, email)
            data = {"contact_id": before.id, "changed": [changed]}
            tx.tell(_fact(EventKind.CONTACT_CHANGED, visitor, now, None, **data))
            return id

        return await self._store.write(unit, key=visitor.address.peer)

    async def rate(
        self, visitor: Visitor, settings: ChatSettings, score: int, comment: str | None
    ) -> Rating:
        """Once for each resolution; said again, the last word counts.

        Raises NotFound where ratings are not asked for, IllegalMove before it is resolved.
        """
        if not settings.rating:
            raise NotFound("rating")
        now = self._clock()

        async def unit(tx: Tx) -> Rating:
            current = await _current(tx.connection, visitor)
            if current is None:
                raise NotFound("conversation")
            locked = await conversations.lock(tx, current.id)
            locked.must_be_resolved("rate")
            return await _rate(tx, visitor, locked, score, comment, now)

        return await self._store.write(unit, key=visitor.address.peer)


LEFT = "left_address"
"""The attribute of a contact whose own email the site knows better."""


async def _take_down(tx: Tx, visitor: Visitor, before: Contact, email: str) -> str:
    """The name of what changed."""
    if visitor.address.proof is Proof.SIGNED and before.email is not None:
        await contacts.change(tx, before.id, attributes={**before.attributes, LEFT: email})
        return "attributes"
    await contacts.change(tx, before.id, email=email)
    if visitor.address.proof is Proof.ANONYMOUS:
        await contacts.prove(tx, visitor.address.id, Proof.CLAIMED)
    return "email"


async def _rate(
    tx: Tx,
    visitor: Visitor,
    conversation: Conversation,
    score: int,
    comment: str | None,
    now: datetime,
) -> Rating:
    known = await ratings.of(tx.connection, conversation)
    said = comment if comment is not None or known is None else known.comment
    if known is not None and (known.score, known.comment) == (score, said):
        return known
    rating = Rating(
        id=known.id if known else new_id(),
        conversation_id=conversation.id,
        contact_id=visitor.contact.id,
        ownership=conversation.ownership,
        score=score,
        comment=said,
        at=now,
        agent_id=await ratings.last_agent(tx.connection, conversation.id),
    )
    await ratings.save(tx, rating)
    data = {"score": score, "comment": said, "agent_id": rating.agent_id}
    tx.tell(_fact(EventKind.RATED, visitor, now, conversation.id, **data))
    return rating


async def _current(connection: Reading, visitor: Visitor) -> Conversation | None:
    return await conversations.latest(connection, visitor.contact.id, visitor.inbox.id)


def _fact(
    kind: EventKind,
    visitor: Visitor,
    now: datetime,
    conversation_id: ConversationId | None,
    **data: object,
) -> Event:
    contact = visitor.contact
    return Event(
        kind=kind,
        actor=Author(kind=AuthorKind.CUSTOMER, id=contact.id, name=contact.name),
        at=now,
        conversation_id=conversation_id,
        contact_id=contact.id,
        data=data,
    )
