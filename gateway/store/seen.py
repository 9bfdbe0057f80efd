"""What an agent has seen of a conversation, and what a customer has said since then."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from gateway.ids import AgentId, ConversationId
from gateway.model.message import AuthorKind
from gateway.store.tables import conversations, messages, seen
from gateway.store.tx import Tx

MOST_UNREAD = 100
"""Nobody wants to know it more exactly, and it bounds what counting costs."""


@dataclass(frozen=True, kw_only=True)
class Seen:
    """Up to which message an agent has seen a conversation, and how many customers' follow."""

    seq: int
    unread: int


UNSEEN = Seen(seq=0, unread=0)


async def mark(
    tx: Tx, agent: AgentId, conversation: ConversationId, seq: int, at: datetime
) -> None:
    """Seen up to this message; never back, and never beyond the last one."""
    last = sa.select(conversations.c.last_seq).where(conversations.c.id == conversation)
    there = int((await tx.connection.execute(last)).scalar_one_or_none() or 0)
    row = {
        "agent_id": agent,
        "conversation_id": conversation,
        "seq": min(seq, there),
        "at": at,
    }
    statement = tx.insert(seen)
    await tx.execute(
        statement.on_conflict_do_update(
            index_elements=["agent_id", "conversation_id"],
            set_={"seq": statement.excluded.seq, "at": statement.excluded.at},
            where=seen.c.seq < statement.excluded.seq,
        ),
        [row],
    )


async def of_agent(
    connection: AsyncConnection, agent: AgentId, ids: Iterable[ConversationId]
) -> dict[ConversationId, Seen]:
    """How far the agent has seen each of these conversations."""
    wanted = list(ids)
    if not wanted:
        return {}
    upto = sa.func.coalesce(seen.c.seq, 0)
    unread = (
        sa.select(sa.literal(1).label("one"))
        .where(
            messages.c.conversation_id == conversations.c.id,
            messages.c.seq > upto,
            messages.c.author_kind == AuthorKind.CUSTOMER.value,
        )
        .limit(MOST_UNREAD)
        .correlate(conversations, seen)
        .subquery()
    )
    statement = (
        sa.select(
            conversations.c.id,
            upto.label("seq"),
            sa.select(sa.func.count()).select_from(unread).scalar_subquery().label("unread"),
        )
        .outerjoin(
            seen, (seen.c.conversation_id == conversations.c.id) & (seen.c.agent_id == agent)
        )
        .where(conversations.c.id.in_(wanted))
    )
    return {
        ConversationId(row.id): Seen(seq=row.seq, unread=row.unread)
        for row in await connection.execute(statement)
    }
