"""Which queue a handoff goes to, and why. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gateway.ids import QueueId
from gateway.model.inbox import Inbox, Queue, Rule


@dataclass(frozen=True, kw_only=True)
class Routed:
    """`reason` is one sentence for people."""

    queue_id: QueueId
    reason: str


def route(*, inbox: Inbox, queues: Sequence[Queue], rule: Rule | None = None) -> Routed:
    """The rule's queue, else the inbox's, else the default: the first that is not disabled."""
    open_queues = {each.id: each for each in queues if not each.disabled}
    if rule is not None and rule.queue_id in open_queues:
        name = open_queues[rule.queue_id].name
        return Routed(queue_id=rule.queue_id, reason=f"The rule names the queue {name}.")
    if inbox.queue_id in open_queues:
        name = open_queues[inbox.queue_id].name
        return Routed(queue_id=inbox.queue_id, reason=f"The inbox {inbox.name} uses {name}.")
    default = next((each for each in queues if each.is_default), None)
    # The default queue takes conversations even when it is disabled: nothing is ever lost.
    fallback = default.id if default else inbox.queue_id
    return Routed(queue_id=fallback, reason="The inbox's queue is disabled: the default one.")
