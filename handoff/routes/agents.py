"""/agents: who answers customers. Everybody may look, admins make and change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, NamedTuple

from pydantic import BaseModel, Field, StringConstraints

from gateway.errors import BadInput
from gateway.ids import AgentId
from gateway.model.agent import Agent, Presence, Role
from gateway.store import agents
from gateway.store.store import Reading
from gateway.web import keys
from gateway.web.body import Body, Email, Name
from gateway.web.paging import Page, Paging, page_of
from gateway.web.route import Call, Route
from handoff.agents import AGENTS
from handoff.passwords import LONGEST, SHORTEST

Password = Annotated[str, StringConstraints(min_length=SHORTEST, max_length=LONGEST)]
Capacity = Annotated[int, Field(ge=1, le=500)] | None


class AgentShape(BaseModel):
    """An agent as others see them.

    `capacity` is up to which `load` claim-next gives him more, null for any. The load counts
    what he holds and has not snoozed.
    """

    id: str
    name: str
    email: str
    role: Role
    presence: Presence
    disabled: bool
    open_conversations: int
    capacity: int | None
    load: int


class NewAgent(Body):
    name: Name
    email: Email
    role: Role = Role.AGENT
    password: Password
    capacity: Capacity = None


class AgentChange(Body):
    """What stands here is changed, what is left out stays. A null capacity is any number."""

    name: Name | None = None
    role: Role | None = None
    disabled: bool | None = None
    password: Password | None = None
    capacity: Capacity = None


async def list_agents(call: Call[None, Paging]) -> Page[AgentShape]:
    async with call.app[keys.STORE].read() as connection:
        everyone = await agents.list_agents(connection)
        held = await held_now(connection)
    page, following = page_of(everyone, call.query, lambda agent: (agent.created_at, agent.id))
    return Page(items=[shape(agent, held) for agent in page], next=following)


async def get_agent(call: Call[None]) -> AgentShape:
    return await _shape_now(call, AgentId(call.path["id"]))


async def make_agent(call: Call[NewAgent]) -> AgentShape:
    wanted = call.body
    agent = await call.app[AGENTS].make(
        name=wanted.name,
        email=wanted.email,
        role=wanted.role,
        password=wanted.password,
        capacity=wanted.capacity,
        by=call.agent,
    )
    return shape(agent, Held({}, {}))


async def change_agent(call: Call[AgentChange]) -> AgentShape:
    """A disabled agent is signed out everywhere at once. The last admin cannot be lost."""
    id, wanted = AgentId(call.path["id"]), call.body
    changes = {name: getattr(wanted, name) for name in wanted.model_fields_set}
    for name, value in changes.items():
        if value is None and name != "capacity":
            raise BadInput(name, "must not be null")
    password = changes.pop("password", None)
    await call.app[AGENTS].change(id, call.agent, **changes)
    if password is not None:
        await call.app[AGENTS].set_password(id, password, call.agent, keep_session=call.session_id)
    return await _shape_now(call, id)


class Held(NamedTuple):
    """How many conversations each agent holds, and how many of them count as load."""

    all: Mapping[AgentId, int]
    loads: Mapping[AgentId, int]


async def held_now(connection: Reading) -> Held:
    return Held(await agents.open_conversations(connection), await agents.loads(connection))


def shape(agent: Agent, held: Held) -> AgentShape:
    return AgentShape(
        id=agent.id,
        name=agent.name,
        email=agent.email,
        role=agent.role,
        presence=agent.presence,
        disabled=agent.disabled,
        open_conversations=held.all.get(agent.id, 0),
        capacity=agent.capacity,
        load=held.loads.get(agent.id, 0),
    )


async def _shape_now(call: Call[AgentChange] | Call[None], id: AgentId) -> AgentShape:
    async with call.app[keys.STORE].read() as connection:
        agent = await agents.get(connection, id)
        return shape(agent, await held_now(connection))


routes: tuple[Route, ...] = (
    Route(
        "GET",
        "/agents",
        list_agents,
        summary="All agents",
        tag="agents",
        query=Paging,
        answer=Page[AgentShape],
        role=Role.AGENT,
    ),
    Route(
        "POST",
        "/agents",
        make_agent,
        summary="Make an agent",
        tag="agents",
        body=NewAgent,
        answer=AgentShape,
        status=201,
        role=Role.ADMIN,
    ),
    Route(
        "GET",
        "/agents/{id}",
        get_agent,
        summary="One agent",
        tag="agents",
        answer=AgentShape,
        role=Role.AGENT,
    ),
    Route(
        "PATCH",
        "/agents/{id}",
        change_agent,
        summary="Change or disable an agent",
        tag="agents",
        body=AgentChange,
        answer=AgentShape,
        role=Role.ADMIN,
    ),
)
