"""Which conversations a list wants, in which order, and where a page of it goes on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from gateway.ids import AgentId, ContactId, InboxId, QueueId
from gateway.model.conversation import State
from gateway.model.owner import OwnerKind
from gateway.store.tables import conversations
from gateway.store.types import Id, Utc

Key = tuple[datetime, str]
"""The place of a row in its list: the time it is ordered by, and its id."""

_c = conversations.c
OPEN = (State.WITH_BOT, State.WAITING, State.WITH_AGENT)
AWAKE = _c.snoozed_until.is_(None)


@dataclass(frozen=True, kw_only=True)
class Filter:
    """Which conversations are wanted. `unowned`: no agent holds it; `open`: not resolved.

    Snoozed ones are left out where people's work is listed, unless `snoozed`; with `asleep`
    they alone are wanted.
    """

    state: State | None = None
    open: bool = False
    queue: QueueId | None = None
    owner: AgentId | None = None
    unowned: bool = False
    inbox: InboxId | None = None
    channel: str | None = None
    language: str | None = None
    contact: ContactId | None = None
    q: str | None = None
    snoozed: bool = False
    asleep: bool = False

    @property
    def oldest_first(self) -> bool:
        return self.state is State.WAITING


def conditions(wanted: Filter) -> list[sa.ColumnElement[bool]]:
    """All but the channel and the words."""
    asked = {
        _c.state: wanted.state and wanted.state.value,
        _c.queue_id: wanted.queue,
        _c.owner_id: wanted.owner,
        _c.inbox_id: wanted.inbox,
        _c.language: wanted.language,
        _c.contact_id: wanted.contact,
    }
    found = [column == value for column, value in asked.items() if value is not None]
    if wanted.open:
        found.append(_c.state != State.RESOLVED.value)
    if wanted.unowned:
        found.append(_c.owner_kind != OwnerKind.AGENT.value)
    if wanted.asleep:
        found.append(_c.snoozed_until.is_not(None))
    elif wanted.state in (State.WAITING, State.WITH_AGENT) and not wanted.snoozed:
        found.append(AWAKE)
    return found


def order(wanted: Filter) -> tuple[sa.ColumnElement[Any], sa.ColumnElement[Any]]:
    if wanted.oldest_first:
        return _c.waiting_since.asc(), _c.id.asc()
    return _c.updated_at.desc(), _c.id.desc()


def beyond(wanted: Filter, after: Key | None) -> list[sa.ColumnElement[bool]]:
    """What stands behind this key in the list's order."""
    if after is None:
        return []
    key = sa.tuple_(sa.literal(after[0], Utc()), sa.literal(after[1], Id()))
    if wanted.oldest_first:
        return [sa.tuple_(_c.waiting_since, _c.id) > key]
    return [sa.tuple_(_c.updated_at, _c.id) < key]


def key_of(wanted: Filter, row: Any) -> Key:
    return (row.waiting_since if wanted.oldest_first else row.updated_at), row.id
