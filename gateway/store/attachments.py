"""Attachments: who put the file there, and which message carries it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from gateway.errors import NotFound
from gateway.ids import AddressId, AttachmentId, ConversationId, MessageId
from gateway.model.message import Attachment, Message
from gateway.store.tables import attachments
from gateway.store.tx import Tx

_a = attachments.c


async def insert(tx: Tx, new: Attachment) -> None:
    await tx.execute(
        sa.insert(attachments).values(
            id=new.id,
            filename=new.filename,
            content_type=new.content_type,
            size=new.size,
            key=new.key,
            address_id=new.address_id,
            agent_id=new.agent_id,
            conversation_id=new.conversation_id,
            message_id=new.message_id,
            created_at=new.created_at,
        )
    )


async def get(connection: AsyncConnection, id: AttachmentId) -> Attachment:
    """Raises NotFound."""
    row = (await connection.execute(sa.select(attachments).where(_a.id == id))).one_or_none()
    if row is None:
        raise NotFound("attachment", id)
    return attachment_of(row)


async def by_ids(
    connection: AsyncConnection, ids: Iterable[AttachmentId]
) -> dict[AttachmentId, Attachment]:
    rows = await connection.execute(sa.select(attachments).where(_a.id.in_(list(ids))))
    return {each.id: each for each in map(attachment_of, rows)}


async def unsent(tx: Tx, ids: Iterable[AttachmentId]) -> dict[AttachmentId, Attachment]:
    """Those of the ids that are stored and that no message carries yet."""
    wanted = list(ids)
    if not wanted:
        return {}
    rows = await tx.connection.execute(
        sa.select(attachments).where(_a.id.in_(wanted), _a.message_id.is_(None))
    )
    return {each.id: each for each in map(attachment_of, rows)}


async def forget_unsent(tx: Tx, before: datetime, limit: int = 500) -> list[str]:
    """Delete what customers put there earlier and no message carries; the keys of the files."""
    abandoned = (
        sa.select(_a.id)
        .where(_a.message_id.is_(None), _a.address_id.is_not(None), _a.created_at < before)
        .limit(limit)
    )
    statement = sa.delete(attachments).where(_a.id.in_(abandoned), _a.message_id.is_(None))
    rows = await tx.connection.execute(statement.returning(_a.key))
    return list(rows.scalars())


async def tie(tx: Tx, messages: Iterable[Message]) -> None:
    """Note which message carries each attachment."""
    rows = [
        {"b_id": each.id, "b_message": message.id, "b_conversation": message.conversation_id}
        for message in messages
        for each in message.attachments
    ]
    if rows:
        await tx.execute(_TIE, rows)


_TIE = (
    sa.update(attachments)
    .where(_a.id == sa.bindparam("b_id"))
    .values(message_id=sa.bindparam("b_message"), conversation_id=sa.bindparam("b_conversation"))
)


def attachment_of(row: Any) -> Attachment:
    return Attachment(
        id=AttachmentId(row.id),
        filename=row.filename,
        content_type=row.content_type,
        size=row.size,
        key=row.key,
        created_at=row.created_at,
        conversation_id=ConversationId(row.conversation_id) if row.conversation_id else None,
        message_id=MessageId(row.message_id) if row.message_id else None,
        address_id=AddressId(row.address_id) if row.address_id else None,
        agent_id=row.agent_id,
    )
