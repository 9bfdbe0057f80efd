"""Lists of conversations, with all that a row of a list shows, page by page.

`waiting` is ordered oldest wait first, everything else newest change first; a page goes on
after a key, so that pages neither skip nor repeat. What is looked for in texts is looked for
in the newest `WINDOW` conversations of each page's way; a number, the beginning of an id and
a whole email address are found at any age.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from gateway.errors import NotFound
from gateway.ids import AgentId, ContactId, ConversationId
from gateway.model.contact import Proof
from gateway.model.conversation import Conversation, State
from gateway.model.handoff import Handoff
from gateway.store import handoffs
from gateway.store.conversations import conversation_of
from gateway.store.filters import AWAKE, OPEN, Filter, Key, beyond, conditions, key_of, order
from gateway.store.tables import addresses, agents, contacts, conversations, inboxes, queues
from gateway.store.types import Id

WINDOW = 5000
"""How many conversations one page of a search looks into."""

_c = conversations.c


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A conversation with the names of what it refers to. `handoff` is the one not over yet."""

    conversation: Conversation
    contact_name: str | None
    proof: Proof
    inbox_name: str
    channel: str
    queue_name: str | None
    agent_name: str | None
    handoff: Handoff | None


async def page(
    connection: AsyncConnection, wanted: Filter, *, after: Key | None, limit: int
) -> tuple[list[Listed], Key | None]:
    """One page, and the key after which the next one goes on if there is one."""
    on_the_way = [*conditions(wanted), *beyond(wanted, after)]
    if wanted.channel is not None:
        on_the_way = await _of_channel(connection, wanted, on_the_way, limit + 1)
    elif wanted.open and wanted.state is None:
        on_the_way = _of_states(wanted, on_the_way, limit + 1)
    found = _searched(wanted, on_the_way) if wanted.q else on_the_way
    statement = _JOINED.where(*found).order_by(*order(wanted)).limit(limit + 1)
    rows = (await connection.execute(statement)).all()
    if len(rows) > limit:
        return await _listed(connection, rows[:limit]), key_of(wanted, rows[limit - 1])
    end = await _window_end(connection, wanted, on_the_way) if wanted.q else None
    return await _listed(connection, rows), end


async def one(connection: AsyncConnection, id: ConversationId) -> Listed:
    """Raises NotFound."""
    found = await by_ids(connection, [id])
    if id not in found:
        raise NotFound("conversation", id)
    return found[id]


async def by_ids(
    connection: AsyncConnection, ids: Iterable[ConversationId]
) -> dict[ConversationId, Listed]:
    rows = (await connection.execute(_JOINED.where(_c.id.in_(list(ids))))).all()
    return {each.conversation.id: each for each in await _listed(connection, rows)}


async def of_contact(
    connection: AsyncConnection, id: ContactId, *, limit: int = 50
) -> list[Listed]:
    """The contact's latest conversations, newest first."""
    statement = _JOINED.where(_c.contact_id == id).order_by(_c.number.desc()).limit(limit)
    return await _listed(connection, (await connection.execute(statement)).all())


async def called(connection: AsyncConnection, q: str, *, limit: int = 10) -> list[Listed]:
    """Those with this number, or an id that begins like this."""
    found = _by_number_or_id(q.strip())
    if not found:
        return []
    statement = _JOINED.where(_c.id.in_(sa.union_all(*found))).order_by(_c.number.desc())
    return await _listed(connection, (await connection.execute(statement.limit(limit))).all())


async def latest_of(
    connection: AsyncConnection, people: Iterable[ContactId]
) -> dict[ContactId, ConversationId]:
    """The latest conversation of each of these contacts."""
    wanted = list(people)
    if not wanted:
        return {}
    newest = (
        sa.select(_c.contact_id, sa.func.max(_c.number).label("number"))
        .where(_c.contact_id.in_(wanted))
        .group_by(_c.contact_id)
        .subquery()
    )
    statement = sa.select(_c.id, _c.contact_id).join(newest, newest.c.number == _c.number)
    rows = await connection.execute(statement)
    return {ContactId(row.contact_id): ConversationId(row.id) for row in rows}


async def counts(connection: AsyncConnection, agent: AgentId) -> dict[str, int]:
    """How many conversations are open: by state, the agent's own, and those that sleep."""
    statement = sa.select(
        *(_count(_c.state == state.value, AWAKE).label(state.value) for state in OPEN),
        _count(_c.owner_id == agent, _c.state == State.WITH_AGENT.value).label("mine"),
        _count(_c.snoozed_until.is_not(None)).label("snoozed"),
    )
    row = (await connection.execute(statement)).one()
    return {name: int(number) for name, number in row._mapping.items()}


_JOINED = sa.select(
    conversations,
    contacts.c.name.label("contact_name"),
    addresses.c.proof.label("proof"),
    inboxes.c.name.label("inbox_name"),
    inboxes.c.channel.label("inbox_channel"),
    queues.c.name.label("queue_name"),
    agents.c.name.label("agent_name"),
).select_from(
    conversations.join(contacts, contacts.c.id == _c.contact_id)
    .join(addresses, addresses.c.id == _c.address_id)
    .join(inboxes, inboxes.c.id == _c.inbox_id)
    .outerjoin(queues, queues.c.id == _c.queue_id)
    .outerjoin(agents, agents.c.id == _c.owner_id)
)


async def _of_channel(
    connection: AsyncConnection,
    wanted: Filter,
    on_the_way: list[sa.ColumnElement[bool]],
    limit: int,
) -> list[sa.ColumnElement[bool]]:
    """The channel's inboxes are asked one by one, each along its own index."""
    known = sa.select(inboxes.c.id).where(inboxes.c.channel == wanted.channel)
    ids = (await connection.scalars(known)).all()
    if not ids or wanted.q:
        return [*on_the_way, _c.inbox_id.in_(ids)]
    each = [[*on_the_way, _c.inbox_id == id] for id in ids]
    return _first_of_each(wanted, each, limit)


def _of_states(
    wanted: Filter, on_the_way: list[sa.ColumnElement[bool]], limit: int
) -> list[sa.ColumnElement[bool]]:
    """The open states are asked one by one, so that what was resolved is never passed."""
    if wanted.q or wanted.queue or wanted.contact or wanted.owner or wanted.asleep:
        return on_the_way
    each = [[*on_the_way, _c.state == state.value] for state in OPEN]
    return _first_of_each(wanted, each, limit)


def _first_of_each(
    wanted: Filter, each: Iterable[Sequence[sa.ColumnElement[bool]]], limit: int
) -> list[sa.ColumnElement[bool]]:
    """Along an index each: of their firsts the whole page's rows are taken."""
    firsts = [
        sa.select(_c.id).where(*which).order_by(*order(wanted)).limit(limit).subquery()
        for which in each
    ]
    return [_c.id.in_(sa.union_all(*(sa.select(part.c.id) for part in firsts)))]


def _searched(
    wanted: Filter, on_the_way: list[sa.ColumnElement[bool]]
) -> list[sa.ColumnElement[bool]]:
    q = (wanted.q or "").strip()
    found = [_by_text(wanted, on_the_way, q), _by_email(q), *_by_number_or_id(q)]
    return [*on_the_way, _c.id.in_(sa.union_all(*found))]


def _by_number_or_id(q: str) -> list[sa.Select[Any]]:
    found: list[sa.Select[Any]] = []
    plain = q.removeprefix("#").replace(",", "")
    if plain.isdecimal() and len(plain) < 19:
        found.append(sa.select(_c.id).where(_c.number == int(plain)))
    if re.fullmatch(r"[0-9a-f-]{8,36}", q):
        found.append(_by_id(q))
    return found


def _by_text(wanted: Filter, on_the_way: list[sa.ColumnElement[bool]], q: str) -> sa.Select[Any]:
    window = (
        sa.select(_c.id, _c.contact_id, _c.last_message)
        .where(*on_the_way)
        .order_by(*order(wanted))
        .limit(WINDOW)
        .subquery()
    )
    said = window.c.last_message["text"].as_string()
    return (
        sa.select(window.c.id)
        .join(contacts, contacts.c.id == window.c.contact_id)
        .where(
            contacts.c.name.icontains(q, autoescape=True)
            | contacts.c.email.icontains(q, autoescape=True)
            | said.icontains(q, autoescape=True)
        )
    )


def _by_email(q: str) -> sa.Select[Any]:
    return (
        sa.select(_c.id)
        .join(contacts, contacts.c.id == _c.contact_id)
        .where(contacts.c.email.in_([q, q.lower()]))
    )


def _by_id(prefix: str) -> sa.Select[Any]:
    first = prefix + "00000000-0000-0000-0000-000000000000"[len(prefix) :]
    last = prefix + "ffffffff-ffff-ffff-ffff-ffffffffffff"[len(prefix) :]
    low, high = sa.literal(first, Id()), sa.literal(last, Id())
    return sa.select(_c.id).where(_c.id >= low, _c.id <= high)


async def _window_end(
    connection: AsyncConnection, wanted: Filter, on_the_way: list[sa.ColumnElement[bool]]
) -> Key | None:
    """The last row that a search looked into, if there are more behind it."""
    statement = (
        sa.select(_c.id, _c.waiting_since, _c.updated_at)
        .where(*on_the_way)
        .order_by(*order(wanted))
        .offset(WINDOW - 1)
        .limit(2)
    )
    rows = (await connection.execute(statement)).all()
    return key_of(wanted, rows[0]) if len(rows) == 2 else None


async def _listed(connection: AsyncConnection, rows: Sequence[Any]) -> list[Listed]:
    found = [(row, conversation_of(row)) for row in rows]
    with_people = [c.id for _, c in found if c.state in (State.WAITING, State.WITH_AGENT)]
    open_handoffs = await handoffs.open_of(connection, with_people) if with_people else {}
    return [
        Listed(
            conversation=conversation,
            contact_name=row.contact_name,
            proof=Proof(row.proof),
            inbox_name=row.inbox_name,
            channel=row.inbox_channel,
            queue_name=row.queue_name,
            agent_name=row.agent_name,
            handoff=open_handoffs.get(conversation.id),
        )
        for row, conversation in found
    ]


def _count(*which: sa.ColumnElement[bool]) -> sa.ScalarSelect[int]:
    return sa.select(sa.func.count()).select_from(conversations).where(*which).scalar_subquery()
