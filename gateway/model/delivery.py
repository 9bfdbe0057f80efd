"""A delivery: the attempts to get one message out through one address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from gateway.ids import AddressId, ConversationId, DeliveryId, ExternalId, InboxId, MessageId


class DeliveryState(StrEnum):
    """`pending → sending → sent → delivered → read`, or `failed`, or `uncertain`."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"
    UNCERTAIN = "uncertain"


OPEN = (DeliveryState.PENDING, DeliveryState.SENDING)
"""What still waits to be sent."""

IN_TROUBLE = (DeliveryState.FAILED, DeliveryState.UNCERTAIN)
"""What an agent may decide to send once more."""

_FORWARD = {
    DeliveryState.PENDING: 0,
    DeliveryState.SENDING: 1,
    DeliveryState.UNCERTAIN: 2,
    DeliveryState.FAILED: 2,
    DeliveryState.SENT: 3,
    DeliveryState.DELIVERED: 4,
    DeliveryState.READ: 5,
}


def before(state: DeliveryState) -> tuple[DeliveryState, ...]:
    """The states from which a delivery may move forward to this one."""
    return tuple(s for s, rank in _FORWARD.items() if rank < _FORWARD[state])


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """One row of the outbox; `attempts` is also the fencing number of a claim."""

    id: DeliveryId
    conversation_id: ConversationId
    message_id: MessageId
    inbox_id: InboxId
    address_id: AddressId
    seq: int
    state: DeliveryState
    attempts: int
    due_at: datetime
    created_at: datetime
    updated_at: datetime
    external_id: ExternalId | None = None
    error: str | None = None
