"""Which turn each message of a transcript belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from gateway.ids import ConversationId, MessageId
from gateway.model.message import Message
from gateway.model.turn import Turn
from gateway.store import turns
from gateway.store.tables import turns as table
from gateway.store.turns import turn_of

_t = table.c


async def of_transcript(
    connection: AsyncConnection, id: ConversationId, part: Sequence[Message]
) -> dict[MessageId, Turn]:
    """Closed turns by the messages that show them.

    These are the last message of each turn, and what the bot said to it. `part` is a piece
    of one conversation, in order.
    """
    if not part:
        return {}
    ended = await _by_end(connection, id, part[0].seq, part[-1].seq)
    said = await of_answers(connection, part)
    return {m.id: ended[m.seq] for m in part if m.seq in ended} | said


async def of_answers(connection: AsyncConnection, said: Sequence[Message]) -> dict[MessageId, Turn]:
    """The turns that the bot's messages among these answer."""
    ids = {each.turn_id for each in said if each.turn_id is not None}
    found = await turns.by_ids(connection, sorted(ids)) if ids else {}
    return {
        m.id: found[m.turn_id]
        for m in said
        if m.turn_id in found and found[m.turn_id].closed_at is not None
    }


async def _by_end(
    connection: AsyncConnection, id: ConversationId, first: int, last: int
) -> dict[int, Turn]:
    """Closed turns by the number of their last message.

    A turn that was answered in part ends where the next one begins, whatever its row says
    of messages that came meanwhile.
    """
    statement = (
        sa.select(table)
        .where(_t.conversation_id == id, _t.last_seq >= first, _t.first_seq <= last + 1)
        .order_by(_t.first_seq, _t.id)
    )
    found = [turn_of(row) for row in await connection.execute(statement)]
    ends = [min(turn.last_seq, following.first_seq - 1) for turn, following in pairwise(found)]
    ends += [turn.last_seq for turn in found[-1:]]
    return {
        end: turn
        for end, turn in zip(ends, found, strict=True)
        if turn.closed_at is not None and end >= turn.first_seq
    }
