"""Search: what the index finds, with all that a line of the result shows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel

from gateway.ids import AgentId, ConversationId
from gateway.model.contact import Contact
from gateway.model.message import Message
from gateway.model.search import Term, snippet
from gateway.store import contacts, lists, messages
from gateway.store.search import EntryKind, Found, Wanted
from gateway.store.store import Reading
from handoff import views
from handoff.shapes import AuthorShape, ConversationShape

MOST_CONTACTS = 5
"""So many contacts stand before the messages when nobody asked for contacts alone."""


class HitKind(StrEnum):
    CONVERSATION = "conversation"
    CONTACT = "contact"
    MESSAGE = "message"
    NOTE = "note"


class PieceShape(BaseModel):
    """A part of a text; `hit` if it is what was looked for."""

    text: str
    hit: bool


class FoundContact(BaseModel):
    id: str
    name: str | None
    email: str | None


class FoundMessage(BaseModel):
    id: str
    seq: int
    author: AuthorShape


class Hit(BaseModel):
    """A conversation, a contact, or something said; what it has nothing of is null.

    A contact comes with the latest conversation.
    """

    kind: HitKind
    at: datetime
    snippet: list[PieceShape]
    conversation: ConversationShape | None
    contact: FoundContact | None
    message: FoundMessage | None


async def called(connection: Reading, q: str, agent: AgentId) -> list[Hit]:
    """Conversations by their number, or by the beginning of their id."""
    found = await lists.called(connection, q)
    shapes = await views.summaries(connection, found, agent)
    return [
        Hit(
            kind=HitKind.CONVERSATION,
            at=shape.updated_at,
            snippet=[PieceShape(text=f"#{shape.number}", hit=True)],
            conversation=shape,
            contact=None,
            message=None,
        )
        for shape in shapes
    ]


async def hits(
    connection: Reading, found: Sequence[Found], wanted: Wanted, agent: AgentId
) -> list[Hit]:
    """The entries as lines; what was removed meanwhile is left out."""
    said = await messages.by_ids(connection, [each.message_id for each in found if _is_said(each)])
    people = {each.contact_id for each in found if not _is_said(each) and each.contact_id}
    known = await contacts.by_ids(connection, people)
    latest = await lists.latest_of(connection, people)
    about = {each.conversation_id for each in found if each.conversation_id}
    listed = await lists.by_ids(connection, about | set(latest.values()))
    shown = await views.summaries(connection, list(listed.values()), agent)
    talks = {ConversationId(each.id): each for each in shown}
    lines: list[Hit] = []
    for each in found:
        if _is_said(each):
            message = said.get(each.message_id)
            if message is not None:
                lines.append(_said(message, talks.get(message.conversation_id), wanted.terms))
        elif each.contact_id in known:
            talk = latest.get(each.contact_id)
            lines.append(
                _person(known[each.contact_id], talks.get(talk) if talk else None, wanted.terms)
            )
    return lines


def words_for(q: str) -> str:
    """Without what only numbers of conversations have."""
    return re.sub(r"(^|\s)#(?=\d)", r"\1", q)


def _is_said(found: Found) -> bool:
    return found.kind is not EntryKind.CONTACT


def _said(message: Message, talk: ConversationShape | None, terms: Sequence[Term]) -> Hit:
    names = " · ".join(each.filename for each in message.attachments)
    return Hit(
        kind=HitKind(message.kind.value),
        at=message.at,
        snippet=_pieces(" · ".join(filter(None, (message.text, names))), terms),
        conversation=talk,
        contact=None,
        message=FoundMessage(id=message.id, seq=message.seq, author=views.author(message.author)),
    )


def _person(contact: Contact, talk: ConversationShape | None, terms: Sequence[Term]) -> Hit:
    known = [str(each) for each in contact.attributes.values() if isinstance(each, str | int)]
    text = " · ".join(filter(None, (contact.name, contact.email, *known)))
    return Hit(
        kind=HitKind.CONTACT,
        at=contact.created_at,
        snippet=_pieces(text, terms),
        conversation=talk,
        contact=FoundContact(id=contact.id, name=contact.name, email=contact.email),
        message=None,
    )


def _pieces(text: str, terms: Sequence[Term]) -> list[PieceShape]:
    return [PieceShape(text=each.text, hit=each.hit) for each in snippet(text, terms)]
