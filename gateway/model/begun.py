"""What agents keep for their writing: what they began, and what they say again and again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from gateway.ids import AttachmentId, MessageId

PLACES = ("contact.name", "agent.name", "conversation.number")
"""What a canned reply may leave open, besides the slots of the conversation."""

_PLACE = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
_KNOWN = re.compile(r"\s*(?:" + "|".join(map(re.escape, PLACES)) + r"|slots\.\w[\w.-]{0,99})\s*")


class Kind(StrEnum):
    """What the agent writes at present."""

    REPLY = "reply"
    NOTE = "note"


@dataclass(frozen=True, kw_only=True)
class Begun:
    """A reply and a note that an agent has begun in a conversation, and not said yet.

    `version` names exactly this writing: whoever writes on says which one he has before him.
    """

    version: str
    updated_at: datetime
    kind: Kind = Kind.REPLY
    reply: str = ""
    note: str = ""
    attachments: tuple[AttachmentId, ...] = ()
    note_attachments: tuple[AttachmentId, ...] = ()
    reply_to: MessageId | None = None

    @property
    def is_empty(self) -> bool:
        return not (self.reply or self.note or self.attachments or self.note_attachments)

    def says_the_same(self, other: Begun) -> bool:
        return self._said() == other._said()

    def _said(self) -> tuple[object, ...]:
        files = (self.attachments, self.note_attachments)
        return (self.kind, self.reply, self.note, *files, self.reply_to)


@dataclass(frozen=True, kw_only=True)
class CannedReply:
    """A text that agents send often, found by `shortcut`; without `locale` it is for all."""

    id: str
    shortcut: str
    locale: str | None
    title: str
    text: str
    created_at: datetime
    updated_at: datetime


def unknown_places(text: str) -> list[str]:
    """What a text leaves open that nothing can fill; `{{name|words}}` says words otherwise."""
    places = (place.partition("|")[0] for place in _PLACE.findall(text))
    return [place.strip() for place in places if not _KNOWN.fullmatch(place)]
