"""A visitor of the web chat: by which session he is known, and who he is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from gateway.model.contact import Address, Contact
from gateway.model.inbox import Inbox


@dataclass(frozen=True, kw_only=True)
class Visitor:
    """One session with all that it stands for. The session's secret is the browser's alone."""

    session_id: str
    address: Address
    contact: Contact
    inbox: Inbox
    locale: str | None
    seen_at: datetime
    expires_at: datetime
