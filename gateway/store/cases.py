"""What is known around a conversation, read in one statement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from gateway.errors import NotFound
from gateway.ids import ConversationId
from gateway.model.contact import Contact
from gateway.model.conversation import Conversation
from gateway.model.inbox import Inbox
from gateway.store.contacts import contact_of
from gateway.store.conversations import conversation_of
from gateway.store.inboxes import inbox_of
from gateway.store.tables import contacts, conversations, dialogues, inboxes


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """A conversation, whose it is, where it goes on, and the bot's memory of it."""

    conversation: Conversation
    contact: Contact
    inbox: Inbox
    dialogue: list[dict[str, Any]]


async def surroundings(connection: AsyncConnection, id: ConversationId) -> Surroundings:
    """Raises NotFound."""
    row = (await connection.execute(_AROUND, {"id": id})).one_or_none()
    if row is None:
        raise NotFound("conversation", id)
    return Surroundings(
        conversation=conversation_of(_Part(row, "conversations_")),
        contact=contact_of(_Part(row, "contacts_")),
        inbox=inbox_of(_Part(row, "inboxes_")),
        dialogue=list(row.dialogue or []),
    )


_AROUND = (
    sa.select(conversations, contacts, inboxes, dialogues.c.events.label("dialogue"))
    .join_from(conversations, contacts, conversations.c.contact_id == contacts.c.id)
    .join(inboxes, conversations.c.inbox_id == inboxes.c.id)
    .outerjoin(dialogues, dialogues.c.conversation_id == conversations.c.id)
    .where(conversations.c.id == sa.bindparam("id"))
    .set_label_style(sa.LABEL_STYLE_TABLENAME_PLUS_COL)
)


class _Part:
    """One table's columns in a joined row, under their own names."""

    def __init__(self, row: Any, prefix: str) -> None:
        self._row = row
        self._prefix = prefix

    def __getattr__(self, name: str) -> Any:
        return getattr(self._row, self._prefix + name)
