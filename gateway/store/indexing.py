"""Taking events into the search index, a few at a time, each exactly once.

The counter `indexed` is the last event that was taken in. Each step moves it in the same
transaction that writes the entries, and only from where the step had found it: so any
number of processes may take steps at once, a crash loses nothing, and nothing is written
twice. `EMPTYING` in its place says that the index is being emptied, to be made anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from gateway.events import EventKind
from gateway.model.words import searchable
from gateway.store.search import EntryKind
from gateway.store.tables import (
    addresses,
    contacts,
    conversations,
    counters,
    events,
    messages,
    search_entries,
)
from gateway.store.tx import Tx, insert_on

EMPTYING = -1
_COUNTER = "indexed"
_OF_CONTACTS = frozenset({EventKind.CONVERSATION_STARTED.value, EventKind.CONTACT_CHANGED.value})


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far the index has come: the last event in it, and the last that there is."""

    indexed: int
    last: int

    @property
    def behind(self) -> int:
        return self.last - max(0, self.indexed)


@dataclass(frozen=True, kw_only=True)
class Step:
    """From one event to another, and the entries that these events make."""

    since: int
    upto: int
    entries: Sequence[dict[str, Any]]


async def progress(connection: AsyncConnection) -> Progress:
    statement = sa.select(counters.c.name, counters.c.value).where(
        counters.c.name.in_([_COUNTER, "event"])
    )
    found = {row.name: int(row.value) for row in await connection.execute(statement)}
    return Progress(indexed=found[_COUNTER], last=found["event"])


async def next_step(connection: AsyncConnection, since: int, limit: int) -> Step | None:
    """What comes next after this event; None when nothing does, or the index is being emptied."""
    if since == EMPTYING:
        return None
    statement = (
        sa.select(events.c.n, events.c.kind, events.c.contact_id, events.c.data)
        .where(events.c.n > since)
        .order_by(events.c.n)
        .limit(limit)
    )
    rows = (await connection.execute(statement)).all()
    if not rows:
        return None
    said = [row.data["message_id"] for row in rows if row.kind == EventKind.MESSAGE_ADDED.value]
    people = {row.contact_id for row in rows if row.kind in _OF_CONTACTS and row.contact_id}
    entries = [*await _people(connection, people), *await _said(connection, said)]
    return Step(since=since, upto=rows[-1].n, entries=entries)


async def take(tx: Tx, step: Step) -> bool:
    """Write the entries and move on; False when another process has moved on already."""
    if not await _move(tx, step.since, step.upto):
        return False
    people = [each for each in step.entries if each["kind"] == EntryKind.CONTACT.value]
    said = [each for each in step.entries if each["kind"] != EntryKind.CONTACT.value]
    if said:
        insert = insert_on(tx.dialect, search_entries)
        await tx.execute(insert.on_conflict_do_nothing(index_elements=["target_id"]), said)
    if people:
        insert = insert_on(tx.dialect, search_entries)
        changed = insert.on_conflict_do_update(
            index_elements=["target_id"], set_={"words": insert.excluded.words}
        )
        await tx.execute(changed, people)
    return True


async def begin_anew(tx: Tx) -> None:
    """The index is emptied and made again, by whoever takes the next steps."""
    statement = sa.update(counters).where(counters.c.name == _COUNTER).values(value=EMPTYING)
    await tx.execute(statement)


async def empty(tx: Tx, limit: int) -> None:
    """Take some entries out; when none is left, the events are taken in from the first on."""
    firsts = sa.select(search_entries.c.id).order_by(search_entries.c.id).limit(limit)
    gone = await tx.execute(sa.delete(search_entries).where(search_entries.c.id.in_(firsts)))
    if gone.rowcount == 0:
        await _move(tx, EMPTYING, 0)


async def _move(tx: Tx, since: int, upto: int) -> bool:
    moved = await tx.execute(
        sa.update(counters)
        .where(counters.c.name == _COUNTER, counters.c.value == since)
        .values(value=upto)
    )
    return moved.rowcount == 1


async def _said(connection: AsyncConnection, ids: Sequence[str]) -> list[dict[str, Any]]:
    statement = (
        sa.select(messages, conversations.c.contact_id, conversations.c.inbox_id.label("inbox"))
        .join(conversations, conversations.c.id == messages.c.conversation_id)
        .where(messages.c.id.in_(ids))
        .order_by(messages.c.id)
    )
    rows = (await connection.execute(statement)).all() if ids else []
    return [
        {
            "kind": row.kind,
            "target_id": row.id,
            "conversation_id": row.conversation_id,
            "contact_id": row.contact_id,
            "inbox_id": row.inbox,
            "author_kind": row.author_kind,
            "author_id": row.author_id,
            "at": row.at,
            "words": searchable(row.text, *_filenames(row.content)),
        }
        for row in rows
    ]


async def _people(connection: AsyncConnection, ids: Iterable[str]) -> list[dict[str, Any]]:
    wanted = sorted(ids)
    if not wanted:
        return []
    rows = await connection.execute(
        sa.select(contacts).where(contacts.c.id.in_(wanted)).order_by(contacts.c.id)
    )
    reached = await _mail_addresses(connection, wanted)
    return [
        {
            "kind": EntryKind.CONTACT.value,
            "target_id": row.id,
            "conversation_id": None,
            "contact_id": row.id,
            "inbox_id": None,
            "author_kind": None,
            "author_id": None,
            "at": row.created_at,
            "words": searchable(row.name, row.email, *reached.get(row.id, ()), *_values(row)),
        }
        for row in rows
    ]


async def _mail_addresses(connection: AsyncConnection, ids: list[str]) -> dict[str, list[str]]:
    """What else people write from; a peer without an @ means something to its channel only."""
    statement = sa.select(addresses.c.contact_id, addresses.c.peer).where(
        addresses.c.contact_id.in_(ids), addresses.c.peer.contains("@")
    )
    found: dict[str, list[str]] = {}
    for row in await connection.execute(statement):
        found.setdefault(row.contact_id, []).append(row.peer)
    return found


def _filenames(content: dict[str, Any] | None) -> list[str]:
    return [each["filename"] for each in (content or {}).get("attachments", ())]


def _values(row: Any) -> list[str]:
    """What the site or an agent knows of somebody, as far as it is words or numbers."""
    return [str(each) for each in (row.attributes or {}).values() if isinstance(each, str | int)]
