"""/conversations/{id}/seen: how far an agent has read."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, Field

from gateway.ids import ConversationId
from gateway.model.agent import Role
from gateway.store import conversations, seen
from gateway.store.tx import Tx
from gateway.web import keys
from gateway.web.body import Body
from gateway.web.route import Call, Route


class SeenBody(Body):
    """Everything up to this message was seen."""

    seq: Annotated[int, Field(ge=0, lt=2**31)]


class SeenShape(BaseModel):
    """`unread`: so many of the customer's messages follow, counted to a hundred."""

    seen_seq: int
    unread: int


async def mark_seen(call: Call[SeenBody, Any]) -> SeenShape:
    """It never goes back; what comes later in the conversation is unread again."""
    id, agent, now = ConversationId(call.path["id"]), call.agent.id, call.app[keys.CLOCK]()

    async def unit(tx: Tx) -> None:
        await conversations.get(tx.connection, id)
        await seen.mark(tx, agent, id, call.body.seq, now)

    await call.app[keys.STORE].write(unit, f"seen {agent}")
    async with call.app[keys.STORE].read() as connection:
        known = (await seen.of_agent(connection, agent, [id])).get(id, seen.UNSEEN)
    return SeenShape(seen_seq=known.seq, unread=known.unread)


routes: tuple[Route, ...] = (
    Route(
        "POST",
        "/conversations/{id}/seen",
        mark_seen,
        summary="Say how far one has read",
        tag="conversations",
        body=SeenBody,
        answer=SeenShape,
        role=Role.AGENT,
    ),
)
