"""An inbox: one configured account of a channel. A queue: a team's waiting line."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from gateway.ids import InboxId, QueueId


@dataclass(frozen=True, kw_only=True)
class Inbox:
    """`key` is public (a website names it); `settings` belongs to the channel."""

    id: InboxId
    channel: str
    key: str
    name: str
    queue_id: QueueId
    disabled: bool
    created_at: datetime
    settings: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Queue:
    id: QueueId
    name: str
    is_default: bool
    disabled: bool
    created_at: datetime


@dataclass(frozen=True, kw_only=True)
class Rule:
    """An admin's rule that hands a conversation off before the bot is asked.

    `kind` words: `value` is a word or phrase found in the text; contact: a contact's id or
    email; inbox: an inbox's id.
    """

    id: str
    kind: str
    value: str
    queue_id: QueueId | None
    enabled: bool
    created_at: datetime
