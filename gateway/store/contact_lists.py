"""Contacts in lists, newest first, with where they can be reached and how often they came."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from gateway.ids import ContactId
from gateway.model.contact import Contact, Proof
from gateway.model.search import terms_of
from gateway.store import search
from gateway.store.contacts import contact_of
from gateway.store.tables import addresses, contacts, conversations, inboxes
from gateway.store.types import Id

WINDOW = 5000
"""How many contacts one page of a search looks into."""
MOST_INDEXED = 200

_k = contacts.c
_a = addresses.c
_c = conversations.c


@dataclass(frozen=True, kw_only=True)
class Reached:
    """One address of a contact, as a list shows it."""

    channel: str
    peer: str
    proof: Proof


@dataclass(frozen=True, kw_only=True)
class ListedContact:
    contact: Contact
    addresses: tuple[Reached, ...]
    conversations: int
    last_seen_at: datetime | None


async def page(
    connection: AsyncConnection, *, q: str, after: ContactId | None, limit: int
) -> tuple[list[ListedContact], ContactId | None]:
    """One page, and the contact after which the next one goes on if there is one.

    Ids are in the order in which contacts came, so the list runs along its key.
    """
    on_the_way = [_k.id < sa.literal(after, Id())] if after is not None else []
    found = list(on_the_way)
    if q:
        found.append(_k.id.in_(_searched(on_the_way, q, await _indexed(connection, q))))
    statement = sa.select(contacts).where(*found).order_by(_k.id.desc()).limit(limit + 1)
    rows = (await connection.execute(statement)).all()
    listed = await _listed(connection, [contact_of(row) for row in rows[:limit]])
    if len(rows) > limit:
        return listed, ContactId(rows[limit - 1].id)
    return listed, await _window_end(connection, on_the_way) if q else None


async def _indexed(connection: AsyncConnection, q: str) -> list[str]:
    """Those whom the search index knows by these words, however they are written."""
    wanted = search.Wanted(terms=terms_of(q), kinds=frozenset([search.EntryKind.CONTACT]))
    found = await search.find(connection, wanted, before=None, limit=MOST_INDEXED)
    return [each.contact_id for each in found if each.contact_id]


def _searched(
    on_the_way: list[sa.ColumnElement[bool]], q: str, indexed: Sequence[str]
) -> sa.CompoundSelect[Any]:
    window = (
        sa.select(_k.id, _k.name, _k.email)
        .where(*on_the_way)
        .order_by(_k.id.desc())
        .limit(WINDOW)
        .subquery()
    )
    by_words = sa.select(window.c.id).where(
        window.c.name.icontains(q, autoescape=True) | window.c.email.icontains(q, autoescape=True)
    )
    by_email = sa.select(_k.id).where(_k.email.in_([q, q.lower()]))
    by_peer = sa.select(_a.contact_id).where(
        _a.inbox_id.in_(sa.select(inboxes.c.id)), _a.peer.in_([q, q.lower()])
    )
    by_index = sa.select(_k.id).where(_k.id.in_(indexed))
    return sa.union_all(by_words, by_email, by_peer, by_index, *_by_id(q))


def _by_id(q: str) -> list[sa.Select[Any]]:
    if not re.fullmatch(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", q):
        return []
    return [sa.select(_k.id).where(_k.id == sa.literal(q, Id()))]


async def _window_end(
    connection: AsyncConnection, on_the_way: list[sa.ColumnElement[bool]]
) -> ContactId | None:
    """The last contact that a search looked into, if there are more behind it."""
    statement = (
        sa.select(_k.id).where(*on_the_way).order_by(_k.id.desc()).offset(WINDOW - 1).limit(2)
    )
    ids = (await connection.scalars(statement)).all()
    return ContactId(ids[0]) if len(ids) == 2 else None


async def _listed(connection: AsyncConnection, found: Sequence[Contact]) -> list[ListedContact]:
    ids = [each.id for each in found]
    reached = await _addresses(connection, ids)
    counts = await _counts(connection, ids)
    return [
        ListedContact(
            contact=each,
            addresses=tuple(address for address, _ in reached.get(each.id, ())),
            conversations=counts.get(each.id, 0),
            last_seen_at=max((at for _, at in reached.get(each.id, ())), default=None),
        )
        for each in found
    ]


async def _addresses(
    connection: AsyncConnection, ids: Sequence[ContactId]
) -> dict[str, list[tuple[Reached, datetime]]]:
    rows = await connection.execute(
        sa.select(_a.contact_id, _a.peer, _a.proof, _a.last_seen_at, inboxes.c.channel)
        .join(inboxes, inboxes.c.id == _a.inbox_id)
        .where(_a.contact_id.in_(ids))
        .order_by(_a.created_at)
    )
    reached: dict[str, list[tuple[Reached, datetime]]] = {}
    for row in rows:
        address = Reached(channel=row.channel, peer=row.peer, proof=Proof(row.proof))
        reached.setdefault(row.contact_id, []).append((address, row.last_seen_at))
    return reached


async def _counts(connection: AsyncConnection, ids: Sequence[ContactId]) -> dict[str, int]:
    rows = await connection.execute(
        sa.select(_c.contact_id, sa.func.count())
        .where(_c.contact_id.in_(ids))
        .group_by(_c.contact_id)
    )
    return {row.contact_id: row[1] for row in rows}
