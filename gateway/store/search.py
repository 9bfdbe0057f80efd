"""The search index: written from the events, asked for words.

SQLite finds by FTS5, PostgreSQL by its full text; both get the same words and the same
question. Entries come in the order of the events, so their number is their place in time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.ext.asyncio import AsyncConnection

from gateway.ids import ContactId, ConversationId, InboxId, MessageId
from gateway.model.search import Phrase, Term
from gateway.store.tables import inboxes, search_entries

_e = search_entries.c
_words = sa.table("search_words", sa.column("rowid"), sa.column("words"))


class EntryKind(StrEnum):
    MESSAGE = "message"
    NOTE = "note"
    CONTACT = "contact"


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What is looked for. `author` is an agent's id, or a kind of author."""

    terms: tuple[Term, ...]
    kinds: frozenset[EntryKind]
    inbox: InboxId | None = None
    channel: str | None = None
    author: str | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Found:
    """One entry; `number` is where the next page goes on."""

    number: int
    kind: EntryKind
    target_id: str
    conversation_id: ConversationId | None
    contact_id: ContactId | None

    @property
    def message_id(self) -> MessageId:
        return MessageId(self.target_id)


async def find(
    connection: AsyncConnection, wanted: Wanted, *, before: int | None, limit: int
) -> list[Found]:
    """Entries that have all the words, newest first."""
    if not wanted.terms or not wanted.kinds:
        return []
    sqlite = connection.dialect.name == "sqlite"
    number = _words.c.rowid if sqlite else _e.id
    statement = sa.select(
        _e.id, _e.kind, _e.target_id, _e.conversation_id, _e.contact_id
    ).select_from(
        search_entries.join(_words, _words.c.rowid == _e.id) if sqlite else search_entries
    )
    statement = statement.where(_matches(wanted.terms, sqlite=sqlite), *_filters(wanted))
    if before is not None:
        statement = statement.where(number < before)
    rows = await connection.execute(statement.order_by(number.desc()).limit(limit))
    return [_found_of(row) for row in rows]


def _matches(terms: Sequence[Term], *, sqlite: bool) -> sa.ColumnElement[bool]:
    if sqlite:
        asked = " AND ".join(_either(term, _fts5, " OR ") for term in terms)
        return sa.literal_column("search_words").op("MATCH", is_comparison=True)(asked)
    asked = " & ".join(_either(term, _tsquery, " | ") for term in terms)
    return _e.words.op("@@", is_comparison=True)(sa.cast(sa.literal(asked, TSQUERY), TSQUERY))


def _either(term: Term, write: Any, either: str) -> str:
    return "(" + either.join(write(phrase, term.exact) for phrase in term.any) + ")"


def _fts5(phrase: Phrase, exact: bool) -> str:
    return f'"{" ".join(phrase)}"' + ("" if exact else "*")


def _tsquery(phrase: Phrase, exact: bool) -> str:
    return "(" + " <-> ".join(f"'{word}'" for word in phrase) + ("" if exact else ":*") + ")"


def _filters(wanted: Wanted) -> list[sa.ColumnElement[bool]]:
    found: list[sa.ColumnElement[bool]] = []
    if wanted.kinds != frozenset(EntryKind):
        found.append(_e.kind.in_(sorted(wanted.kinds)))
    if wanted.inbox is not None:
        found.append(_e.inbox_id == wanted.inbox)
    if wanted.channel is not None:
        of_channel = sa.select(inboxes.c.id).where(inboxes.c.channel == wanted.channel)
        found.append(_e.inbox_id.in_(of_channel))
    if wanted.author is not None:
        found.append(sa.or_(_e.author_kind == wanted.author, _e.author_id == wanted.author))
    if wanted.since is not None:
        found.append(_e.at >= wanted.since)
    if wanted.until is not None:
        found.append(_e.at < wanted.until)
    return found


def _found_of(row: Any) -> Found:
    return Found(
        number=row.id,
        kind=EntryKind(row.kind),
        target_id=row.target_id,
        conversation_id=ConversationId(row.conversation_id) if row.conversation_id else None,
        contact_id=ContactId(row.contact_id) if row.contact_id else None,
    )
