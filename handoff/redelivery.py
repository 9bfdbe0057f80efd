"""Sending a message once more, when an agent decides so.

Deliveries only move forward: a retry is a delivery of its own, and the one that failed
stays as it ended. What may have arrived already is sent again by nobody but an agent.
"""

from __future__ import annotations

from gateway.errors import NotFound, PeykError
from gateway.events import EventKind
from gateway.ids import DeliveryId, MessageId
from gateway.model.delivery import IN_TROUBLE, Delivery
from gateway.outbox import Outbox
from gateway.store import deliveries
from handoff import leave
from handoff.act import Act


class NotInTrouble(PeykError):
    """This delivery neither failed nor is uncertain, or was retried already."""

    def __init__(self, latest: Delivery) -> None:
        super().__init__(f"cannot retry a delivery: the latest one is {latest.state}")
        self.latest = latest


async def retry(act: Act, outbox: Outbox, id: DeliveryId) -> MessageId:
    """Raises NotFound, OwnedByAnother, and NotInTrouble."""
    leave.to_decide(act.agent, act.before, "retry a delivery of")
    old = await deliveries.get(act.tx.connection, id)
    if old.conversation_id != act.before.id:
        raise NotFound("delivery", id)
    latest = (await deliveries.of_messages(act.tx.connection, [old.message_id]))[old.message_id]
    if latest.id != old.id or old.state not in IN_TROUBLE:
        raise NotInTrouble(latest)
    again = await outbox.post_again(act.tx, old, act.now)
    act.tell(
        EventKind.DELIVERY_RETRIED,
        message_id=again.message_id,
        delivery_id=again.id,
        state=again.state.value,
        error=None,
        attempts=0,
        was={"delivery_id": old.id, "state": old.state.value, "error": old.error},
    )
    return again.message_id
