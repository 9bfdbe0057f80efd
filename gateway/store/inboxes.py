"""Inboxes, queues and hand-off rules: few rows, read often, changed by admins."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from gateway.errors import BadInput, NotFound
from gateway.ids import InboxId, QueueId, RuleId
from gateway.model.inbox import Inbox, Queue, Rule
from gateway.store.tables import inboxes, queues, rules
from gateway.store.tx import Tx, take_numbers


async def get(connection: AsyncConnection, id: InboxId) -> Inbox:
    """Raises NotFound."""
    row = (await connection.execute(_BY_ID, {"id": id})).one_or_none()
    if row is None:
        raise NotFound("inbox", id)
    return inbox_of(row)


async def by_key(connection: AsyncConnection, channel: str, key: str) -> Inbox:
    """Raises NotFound, for a disabled inbox too."""
    statement = sa.select(inboxes).where(
        inboxes.c.channel == channel, inboxes.c.key == key, inboxes.c.disabled_at.is_(None)
    )
    row = (await connection.execute(statement)).one_or_none()
    if row is None:
        raise NotFound("inbox", key)
    return inbox_of(row)


async def list_inboxes(connection: AsyncConnection) -> list[Inbox]:
    rows = await connection.execute(sa.select(inboxes).order_by(inboxes.c.created_at))
    return [inbox_of(row) for row in rows]


async def insert(tx: Tx, inbox: Inbox) -> None:
    await tx.execute(
        sa.insert(inboxes).values(
            id=inbox.id,
            channel=inbox.channel,
            key=inbox.key,
            name=inbox.name,
            queue_id=inbox.queue_id,
            settings=inbox.settings,
            created_at=inbox.created_at,
        )
    )


async def change(tx: Tx, id: InboxId, **values: Any) -> None:
    """Set `name`, `queue_id`, `settings` or `disabled_at`. Raises NotFound."""
    result = await tx.execute(sa.update(inboxes).where(inboxes.c.id == id).values(**values))
    if result.rowcount != 1:
        raise NotFound("inbox", id)


async def lock_all(tx: Tx) -> None:
    """Nobody else makes the first things of this store until the commit."""
    await take_numbers(tx, "event", 0)


async def get_queue(connection: AsyncConnection, id: QueueId) -> Queue:
    """Raises NotFound."""
    row = (await connection.execute(sa.select(queues).where(queues.c.id == id))).one_or_none()
    if row is None:
        raise NotFound("queue", id)
    return queue_of(row)


async def list_queues(connection: AsyncConnection) -> list[Queue]:
    rows = await connection.execute(sa.select(queues).order_by(queues.c.created_at))
    return [queue_of(row) for row in rows]


async def default_queue(connection: AsyncConnection) -> Queue:
    """The queue that is there from the first day. Raises NotFound on an empty store."""
    row = (await connection.execute(sa.select(queues).where(queues.c.is_default))).first()
    if row is None:
        raise NotFound("queue", "default")
    return queue_of(row)


async def insert_queue(tx: Tx, queue: Queue) -> None:
    """Raises BadInput when the name is taken."""
    result = await tx.execute(
        tx.insert(queues)
        .values(
            id=queue.id,
            name=queue.name,
            is_default=queue.is_default,
            created_at=queue.created_at,
        )
        .on_conflict_do_nothing()
    )
    if result.rowcount != 1:
        raise BadInput("name", "is already a queue's", code="taken")


async def change_queue(tx: Tx, id: QueueId, **values: Any) -> None:
    """Set `name` or `disabled_at`. Raises NotFound, and BadInput when the name is taken."""
    try:
        result = await tx.execute(sa.update(queues).where(queues.c.id == id).values(**values))
    except IntegrityError as exc:
        raise BadInput("name", "is already a queue's", code="taken") from exc
    if result.rowcount != 1:
        raise NotFound("queue", id)


async def list_rules(connection: AsyncConnection) -> list[Rule]:
    rows = await connection.execute(_RULES)
    return [rule_of(row) for row in rows]


async def get_rule(connection: AsyncConnection, id: RuleId) -> Rule:
    """Raises NotFound."""
    row = (await connection.execute(sa.select(rules).where(rules.c.id == id))).one_or_none()
    if row is None:
        raise NotFound("rule", id)
    return rule_of(row)


async def insert_rule(tx: Tx, rule: Rule) -> None:
    await tx.execute(
        sa.insert(rules).values(
            id=rule.id,
            kind=rule.kind,
            value=rule.value,
            queue_id=rule.queue_id,
            enabled=rule.enabled,
            created_at=rule.created_at,
        )
    )


async def change_rule(tx: Tx, id: RuleId, **values: Any) -> None:
    """Set `kind`, `value`, `queue_id` or `enabled`. Raises NotFound."""
    result = await tx.execute(sa.update(rules).where(rules.c.id == id).values(**values))
    if result.rowcount != 1:
        raise NotFound("rule", id)


async def delete_rule(tx: Tx, id: RuleId) -> None:
    """Raises NotFound."""
    result = await tx.execute(sa.delete(rules).where(rules.c.id == id))
    if result.rowcount != 1:
        raise NotFound("rule", id)


_BY_ID = sa.select(inboxes).where(inboxes.c.id == sa.bindparam("id"))
_RULES = sa.select(rules).order_by(rules.c.created_at)


def inbox_of(row: Any) -> Inbox:
    return Inbox(
        id=InboxId(row.id),
        channel=row.channel,
        key=row.key,
        name=row.name,
        queue_id=QueueId(row.queue_id),
        disabled=row.disabled_at is not None,
        created_at=row.created_at,
        settings=row.settings,
    )


def queue_of(row: Any) -> Queue:
    return Queue(
        id=QueueId(row.id),
        name=row.name,
        is_default=row.is_default,
        disabled=row.disabled_at is not None,
        created_at=row.created_at,
    )


def rule_of(row: Any) -> Rule:
    created_at: datetime = row.created_at
    return Rule(
        id=row.id,
        kind=row.kind,
        value=row.value,
        queue_id=QueueId(row.queue_id) if row.queue_id else None,
        enabled=row.enabled,
        created_at=created_at,
    )
