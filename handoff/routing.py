"""Which queue a handoff goes to, and why. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gateway.errors import NotFound
from gateway.ids import QueueId
from gateway.model.inbox import Inbox, Queue, Rule


@dataclass(frozen=True, kw_only=True)
class Routed:
    """A queue, and the reason in words."""

    queue_id: QueueId
    reason: str


def route(*, inbox: Inbox, queues: Sequence[Queue], rule: Rule | None = None) -> Routed:
    """The rule's queue, else the inbox's, else the default one; a closed queue is passed over.

    Raises NotFound when there is no queue at all.
    """
    known = {queue.id: queue for queue in queues}
    passed: list[str] = []
    for queue_id, why in _wishes(inbox, queues, rule):
        queue = known.get(queue_id)
        if queue is not None and not queue.disabled:
            return Routed(queue_id=queue.id, reason=" ".join([*passed, _went_to(queue, why)]))
        if queue is not None:
            passed.append(f"The queue {queue.name} is closed.")
    raise NotFound("queue")


def _wishes(
    inbox: Inbox, queues: Sequence[Queue], rule: Rule | None
) -> Iterator[tuple[QueueId, str]]:
    if rule is not None and rule.queue_id is not None:
        yield rule.queue_id, f"the rule on {rule.kind} “{rule.value}” says so"
    yield inbox.queue_id, f"it is the queue of the inbox {inbox.name}"
    for queue in queues:
        if queue.is_default:
            yield queue.id, "it is the default queue"
    for queue in queues:
        yield queue.id, "it is the first one that is open"


def _went_to(queue: Queue, why: str) -> str:
    return f"It went to the queue {queue.name}, because {why}."
