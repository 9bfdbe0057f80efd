"""Conversations: read, lock, save."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from gateway.errors import NotFound
from gateway.ids import AddressId, AgentId, ContactId, ConversationId, InboxId, QueueId
from gateway.model.conversation import Conversation, State
from gateway.model.owner import Owner, OwnerKind
from gateway.store.tables import conversations, dialogues
from gateway.store.tx import Tx, insert_on
from gateway.store.types import among

_c = conversations.c


async def get(connection: AsyncConnection, id: ConversationId) -> Conversation:
    """Raises NotFound."""
    row = (await connection.execute(_BY_ID, {"id": id})).one_or_none()
    if row is None:
        raise NotFound("conversation", id)
    return conversation_of(row)


async def lock(tx: Tx, id: ConversationId) -> Conversation:
    """The conversation as it is, unchanged by anybody else until the commit.

    Raises NotFound.
    """
    row = (await tx.connection.execute(_LOCK_BY_ID, {"id": id})).one_or_none()
    if row is None:
        raise NotFound("conversation", id)
    return conversation_of(row)


async def lock_latest(
    tx: Tx, pairs: Iterable[tuple[ContactId, InboxId]]
) -> dict[tuple[ContactId, InboxId], Conversation]:
    """For each contact and inbox the conversation that was started last, locked."""
    wanted = set(pairs)
    lists = {"contacts": [c for c, _ in wanted], "inboxes": list({inbox for _, inbox in wanted})}
    rows = await tx.connection.execute(_LOCK_LATEST, lists)
    found = [conversation_of(row) for row in rows]
    by_pair = {(each.contact_id, each.inbox_id): each for each in found}
    return {pair: each for pair, each in by_pair.items() if pair in wanted}


async def lock_held_by(tx: Tx, agent: AgentId) -> list[Conversation]:
    """What this agent holds, locked."""
    statement = (
        sa.select(conversations)
        .where(_c.owner_id == agent, _c.state == State.WITH_AGENT.value)
        .order_by(_c.number)
        .with_for_update(key_share=True)
    )
    return [conversation_of(row) for row in await tx.connection.execute(statement)]


async def latest(
    connection: AsyncConnection, contact_id: ContactId, inbox_id: InboxId
) -> Conversation | None:
    """The conversation that this contact started last in this inbox."""
    statement = (
        sa.select(conversations)
        .where(_c.contact_id == contact_id, _c.inbox_id == inbox_id)
        .order_by(_c.number.desc())
        .limit(1)
    )
    row = (await connection.execute(statement)).one_or_none()
    return conversation_of(row) if row else None


async def earlier(
    connection: AsyncConnection,
    than: Conversation,
    *,
    at_least: int = 0,
    address_id: AddressId | None = None,
) -> Conversation | None:
    """The one that the contact had before this in its inbox.

    Of those with `at_least` so many messages, and of one address if it is given.
    """
    statement = (
        sa.select(conversations)
        .where(_c.contact_id == than.contact_id, _c.inbox_id == than.inbox_id)
        .where(_c.number < than.number, _c.last_seq >= at_least)
        .order_by(_c.number.desc())
        .limit(1)
    )
    if address_id is not None:
        statement = statement.where(_c.address_id == address_id)
    row = (await connection.execute(statement)).one_or_none()
    return conversation_of(row) if row else None


async def started_from(connection: AsyncConnection, first: Conversation) -> list[Conversation]:
    """This conversation and those that its contact started after it in its inbox, in order."""
    statement = (
        sa.select(conversations)
        .where(_c.contact_id == first.contact_id, _c.inbox_id == first.inbox_id)
        .where(_c.number >= first.number)
        .order_by(_c.number)
    )
    return [conversation_of(row) for row in await connection.execute(statement)]


async def insert(tx: Tx, new: Sequence[Conversation]) -> None:
    await tx.execute(sa.insert(conversations), [row_of(each) for each in new])


async def save(tx: Tx, before: Conversation, after: Conversation) -> None:
    """Write what differs, if the ownership is still what it was.

    The caller holds the lock, so a lost race here is a bug and raises.
    """
    changed = _difference(before, after)
    if not changed:
        return
    statement = (
        sa.update(conversations)
        .where(_c.id == before.id, _c.ownership == before.ownership)
        .values(changed)
    )
    result = await tx.execute(statement)
    if result.rowcount != 1:
        raise RuntimeError(f"conversation {before.id} was saved without its lock")


async def save_received(tx: Tx, changed: Sequence[tuple[Conversation, Conversation]]) -> None:
    """Write what a customer's messages change, for many locked conversations.

    Mostly they only grow; then the indexes of states and owners need not be touched.
    """
    grown = [after for before, after in changed if _only_grew(before, after)]
    moved = [after for before, after in changed if not _only_grew(before, after)]
    if grown:
        await tx.execute(_SAVE_GROWN, [_growth_of(each) for each in grown])
    if moved:
        await tx.execute(_SAVE_MOVED, [{**_move_of(each), **_growth_of(each)} for each in moved])


async def dialogue(connection: AsyncConnection, id: ConversationId) -> list[dict[str, Any]]:
    """The bot's memory of the conversation, as the bot left it."""
    events = await connection.scalar(
        sa.select(dialogues.c.events).where(dialogues.c.conversation_id == id)
    )
    return list(events or [])


async def save_dialogue(tx: Tx, id: ConversationId, events: Sequence[dict[str, Any]]) -> None:
    await tx.execute(_remember(tx.dialect), [{"conversation_id": id, "events": list(events)}])


@cache
def _remember(dialect: str) -> sa.Executable:
    statement = insert_on(dialect, dialogues)
    return statement.on_conflict_do_update(
        index_elements=["conversation_id"], set_={"events": statement.excluded.events}
    )


_BY_ID = sa.select(conversations).where(_c.id == sa.bindparam("id"))
_LOCK_BY_ID = _BY_ID.with_for_update(key_share=True)
_LATEST = (
    sa.select(sa.func.max(_c.number))
    .where(among(_c.contact_id, "contacts"), among(_c.inbox_id, "inboxes"))
    .group_by(_c.contact_id, _c.inbox_id)
)
_LOCK_LATEST = (
    sa.select(conversations)
    .where(_c.number.in_(_LATEST))
    .order_by(_c.number)
    .with_for_update(key_share=True)
)
_GROWTH = ("last_seq", "last_message", "updated_at")
_MOVE = (
    "state",
    "owner_kind",
    "owner_id",
    "ownership",
    "address_id",
    "language",
    "waiting_since",
    "snoozed_until",
    "resolved_at",
    "outcome",
)


def _setting(*names: str) -> sa.Update:
    """By many rows of parameters."""
    by_id = sa.update(conversations).where(_c.id == sa.bindparam("b_id"))
    return by_id.values({name: sa.bindparam(name) for name in names})


_SAVE_GROWN = _setting(*_GROWTH)
_SAVE_MOVED = _setting(*_MOVE, *_GROWTH)


def _only_grew(before: Conversation, after: Conversation) -> bool:
    return (
        before.ownership == after.ownership
        and before.address_id == after.address_id
        and before.waiting_since == after.waiting_since
        and before.snoozed_until == after.snoozed_until
        and before.language == after.language
    )


def _growth_of(value: Conversation) -> dict[str, Any]:
    return {
        "b_id": value.id,
        "last_seq": value.last_seq,
        "last_message": value.last_message,
        "updated_at": value.updated_at,
    }


def _move_of(value: Conversation) -> dict[str, Any]:
    return {
        "state": value.state.value,
        "owner_kind": value.owner.kind.value,
        "owner_id": value.owner.id,
        "ownership": value.ownership,
        "address_id": value.address_id,
        "language": value.language,
        "waiting_since": value.waiting_since,
        "snoozed_until": value.snoozed_until,
        "resolved_at": value.resolved_at,
        "outcome": value.outcome,
    }


def conversation_of(row: Any) -> Conversation:
    """The value of a row of `conversations`."""
    return Conversation(
        id=ConversationId(row.id),
        number=row.number,
        contact_id=ContactId(row.contact_id),
        inbox_id=InboxId(row.inbox_id),
        address_id=AddressId(row.address_id),
        owner=Owner(kind=OwnerKind(row.owner_kind), id=row.owner_id),
        state=State(row.state),
        ownership=row.ownership,
        last_seq=row.last_seq,
        created_at=row.created_at,
        updated_at=row.updated_at,
        queue_id=QueueId(row.queue_id) if row.queue_id else None,
        language=row.language,
        waiting_since=row.waiting_since,
        snoozed_until=row.snoozed_until,
        resolved_at=row.resolved_at,
        outcome=row.outcome,
        slots=row.slots,
        returned=row.returned,
        last_message=row.last_message,
    )


def row_of(value: Conversation) -> dict[str, Any]:
    row = {field.name: getattr(value, field.name) for field in fields(value)}
    owner = row.pop("owner")
    return {
        **row,
        "state": value.state.value,
        "owner_kind": owner.kind.value,
        "owner_id": owner.id,
    }


def _difference(before: Conversation, after: Conversation) -> dict[str, Any]:
    old, new = row_of(before), row_of(after)
    return {name: value for name, value in new.items() if value != old[name]}
