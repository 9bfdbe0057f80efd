"""Which queue a handoff goes to, and why. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gateway.errors import NotFound
from gateway.ids import QueueId
from gateway.model.inbox import Inbox, Queue, Rule
from gateway.model.why import Why, why


@dataclass(frozen=True, kw_only=True)
class Routed:
    """A queue, and why it is this one."""

    queue_id: QueueId
    why: tuple[Why, ...]

    @property
    def reason(self) -> str:
        return " ".join(each.sentence for each in self.why)


def route(*, inbox: Inbox, queues: Sequence[Queue], rule: Rule | None = None) -> Routed:
    """The rule's queue, else the inbox's, else the default one; a closed queue is passed over.

    Raises NotFound when there is no queue at all.
    """
    known = {queue.id: queue for queue in queues}
    passed: list[Why] = []
    for queue_id, code, params in _wishes(inbox, queues, rule):
        queue = known.get(queue_id)
        if queue is not None and not queue.disabled:
            return Routed(queue_id=queue.id, why=(*passed, why(code, queue=queue.name, **params)))
        if queue is not None:
            passed.append(why("queue_closed", queue=queue.name))
    raise NotFound("queue")


def _wishes(
    inbox: Inbox, queues: Sequence[Queue], rule: Rule | None
) -> Iterator[tuple[QueueId, str, dict[str, str]]]:
    if rule is not None and rule.queue_id is not None:
        yield rule.queue_id, "queue_of_rule", {"kind": rule.kind, "value": rule.value}
    yield inbox.queue_id, "queue_of_inbox", {"inbox": inbox.name}
    for queue in queues:
        if queue.is_default:
            yield queue.id, "queue_default", {}
    for queue in queues:
        yield queue.id, "queue_first_open", {}
