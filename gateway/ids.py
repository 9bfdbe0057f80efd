"""Ids: opaque strings to everyone but the module that made them, UUIDv7 inside."""

from __future__ import annotations

from typing import NewType
from uuid import UUID

import uuid_utils

AddressId = NewType("AddressId", str)
AgentId = NewType("AgentId", str)
AttachmentId = NewType("AttachmentId", str)
ContactId = NewType("ContactId", str)
ConversationId = NewType("ConversationId", str)
DeliveryId = NewType("DeliveryId", str)
HandoffId = NewType("HandoffId", str)
InboxId = NewType("InboxId", str)
MessageId = NewType("MessageId", str)
QueueId = NewType("QueueId", str)
RuleId = NewType("RuleId", str)
TurnId = NewType("TurnId", str)
ViewId = NewType("ViewId", str)

ExternalId = NewType("ExternalId", str)
"""What a network calls a message; only the channel that made it may read it."""

Peer = NewType("Peer", str)
"""Whom a channel can reach: only the channel may read it."""


def new_id() -> str:
    """A new UUIDv7 (RFC 9562): time-ordered, so that indexes grow at their end."""
    return str(uuid_utils.uuid7())


def is_id(text: str) -> bool:
    """Whether the text can be an id at all: asked before a database sees it."""
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False
