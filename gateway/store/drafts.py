"""What agents have begun to write, one row for each agent and conversation."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from gateway.ids import AgentId, AttachmentId, ConversationId, MessageId
from gateway.model.begun import Begun, Kind
from gateway.store.tables import drafts
from gateway.store.tx import Tx

_d = drafts.c


async def get(
    connection: AsyncConnection, agent: AgentId, conversation: ConversationId
) -> Begun | None:
    row = (await connection.execute(_of(agent, conversation))).one_or_none()
    return begun_of(row) if row is not None else None


async def lock(tx: Tx, agent: AgentId, conversation: ConversationId) -> Begun | None:
    """Nobody else changes it until the commit."""
    row = (await tx.connection.execute(_of(agent, conversation).with_for_update())).one_or_none()
    return begun_of(row) if row is not None else None


async def insert(tx: Tx, agent: AgentId, conversation: ConversationId, begun: Begun) -> bool:
    """False when there is one already."""
    keys = {"agent_id": agent, "conversation_id": conversation}
    statement = tx.insert(drafts).values(**keys, **_row_of(begun)).on_conflict_do_nothing()
    return (await tx.execute(statement)).rowcount == 1


async def change(tx: Tx, agent: AgentId, conversation: ConversationId, begun: Begun) -> None:
    where = sa.and_(_d.agent_id == agent, _d.conversation_id == conversation)
    await tx.execute(sa.update(drafts).where(where).values(**_row_of(begun)))


async def delete(tx: Tx, agent: AgentId, conversation: ConversationId) -> None:
    where = sa.and_(_d.agent_id == agent, _d.conversation_id == conversation)
    await tx.execute(sa.delete(drafts).where(where))


def _of(agent: AgentId, conversation: ConversationId) -> sa.Select[Any]:
    return sa.select(drafts).where(_d.agent_id == agent, _d.conversation_id == conversation)


def begun_of(row: Any) -> Begun:
    kept: dict[str, Any] = row.draft
    return Begun(
        version=kept["version"],
        updated_at=row.updated_at,
        kind=Kind(kept["kind"]),
        reply=kept["reply"],
        note=kept["note"],
        attachments=tuple(map(AttachmentId, kept["attachments"])),
        note_attachments=tuple(map(AttachmentId, kept["note_attachments"])),
        reply_to=MessageId(kept["reply_to"]) if kept["reply_to"] else None,
    )


def _row_of(begun: Begun) -> dict[str, Any]:
    kept = {
        "version": begun.version,
        "kind": begun.kind.value,
        "reply": begun.reply,
        "note": begun.note,
        "attachments": list(begun.attachments),
        "note_attachments": list(begun.note_attachments),
        "reply_to": begun.reply_to,
    }
    return {"draft": kept, "updated_at": begun.updated_at}
