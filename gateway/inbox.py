"""The way in: every customer's message on every channel passes here, and only here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from gateway.errors import BadInput, TooLarge
from gateway.ids import is_id
from gateway.model.message import MAX_TEXT, Inbound, Received
from gateway.store.store import Store

MAX_EXTERNAL_ID = 400
MAX_ATTACHMENTS = 20

Ring = Callable[[], None]


class Inbox:
    """Receives. `ring` is called after the commit when a turn waits for a worker."""

    def __init__(self, store: Store, ring: Ring) -> None:
        self._store = store
        self._ring = ring

    async def receive(self, inbound: Inbound) -> Received:
        """Store the message; when this returns it is durable and may be acknowledged.

        A message that was received before is answered with what was stored then. Raises
        BadInput or TooLarge for what no channel may bring in, and StoreUnavailable, after
        which the network has to bring the message again.
        """
        received = await self._store.receive(_checked(inbound))
        if received.turn_waits and not received.duplicate:
            self._ring()
        return received


def _checked(inbound: Inbound) -> Inbound:
    text = storable(inbound.text)
    if len(text) > MAX_TEXT:
        raise TooLarge("text", MAX_TEXT, "characters")
    if len(inbound.attachment_ids) > MAX_ATTACHMENTS:
        raise TooLarge("attachments", MAX_ATTACHMENTS, "files")
    if not text.strip() and not inbound.attachment_ids:
        raise BadInput("text", "must not be empty without an attachment")
    if not 0 < len(inbound.external_id) <= MAX_EXTERNAL_ID:
        raise BadInput("external_id", f"1 to {MAX_EXTERNAL_ID} characters")
    if not all(is_id(each) for each in inbound.attachment_ids):
        raise BadInput("attachments", "ids that this gateway gave")
    if inbound.reply_to is not None and not is_id(inbound.reply_to):
        raise BadInput("reply_to", "the id of a message")
    return inbound if text == inbound.text else replace(inbound, text=text)


def storable(text: str) -> str:
    """The text without what no database takes: NUL, and halves of surrogate pairs."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
