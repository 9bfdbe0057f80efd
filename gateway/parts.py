"""What a channel may ask for when it is made."""

from __future__ import annotations

from dataclasses import dataclass

from gateway.clock import Clock
from gateway.files import Files
from gateway.hub import Hub
from gateway.inbox import Inbox
from gateway.metrics import Metrics
from gateway.store.store import Store


@dataclass(frozen=True, kw_only=True)
class Parts:
    """The centre as a channel sees it: the way in, the store to read, the live news."""

    store: Store
    hub: Hub
    inbox: Inbox
    files: Files
    clock: Clock
    metrics: Metrics
    max_attachment_bytes: int
