"""/conversations: lists, one with all that belongs to it, its messages and its events."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, Field, StringConstraints

from gateway.errors import BadInput
from gateway.ids import AgentId, ContactId, ConversationId, InboxId, QueueId, is_id
from gateway.model.agent import Role
from gateway.model.conversation import State
from gateway.store import conversations, events, lists, messages
from gateway.store.filters import Filter
from gateway.web import keys
from gateway.web.body import Id, Query
from gateway.web.paging import MAX_LIMIT, Page, Paging, read_cursor, write_cursor
from gateway.web.route import Call, Route
from handoff import views
from handoff.shapes import (
    ConversationShape,
    Counts,
    EventShape,
    MessageShape,
    OpenedConversation,
)

Search = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
Seq = Annotated[int, Field(ge=0, lt=2**31)]
Number = Annotated[int, Field(ge=0, lt=2**63)]
Limit = Annotated[int, Field(ge=1, le=MAX_LIMIT)]


class ConversationQuery(Paging):
    """`owner` is me, none (nobody of the agents) or an agent's id.

    `q` is a number, the beginning of an id, or a part of a name, an email or the last words.
    Snoozed ones are left out of waiting and with_agent unless `snoozed`; `asleep` leaves
    them alone, and `open` leaves out what is resolved.
    """

    state: State | None = None
    open: bool = False
    queue: Id | None = None
    owner: Annotated[str, StringConstraints(max_length=36)] | None = None
    inbox: Id | None = None
    channel: Annotated[str, StringConstraints(max_length=20)] | None = None
    language: Annotated[str, StringConstraints(max_length=20)] | None = None
    contact: Id | None = None
    q: Search | None = None
    snoozed: bool = False
    asleep: bool = False


class MessageQuery(Query):
    """Messages after `since`, or the last ones before `before`."""

    since: Seq | None = None
    before: Seq | None = None
    limit: Limit = 100


class EventQuery(Query):
    since: Number = 0
    limit: Limit = 100


class Messages(BaseModel):
    """`next` is the `since`, or the `before`, of the next page if there is one."""

    items: list[MessageShape]
    next: int | None


class Events(BaseModel):
    """`next` is the `since` of the next page if there is one."""

    items: list[EventShape]
    next: int | None


async def list_conversations(call: Call[None, ConversationQuery]) -> Page[ConversationShape]:
    """Waiting ones come oldest wait first, all others newest change first."""
    query = call.query
    after = read_cursor(query.cursor) if query.cursor else None
    async with call.app[keys.STORE].read() as connection:
        found, key = await lists.page(connection, _filter(call), after=after, limit=query.limit)
        items = await views.summaries(connection, found, call.agent.id)
    return Page(items=items, next=write_cursor(*key) if key else None)


async def count_conversations(call: Call[None]) -> Counts:
    async with call.app[keys.STORE].read() as connection:
        return Counts(**await lists.counts(connection, call.agent.id))


async def get_conversation(call: Call[None]) -> OpenedConversation:
    return await opened(call)


async def list_messages(call: Call[None, MessageQuery]) -> Messages:
    """In their order, notes among them."""
    query, id = call.query, ConversationId(call.path["id"])
    if query.since is not None and query.before is not None:
        raise BadInput("before", "either since or before")
    async with call.app[keys.STORE].read() as connection:
        await conversations.get(connection, id)
        if query.before is not None:
            part = await messages.latest(
                connection, id, before=query.before, limit=query.limit + 1, notes=True
            )
            more, part = len(part) > query.limit, part[-query.limit :]
        else:
            part = await messages.since(
                connection, id, query.since or 0, limit=query.limit + 1, notes=True
            )
            more, part = len(part) > query.limit, part[: query.limit]
        shown = await views.transcript(connection, id, part)
    end = 0 if query.before is not None else -1
    return Messages(items=shown, next=part[end].seq if more else None)


async def list_events(call: Call[None, EventQuery]) -> Events:
    """The facts alone; the messages that they speak of are a list of their own."""
    query, id = call.query, ConversationId(call.path["id"])
    async with call.app[keys.STORE].read() as connection:
        await conversations.get(connection, id)
        found = await events.since(
            connection, query.since, conversation_id=id, limit=query.limit + 1
        )
    part = found[: query.limit]
    return Events(
        items=[views.event(each) for each in part],
        next=part[-1].n if len(found) > len(part) else None,
    )


async def opened(call: Call[Any, Any]) -> OpenedConversation:
    """The conversation of the address, as it is now."""
    return await opened_now(call, ConversationId(call.path["id"]))


async def opened_now(call: Call[Any, Any], id: ConversationId) -> OpenedConversation:
    async with call.app[keys.STORE].read() as connection:
        return await views.opened(connection, id, call.agent.id, call.app[keys.CLOCK]())


def _filter(call: Call[None, ConversationQuery]) -> Filter:
    query = call.query
    owner: AgentId | None = None
    if query.owner == "me":
        owner = call.agent.id
    elif query.owner is not None and query.owner != "none":
        owner = AgentId(_agent(query.owner))
    return Filter(
        state=query.state,
        open=query.open,
        queue=QueueId(query.queue) if query.queue else None,
        owner=owner,
        unowned=query.owner == "none",
        inbox=InboxId(query.inbox) if query.inbox else None,
        channel=query.channel,
        language=query.language,
        contact=ContactId(query.contact) if query.contact else None,
        q=query.q or None,
        snoozed=query.snoozed,
        asleep=query.asleep,
    )


def _agent(owner: str) -> str:
    if not is_id(owner):
        raise BadInput("owner", "me, none or an agent's id")
    return owner


routes: tuple[Route, ...] = (
    Route(
        "GET",
        "/conversations",
        list_conversations,
        summary="Conversations by state, queue, owner, contact or words",
        tag="conversations",
        query=ConversationQuery,
        answer=Page[ConversationShape],
        role=Role.AGENT,
    ),
    Route(
        "GET",
        "/conversations/counts",
        count_conversations,
        summary="How many conversations are open",
        tag="conversations",
        answer=Counts,
        role=Role.AGENT,
    ),
    Route(
        "GET",
        "/conversations/{id}",
        get_conversation,
        summary="One conversation, with its slots and handoffs",
        tag="conversations",
        answer=OpenedConversation,
        role=Role.AGENT,
    ),
    Route(
        "GET",
        "/conversations/{id}/messages",
        list_messages,
        summary="What was said, with what the bot understood",
        tag="conversations",
        query=MessageQuery,
        answer=Messages,
        role=Role.AGENT,
    ),
    Route(
        "GET",
        "/conversations/{id}/events",
        list_events,
        summary="What happened",
        tag="conversations",
        query=EventQuery,
        answer=Events,
        role=Role.AGENT,
    ),
)
