"""What the centre asks of a channel. The side that calls owns this interface.

A channel turns what its network brings into `Inbound` and gives it to the inbox; the
outbox gives it what is to go out. What it can do beyond that are capabilities of one method
each, found with `isinstance`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from gateway.ids import ExternalId
from gateway.model.contact import Address
from gateway.model.delivery import Delivery
from gateway.model.inbox import Inbox
from gateway.model.message import Message


@dataclass(frozen=True, kw_only=True)
class Outgoing:
    """One delivery with all that is needed to send it."""

    delivery: Delivery
    message: Message
    address: Address
    inbox: Inbox


@dataclass(frozen=True, kw_only=True)
class Sent:
    """The network took the message, and calls it this."""

    external_id: ExternalId | None = None


class Channel(Protocol):
    """One network."""

    @property
    def kind(self) -> str:
        """The channel's word: chat, email, telegram."""

    @property
    def customers_fetch(self) -> bool:
        """Whether customers fetch their messages from the store themselves (web chat).

        Then storing is sending: deliveries are `sent` with the commit, and `send` is never
        called.
        """

    async def send(self, outgoing: Outgoing) -> Sent:
        """Give one message to the network, once.

        Raises SendError, which says whether trying again is useful and safe. Called outside
        any transaction; may be called again for the same delivery after a crash.
        """
