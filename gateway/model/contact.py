"""Contacts, their addresses, and how well an address is proved."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from gateway.ids import AddressId, ContactId, InboxId, Peer


class Proof(StrEnum):
    """How sure we are that an address belongs to its contact, weakest first."""

    ANONYMOUS = "anonymous"
    CLAIMED = "claimed"
    CHANNEL_OWNED = "channel-owned"
    VERIFIED = "verified"
    SIGNED = "signed"

    @property
    def rank(self) -> int:
        return list(Proof).index(self)


@dataclass(frozen=True, kw_only=True)
class Address:
    """Where a person can be reached."""

    id: AddressId
    contact_id: ContactId
    inbox_id: InboxId
    peer: Peer
    proof: Proof
    created_at: datetime
    last_seen_at: datetime


@dataclass(frozen=True, kw_only=True)
class Contact:
    """A person. `email` is what he or the site says of himself, proved or not."""

    id: ContactId
    name: str | None
    email: str | None
    locale: str | None
    created_at: datetime
    attributes: dict[str, Any] = field(default_factory=dict)
