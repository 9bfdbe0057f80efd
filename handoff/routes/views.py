"""/views: saved ways to look at the list; shared ones are made and changed by supervisors."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any

from pydantic import BaseModel, StringConstraints

from gateway.errors import BadInput, NotAllowed
from gateway.ids import ViewId, new_id
from gateway.model.agent import Agent, Role
from gateway.model.conversation import State
from gateway.model.view import View
from gateway.store import views
from gateway.store.tx import Tx
from gateway.web import keys
from gateway.web.body import Body, Id, Name
from gateway.web.paging import Page, Paging, page_of
from gateway.web.route import Call, Route
from handoff.routes.changes import wanted

MOST_VIEWS = 100
"""So many an agent may keep, and so many may be shared."""

Short = Annotated[str, StringConstraints(min_length=1, max_length=20)]
Owner = Annotated[str, StringConstraints(pattern=r"^(me|none|[0-9a-f-]{36})$")]


class ViewQuery(Body):
    """Filters of the list of conversations; what is left out does not matter."""

    state: Annotated[str, StringConstraints(pattern="^(" + "|".join(State) + ")$")] | None = None
    open: bool | None = None
    asleep: bool | None = None
    snoozed: bool | None = None
    owner: Owner | None = None
    queue: Id | None = None
    inbox: Id | None = None
    channel: Short | None = None
    language: Short | None = None


class ViewShape(BaseModel):
    """`shared`: all agents see it."""

    id: str
    name: str
    shared: bool
    query: dict[str, str | bool]


class NewView(Body):
    name: Name
    shared: bool = False
    query: ViewQuery


class ViewChange(Body):
    """What stands here is changed; `query` is set as a whole."""

    name: Name | None = None
    shared: bool | None = None
    query: ViewQuery | None = None


async def list_views(call: Call[None, Paging]) -> Page[ViewShape]:
    async with call.app[keys.STORE].read() as connection:
        known = await views.of_agent(connection, call.agent.id)
    page, following = page_of(known, call.query, lambda view: (view.created_at, view.id))
    return Page(items=[_shape(each) for each in page], next=following)


async def make_view(call: Call[NewView]) -> ViewShape:
    body = call.body
    view = View(
        id=ViewId(new_id()),
        agent_id=_whose(call.agent, shared=body.shared),
        name=body.name,
        query=_filters(body.query),
        created_at=call.app[keys.CLOCK](),
    )

    async def unit(tx: Tx) -> None:
        known = await views.of_agent(tx.connection, call.agent.id)
        if sum(each.shared == view.shared for each in known) >= MOST_VIEWS:
            raise BadInput("name", f"{MOST_VIEWS} views are enough: remove one first")
        await views.insert(tx, view)

    await call.app[keys.STORE].write(unit, "views")
    return _shape(view)


async def change_view(call: Call[ViewChange]) -> ViewShape:
    id, changes = ViewId(call.path["id"]), wanted(call.body)
    columns: dict[str, Any] = {k: v for k, v in changes.items() if k == "name"}
    if "query" in changes:
        columns["query"] = _filters(changes["query"])

    async def unit(tx: Tx) -> View:
        before = await views.get(tx.connection, id, call.agent.id)
        _may_change(call.agent, before)
        shared = changes.get("shared", before.shared)
        set_to = {**columns, "agent_id": _whose(call.agent, shared=shared)}
        await views.change(tx, id, **set_to)
        return replace(before, **set_to)

    return _shape(await call.app[keys.STORE].write(unit, "views"))


async def remove_view(call: Call[None]) -> None:
    id = ViewId(call.path["id"])

    async def unit(tx: Tx) -> None:
        _may_change(call.agent, await views.get(tx.connection, id, call.agent.id))
        await views.remove(tx, id)

    await call.app[keys.STORE].write(unit, "views")


def _whose(agent: Agent, *, shared: bool) -> Any:
    if not shared:
        return agent.id
    if not agent.role.reaches(Role.SUPERVISOR):
        raise NotAllowed("only supervisors share views")
    return None


def _may_change(agent: Agent, view: View) -> None:
    if view.shared and not agent.role.reaches(Role.SUPERVISOR):
        raise NotAllowed("only supervisors change shared views")


def _filters(query: ViewQuery) -> dict[str, str | bool]:
    return query.model_dump(exclude_none=True)


def _shape(view: View) -> ViewShape:
    return ViewShape(id=view.id, name=view.name, shared=view.shared, query=view.query)


routes: tuple[Route, ...] = (
    Route(
        "GET",
        "/views",
        list_views,
        summary="One's own saved views and the shared ones",
        tag="views",
        query=Paging,
        answer=Page[ViewShape],
        role=Role.AGENT,
    ),
    Route(
        "POST",
        "/views",
        make_view,
        summary="Save a view of the list",
        tag="views",
        body=NewView,
        answer=ViewShape,
        status=201,
        role=Role.AGENT,
    ),
    Route(
        "PATCH",
        "/views/{id}",
        change_view,
        summary="Rename, share or change a saved view",
        tag="views",
        body=ViewChange,
        answer=ViewShape,
        role=Role.AGENT,
    ),
    Route(
        "DELETE",
        "/views/{id}",
        remove_view,
        summary="Remove a saved view",
        tag="views",
        status=204,
        role=Role.AGENT,
    ),
)
