"""What a new installation has been used for so far."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from gateway.model.turn import Decision
from gateway.store.tables import agents, inboxes, turns

_BY_THE_BOT = (Decision.ANSWERED.value, Decision.CLARIFIED.value)


@dataclass(frozen=True, kw_only=True)
class FirstSteps:
    """Whether there is an inbox of one's own, a second agent, and an answer of the bot."""

    inbox: bool
    agent: bool
    bot: bool


async def taken(connection: AsyncConnection, *, demo_key: str) -> FirstSteps:
    own = sa.select(inboxes.c.id).where(inboxes.c.key != demo_key).exists()
    people = sa.select(sa.func.count()).where(agents.c.disabled_at.is_(None)).scalar_subquery()
    answered = sa.select(turns.c.id).where(turns.c.decision.in_(_BY_THE_BOT)).exists()
    row = (await connection.execute(sa.select(own, people > 1, answered))).one()
    return FirstSteps(inbox=bool(row[0]), agent=bool(row[1]), bot=bool(row[2]))
