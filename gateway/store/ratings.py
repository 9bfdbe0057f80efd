"""Ratings: kept once for each resolution; said again, the last word counts."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from gateway.ids import AgentId, ContactId, ConversationId
from gateway.model.conversation import Conversation
from gateway.model.message import AuthorKind, MessageKind
from gateway.model.rating import Rating
from gateway.store.tables import messages, ratings
from gateway.store.tx import Tx

_r = ratings.c


async def of(connection: AsyncConnection, conversation: Conversation) -> Rating | None:
    """What was said of the resolution as which the conversation stands now."""
    statement = sa.select(ratings).where(
        _r.conversation_id == conversation.id, _r.ownership == conversation.ownership
    )
    row = (await connection.execute(statement)).one_or_none()
    return _rating_of(row) if row else None


async def save(tx: Tx, rating: Rating) -> None:
    insert = tx.insert(ratings).values(_row_of(rating))
    changed = {name: insert.excluded[name] for name in ("score", "comment", "at")}
    await tx.execute(
        insert.on_conflict_do_update(index_elements=["conversation_id", "ownership"], set_=changed)
    )


async def last_agent(connection: AsyncConnection, id: ConversationId) -> AgentId | None:
    """The last person who answered in the conversation: whom its rating is about."""
    statement = (
        sa.select(messages.c.author_id)
        .where(messages.c.conversation_id == id)
        .where(messages.c.kind == MessageKind.MESSAGE.value)
        .where(messages.c.author_kind == AuthorKind.AGENT.value)
        .order_by(messages.c.seq.desc())
        .limit(1)
    )
    found = await connection.scalar(statement)
    return AgentId(found) if found else None


def _row_of(rating: Rating) -> dict[str, Any]:
    return {
        "id": rating.id,
        "conversation_id": rating.conversation_id,
        "contact_id": rating.contact_id,
        "agent_id": rating.agent_id,
        "ownership": rating.ownership,
        "score": rating.score,
        "comment": rating.comment,
        "at": rating.at,
    }


def _rating_of(row: Any) -> Rating:
    return Rating(
        id=row.id,
        conversation_id=ConversationId(row.conversation_id),
        contact_id=ContactId(row.contact_id),
        ownership=row.ownership,
        score=row.score,
        at=row.at,
        comment=row.comment,
        agent_id=AgentId(row.agent_id) if row.agent_id else None,
    )
