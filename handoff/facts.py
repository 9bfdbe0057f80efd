"""Facts about what admins and agents set up: told without what only admins may see."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from gateway.events import Event, EventKind
from gateway.ids import ContactId
from gateway.model.agent import Agent
from handoff.agents import author


def changed(
    kind: EventKind, what: str, id: str, names: Iterable[str], by: Agent, at: datetime
) -> Event:
    """That these fields of a queue, an inbox, a rule or a contact changed; never their values."""
    return Event(
        kind=kind,
        actor=author(by),
        at=at,
        contact_id=ContactId(id) if kind is EventKind.CONTACT_CHANGED else None,
        data={f"{what}_id": id, "changed": sorted(names)},
    )
