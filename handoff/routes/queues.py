"""/queues: where conversations wait. Everybody may look, admins make and change."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import BaseModel

from gateway.errors import BadInput
from gateway.events import EventKind
from gateway.ids import QueueId, new_id
from gateway.model.agent import Role
from gateway.model.inbox import Queue
from gateway.store import inboxes, waiting
from gateway.store.store import Reading
from gateway.store.tx import Tx
from gateway.store.waiting import Depth
from gateway.web import keys
from gateway.web.body import Body, Name
from gateway.web.paging import Page, Paging, page_of
from gateway.web.route import Call, Route
from handoff.facts import changed
from handoff.routes.changes import wanted


class QueueShape(BaseModel):
    """`waiting` leaves out those that are snoozed."""

    id: str
    name: str
    waiting: int
    oldest_waiting_since: datetime | None
    is_default: bool
    disabled: bool


class NewQueue(Body):
    name: Name


class QueueChange(Body):
    """What stands here is changed. A disabled queue gets nothing new, and may be emptied."""

    name: Name | None = None
    disabled: bool | None = None


async def list_queues(call: Call[None, Paging]) -> Page[QueueShape]:
    async with call.app[keys.STORE].read() as connection:
        known = await inboxes.list_queues(connection)
        depths = await waiting.depths(connection)
    page, following = page_of(known, call.query, lambda queue: (queue.created_at, queue.id))
    return Page(items=[_shape(each, depths.get(each.id)) for each in page], next=following)


async def make_queue(call: Call[NewQueue]) -> QueueShape:
    now = call.app[keys.CLOCK]()
    queue = Queue(
        id=QueueId(new_id()),
        name=call.body.name,
        is_default=False,
        disabled=False,
        created_at=now,
    )

    async def unit(tx: Tx) -> None:
        await inboxes.insert_queue(tx, queue)
        tx.tell(changed(EventKind.QUEUE_CHANGED, "queue", queue.id, ["made"], call.agent, now))

    await call.app[keys.STORE].write(unit, "queues")
    return _shape(queue, None)


async def change_queue(call: Call[QueueChange]) -> QueueShape:
    """The default queue stays open, so that there is always one."""
    id, changes, now = QueueId(call.path["id"]), wanted(call.body), call.app[keys.CLOCK]()

    async def unit(tx: Tx) -> None:
        before = await inboxes.get_queue(tx.connection, id)
        if before.is_default and changes.get("disabled"):
            raise BadInput("disabled", "the default queue stays open", code="default_queue")
        if changes:
            await inboxes.change_queue(tx, id, **_columns(changes, now))
            tx.tell(changed(EventKind.QUEUE_CHANGED, "queue", id, changes, call.agent, now))

    await call.app[keys.STORE].write(unit, "queues")
    async with call.app[keys.STORE].read() as connection:
        return await _now(connection, id)


def _columns(changes: dict[str, Any], now: datetime) -> dict[str, Any]:
    columns = dict(changes)
    if "disabled" in columns:
        columns["disabled_at"] = now if columns.pop("disabled") else None
    return columns


async def _now(connection: Reading, id: QueueId) -> QueueShape:
    queue = await inboxes.get_queue(connection, id)
    return _shape(queue, (await waiting.depths(connection)).get(id))


def _shape(queue: Queue, depth: Depth | None) -> QueueShape:
    return QueueShape(
        id=queue.id,
        name=queue.name,
        waiting=depth.waiting if depth else 0,
        oldest_waiting_since=depth.oldest_waiting_since if depth else None,
        is_default=queue.is_default,
        disabled=queue.disabled,
    )


routes: tuple[Route, ...] = (
    Route(
        "GET",
        "/queues",
        list_queues,
        summary="All queues, and how many wait in them",
        tag="queues",
        query=Paging,
        answer=Page[QueueShape],
        role=Role.AGENT,
    ),
    Route(
        "POST",
        "/queues",
        make_queue,
        summary="Make a queue",
        tag="queues",
        body=NewQueue,
        answer=QueueShape,
        status=201,
        role=Role.ADMIN,
    ),
    Route(
        "PATCH",
        "/queues/{id}",
        change_queue,
        summary="Rename, close or open a queue",
        tag="queues",
        body=QueueChange,
        answer=QueueShape,
        role=Role.ADMIN,
    ),
)
