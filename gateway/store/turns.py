"""Turns: opened by customers' messages, claimed by workers, closed by an answer.

A conversation has one open turn at most. Messages that come while the bot is being asked
lengthen it; closing it for the part that was answered opens the next for the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from gateway.events import Event, EventKind
from gateway.ids import ConversationId, TurnId, new_id
from gateway.model.conversation import Conversation, State
from gateway.model.message import Author, AuthorKind, Message
from gateway.model.turn import Decision, Entity, Guess, Turn, Understanding
from gateway.model.why import Why, rows_of, whys_of
from gateway.store.claim import claim, claiming
from gateway.store.tables import turns
from gateway.store.tx import Tx, insert_on

_t = turns.c
_OPEN = sa.text("closed_at IS NULL")


async def open_for(tx: Tx, added: Sequence[Message], known: Sequence[Conversation]) -> None:
    """Open or lengthen the turns of the customers' messages that are the bot's to answer."""
    with_bot = {each.id: each for each in known if each.state is State.WITH_BOT}
    rows: dict[ConversationId, dict[str, Any]] = {}
    for message in added:
        conversation = with_bot.get(message.conversation_id)
        if conversation is None:
            continue
        row = rows.setdefault(conversation.id, _row(conversation, message))
        row["last_seq"] = message.seq
    await _open(tx, list(rows.values()))


async def claim_due(tx: Tx, now: datetime, lease: timedelta, limit: int) -> list[Turn]:
    """Open turns that no living worker holds, for this worker alone."""
    rows = await claim(tx, _CLAIM, now=now, lease=lease, limit=limit)
    return [turn_of(row) for row in rows]


async def close(
    tx: Tx,
    turn: Turn,
    conversation: Conversation,
    *,
    answered_upto: int,
    decision: Decision,
    reasons: Sequence[str],
    understanding: Understanding | None,
    took_ms: int,
    now: datetime,
    matter: str | None = None,
    why: Sequence[Why] = (),
) -> int | None:
    """Close the turn for the messages that were answered, and open one for the rest.

    Answers the number that the turn had come to, or None when this worker no longer holds
    it: another claimed it, or it was dropped.
    """
    closing = {
        "b_id": turn.id,
        "b_attempts": turn.attempts,
        "closed_at": now,
        "decision": decision.value,
        "reasons": list(reasons),
        "why": rows_of(why),
        "understanding": asdict(understanding) if understanding else None,
        "matter": matter[:500] if matter else None,
        "took_ms": took_ms,
    }
    last_seq: int | None = (await tx.connection.execute(_CLOSE, closing)).scalar_one_or_none()
    if last_seq is not None and last_seq > answered_upto:
        await _split(tx, turn, conversation, answered_upto, last_seq, now)
    return last_seq


async def drop_open(tx: Tx, id: ConversationId, reason: str, now: datetime) -> list[Turn]:
    """Close what is open because the conversation is no longer the bot's, and tell it."""
    result = await tx.connection.execute(
        sa.update(turns)
        .where(_t.conversation_id == id, _t.closed_at.is_(None))
        .values(closed_at=now, decision=Decision.DROPPED.value, reasons=[reason])
        .returning(*turns.c)
    )
    dropped = [turn_of(row) for row in result]
    for turn in dropped:
        tx.tell(_dropped(turn, reason, now))
    return dropped


async def closed(
    connection: AsyncConnection, id: ConversationId, *, limit: int = 200
) -> list[Turn]:
    """The latest turns of a conversation that are over, oldest first."""
    statement = (
        sa.select(turns)
        .where(_t.conversation_id == id, _t.closed_at.is_not(None))
        .order_by(_t.last_seq.desc())
        .limit(limit)
    )
    return [turn_of(row) for row in await connection.execute(statement)][::-1]


async def outcomes(
    connection: AsyncConnection, id: ConversationId, ownership: int, *, limit: int
) -> list[Turn]:
    """The latest turns that were closed under this ownership, oldest first.

    Without what the bot understood, which is most of a turn and is not asked for here.
    """
    found = {"id": id, "ownership": ownership, "limit": limit}
    return [turn_of(row) for row in await connection.execute(_OUTCOMES, found)][::-1]


async def by_ids(connection: AsyncConnection, ids: Sequence[str]) -> dict[str, Turn]:
    rows = await connection.execute(sa.select(turns).where(_t.id.in_(list(ids))))
    return {each.id: each for each in map(turn_of, rows)}


_CLAIM = claiming(turns, _t.closed_at.is_(None))
_CLOSE = (
    sa.update(turns)
    .where(_t.id == sa.bindparam("b_id"), _t.attempts == sa.bindparam("b_attempts"))
    .where(_t.closed_at.is_(None))
    .values(
        {
            name: sa.bindparam(name)
            for name in (
                "closed_at",
                "decision",
                "reasons",
                "why",
                "understanding",
                "matter",
                "took_ms",
            )
        }
    )
    .returning(_t.last_seq)
)
_OUTCOMES = (
    sa.select(
        *(each for each in turns.c if each is not _t.understanding),
        sa.null().label("understanding"),
    )
    .where(_t.conversation_id == sa.bindparam("id"), _t.closed_at.is_not(None))
    .where(_t.ownership == sa.bindparam("ownership"))
    .order_by(_t.last_seq.desc())
    .limit(sa.bindparam("limit"))
)


def turn_of(row: Any) -> Turn:
    return Turn(
        id=TurnId(row.id),
        conversation_id=ConversationId(row.conversation_id),
        first_seq=row.first_seq,
        last_seq=row.last_seq,
        ownership=row.ownership,
        attempts=row.attempts,
        created_at=row.created_at,
        closed_at=row.closed_at,
        decision=Decision(row.decision) if row.decision else None,
        reasons=tuple(row.reasons or ()),
        why=whys_of(row.why),
        understanding=_understanding_of(row.understanding),
        matter=row.matter,
        took_ms=row.took_ms,
    )


def _understanding_of(stored: dict[str, Any] | None) -> Understanding | None:
    if stored is None:
        return None
    return Understanding(
        guesses=tuple(Guess(**each) for each in stored["guesses"]),
        entities=tuple(Entity(**each) for each in stored["entities"]),
        score=stored["score"],
        language=stored["language"],
        model=stored["model"],
    )


def _dropped(turn: Turn, reason: str, at: datetime) -> Event:
    return Event(
        kind=EventKind.TURN_DROPPED,
        actor=Author(kind=AuthorKind.SYSTEM),
        at=at,
        conversation_id=turn.conversation_id,
        data={"turn_id": turn.id, "reasons": [reason]},
    )


def _row(conversation: Conversation, message: Message) -> dict[str, Any]:
    return {
        "id": new_id(),
        "conversation_id": conversation.id,
        "first_seq": message.seq,
        "last_seq": message.seq,
        "ownership": conversation.ownership,
        "due_at": message.at,
        "attempts": 0,
        "created_at": message.at,
    }


async def _open(tx: Tx, rows: list[dict[str, Any]]) -> None:
    if not rows:
        return
    await tx.execute(_open_or_lengthen(tx.dialect), rows)


@cache
def _open_or_lengthen(dialect: str) -> sa.Executable:
    statement = insert_on(dialect, turns)
    return statement.on_conflict_do_update(
        index_elements=["conversation_id"],
        index_where=_OPEN,
        set_={"last_seq": statement.excluded.last_seq},
    )


async def _split(
    tx: Tx, turn: Turn, conversation: Conversation, upto: int, last_seq: int, now: datetime
) -> None:
    """The turn ends where its answer ends, so that each message is in one turn alone."""
    await tx.execute(sa.update(turns).where(_t.id == turn.id).values(last_seq=upto))
    row = {
        "id": new_id(),
        "conversation_id": turn.conversation_id,
        "first_seq": upto + 1,
        "last_seq": last_seq,
        "ownership": conversation.ownership,
        "due_at": now,
        "attempts": 0,
        "created_at": now,
    }
    if conversation.state is State.WITH_BOT:
        await _open(tx, [row])
