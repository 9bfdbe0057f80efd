"""Messages: appended, read by their number, never changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from gateway.ids import (
    AddressId,
    AttachmentId,
    ConversationId,
    ExternalId,
    InboxId,
    MessageId,
)
from gateway.model.message import Attachment, Author, AuthorKind, Button, Message, MessageKind
from gateway.store.tables import messages
from gateway.store.tx import Tx
from gateway.store.types import among

_m = messages.c


async def insert(tx: Tx, new: Sequence[Message]) -> None:
    await tx.execute(_INSERT, [_row_of(each) for each in new])


async def since(
    connection: AsyncConnection,
    conversation_id: ConversationId,
    seq: int = 0,
    *,
    limit: int = 200,
    notes: bool = False,
    upto: int | None = None,
) -> list[Message]:
    """Messages with a higher number than `seq`, in order; without notes unless asked."""
    statement = sa.select(messages).where(_m.conversation_id == conversation_id, _m.seq > seq)
    if upto is not None:
        statement = statement.where(_m.seq <= upto)
    if not notes:
        statement = statement.where(_m.kind == MessageKind.MESSAGE.value)
    rows = await connection.execute(statement.order_by(_m.seq).limit(limit))
    return [message_of(row) for row in rows]


async def latest(
    connection: AsyncConnection,
    conversation_id: ConversationId,
    *,
    before: int,
    limit: int = 50,
    notes: bool = False,
) -> list[Message]:
    """The last messages with a lower number than `before`, in order."""
    statement = _LATEST if notes else _LATEST_SAID
    page = {"id": conversation_id, "before": before, "limit": limit}
    return [message_of(row) for row in await connection.execute(statement, page)][::-1]


async def by_ids(connection: AsyncConnection, ids: Iterable[MessageId]) -> dict[MessageId, Message]:
    rows = await connection.execute(sa.select(messages).where(_m.id.in_(list(ids))))
    return {each.id: each for each in map(message_of, rows)}


async def by_external(
    tx: Tx, keys: Iterable[tuple[InboxId, ExternalId]]
) -> dict[tuple[str, str], Message]:
    """The stored messages that came in under these ids of their network."""
    wanted = set(keys)
    lists = {"inboxes": list({inbox for inbox, _ in wanted}), "externals": [e for _, e in wanted]}
    found = [message_of(row) for row in await tx.connection.execute(_BY_EXTERNAL, lists)]
    by_key = {(str(each.inbox_id), str(each.external_id)): each for each in found}
    return {key: each for key, each in by_key.items() if key in wanted}


_INSERT = sa.insert(messages)
_LATEST = (
    sa.select(messages)
    .where(_m.conversation_id == sa.bindparam("id"), _m.seq < sa.bindparam("before"))
    .order_by(_m.seq.desc())
    .limit(sa.bindparam("limit"))
)
_LATEST_SAID = _LATEST.where(_m.kind == MessageKind.MESSAGE.value)
_BY_EXTERNAL = sa.select(messages).where(
    among(_m.inbox_id, "inboxes"), among(_m.external_id, "externals")
)


def message_of(row: Any) -> Message:
    """The value of a row of `messages`."""
    content = row.content or {}
    return Message(
        id=MessageId(row.id),
        conversation_id=ConversationId(row.conversation_id),
        seq=row.seq,
        kind=MessageKind(row.kind),
        author=Author(kind=AuthorKind(row.author_kind), id=row.author_id, name=row.author_name),
        text=row.text,
        at=row.at,
        inbox_id=InboxId(row.inbox_id) if row.inbox_id else None,
        address_id=AddressId(row.address_id) if row.address_id else None,
        external_id=ExternalId(row.external_id) if row.external_id else None,
        client_id=row.client_id,
        reply_to=MessageId(row.reply_to) if row.reply_to else None,
        chosen=row.chosen,
        turn_id=row.turn_id,
        buttons=tuple(Button(**each) for each in content.get("buttons", ())),
        attachments=tuple(_attachment_of(each, row) for each in content.get("attachments", ())),
        image=content.get("image"),
    )


def _attachment_of(stored: dict[str, Any], row: Any) -> Attachment:
    return Attachment(
        id=AttachmentId(stored["id"]),
        filename=stored["filename"],
        content_type=stored["content_type"],
        size=stored["size"],
        key=stored["key"],
        created_at=row.at,
        conversation_id=ConversationId(row.conversation_id),
        message_id=MessageId(row.id),
    )


def _row_of(message: Message) -> dict[str, Any]:
    return {
        "id": message.id,
        "conversation_id": message.conversation_id,
        "seq": message.seq,
        "kind": message.kind.value,
        "author_kind": message.author.kind.value,
        "author_id": message.author.id,
        "author_name": message.author.name,
        "text": message.text,
        "inbox_id": message.inbox_id,
        "address_id": message.address_id,
        "external_id": message.external_id,
        "client_id": message.client_id,
        "reply_to": message.reply_to,
        "chosen": message.chosen,
        "turn_id": message.turn_id,
        "content": _content_of(message),
        "at": message.at,
    }


def _content_of(message: Message) -> dict[str, Any] | None:
    content: dict[str, Any] = {}
    if message.buttons:
        content["buttons"] = [{"label": b.label, "value": b.value} for b in message.buttons]
    if message.attachments:
        content["attachments"] = [
            {
                "id": each.id,
                "filename": each.filename,
                "content_type": each.content_type,
                "size": each.size,
                "key": each.key,
            }
            for each in message.attachments
        ]
    if message.image:
        content["image"] = message.image
    return content or None
