"""What is said: by whom, with what, and how it comes in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from gateway.ids import (
    AddressId,
    AttachmentId,
    ContactId,
    ConversationId,
    ExternalId,
    InboxId,
    MessageId,
    Peer,
)
from gateway.model.contact import Proof

MAX_TEXT = 10_000
"""The longest text of one message, in characters."""

PREVIEW = 200
"""How many characters of a message a list shows."""

ASK_FOR_PERSON = "peyk:ask_for_person"
"""The value of the button that is always in reach; a bot's own values start with a slash."""


class AuthorKind(StrEnum):
    CUSTOMER = "customer"
    BOT = "bot"
    AGENT = "agent"
    SYSTEM = "system"


class MessageKind(StrEnum):
    MESSAGE = "message"
    NOTE = "note"


@dataclass(frozen=True, kw_only=True)
class Author:
    kind: AuthorKind
    id: str | None = None
    name: str | None = None


@dataclass(frozen=True, kw_only=True)
class Button:
    """A choice that is offered; `value` comes back when it is pressed."""

    label: str
    value: str


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """A stored file. `key` finds the bytes; it never leaves the gateway."""

    id: AttachmentId
    filename: str
    content_type: str
    size: int
    key: str
    created_at: datetime
    conversation_id: ConversationId | None = None
    message_id: MessageId | None = None
    address_id: AddressId | None = None
    agent_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class Message:
    """Something said, numbered within its conversation; never changed once stored."""

    id: MessageId
    conversation_id: ConversationId
    seq: int
    kind: MessageKind
    author: Author
    text: str
    at: datetime
    inbox_id: InboxId | None = None
    address_id: AddressId | None = None
    external_id: ExternalId | None = None
    client_id: str | None = None
    reply_to: MessageId | None = None
    chosen: str | None = None
    turn_id: str | None = None
    buttons: tuple[Button, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    image: str | None = None


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A message that is about to be said on our side."""

    author: Author
    text: str
    kind: MessageKind = MessageKind.MESSAGE
    buttons: tuple[Button, ...] = ()
    attachment_ids: tuple[AttachmentId, ...] = ()
    reply_to: MessageId | None = None
    turn_id: str | None = None
    image: str | None = None
    once: ExternalId | None = None
    """Said under this id before, it is not said again."""


@dataclass(frozen=True, kw_only=True)
class Inbound:
    """A customer's message as a channel understood it; `payload` is what arrived.

    `proof` and `name` are used when the address is new.
    `reopen_within_s` is the inbox's rule: a younger resolved conversation goes on.
    """

    inbox_id: InboxId
    peer: Peer
    external_id: ExternalId
    text: str
    at: datetime
    payload: dict[str, Any]
    client_id: str | None = None
    reply_to: MessageId | None = None
    chosen: str | None = None
    attachment_ids: tuple[AttachmentId, ...] = ()
    language: str | None = None
    name: str | None = None
    proof: Proof = Proof.ANONYMOUS
    reopen_within_s: int = 7 * 24 * 3600


@dataclass(frozen=True, kw_only=True)
class Received:
    """What became of an `Inbound`; a duplicate is answered with the first one's facts.

    `turn_waits` says that it is the bot's to answer and that no worker has claimed its turn.
    """

    message_id: MessageId
    conversation_id: ConversationId
    contact_id: ContactId
    address_id: AddressId
    seq: int
    duplicate: bool
    turn_waits: bool = False
    message: Message | None = field(default=None, compare=False)


def preview(message: Message) -> dict[str, object]:
    """What a list shows of the last message."""
    text = message.text or ", ".join(each.filename for each in message.attachments)
    return {
        "seq": message.seq,
        "author_kind": message.author.kind.value,
        "text": text[:PREVIEW],
        "at": message.at.isoformat(),
    }
