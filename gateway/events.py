"""Events: past-tense facts, numbered in the order in which they were committed.

Screens, reports, webhooks and the audit trail are all read from events. The number is
given last thing in a transaction, under a lock that is held until the commit, so that
a reader who resumes from N misses nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from gateway.ids import ContactId, ConversationId
from gateway.model.message import Author, Message


class EventKind(StrEnum):
    CONVERSATION_STARTED = "conversation_started"
    MESSAGE_ADDED = "message_added"
    HANDED_OFF = "handed_off"
    CLAIMED = "claimed"
    TRANSFERRED = "transferred"
    RETURNED_TO_BOT = "returned_to_bot"
    SNOOZED = "snoozed"
    UNSNOOZED = "unsnoozed"
    RESOLVED = "resolved"
    REOPENED = "reopened"
    TURN_ANSWERED = "turn_answered"
    TURN_DROPPED = "turn_dropped"
    SLOTS_CHANGED = "slots_changed"
    DELIVERY_CHANGED = "delivery_changed"
    DELIVERY_RETRIED = "delivery_retried"
    READ_BY_CUSTOMER = "read_by_customer"
    ADDRESS_LEFT = "address_left"
    RATED = "rated"
    CONTACT_CHANGED = "contact_changed"
    AGENT_CHANGED = "agent_changed"
    PRESENCE_CHANGED = "presence_changed"
    QUEUE_CHANGED = "queue_changed"
    INBOX_CHANGED = "inbox_changed"
    RULE_CHANGED = "rule_changed"
    CANNED_REPLY_CHANGED = "canned_reply_changed"


@dataclass(frozen=True, kw_only=True)
class Event:
    """A fact. `n` is 0 until it is committed; `message` rides along live, not in the row."""

    kind: EventKind
    actor: Author
    at: datetime
    conversation_id: ConversationId | None = None
    contact_id: ContactId | None = None
    data: dict[str, Any] = field(default_factory=dict)
    n: int = 0
    message: Message | None = field(default=None, compare=False)

    def numbered(self, n: int) -> Event:
        return Event(
            kind=self.kind,
            actor=self.actor,
            at=self.at,
            conversation_id=self.conversation_id,
            contact_id=self.contact_id,
            data=self.data,
            n=n,
            message=self.message,
        )


def message_added(message: Message, contact_id: ContactId) -> Event:
    """The fact that something was said; the message rides along to those who listen now."""
    return Event(
        kind=EventKind.MESSAGE_ADDED,
        actor=message.author,
        at=message.at,
        conversation_id=message.conversation_id,
        contact_id=contact_id,
        data={"message_id": message.id, "seq": message.seq, "kind": message.kind.value},
        message=message,
    )
