"""/me: the agent who asks."""

from __future__ import annotations

from typing import Annotated

from pydantic import StringConstraints

from gateway.errors import BadInput, NotSignedIn
from gateway.model.agent import Agent, Presence, Role
from gateway.store import agents
from gateway.web import keys
from gateway.web.body import Body, Name
from gateway.web.route import Call, Route
from handoff.agents import AGENTS
from handoff.passwords import LONGEST
from handoff.routes.agents import AgentShape, Password, shape
from handoff.signin import SIGN_IN


class Me(AgentShape):
    """`csrf_token` is null for a personal token, which needs none."""

    locale: str | None
    csrf_token: str | None


class PasswordChange(Body):
    current: Annotated[str, StringConstraints(max_length=LONGEST)]
    new: Password


class MeChange(Body):
    """What stands here is changed, what is left out stays."""

    name: Name | None = None
    locale: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9-]{2,20}$")] | None = None
    password: PasswordChange | None = None


class PresenceChange(Body):
    status: Presence


async def get_me(call: Call[None]) -> Me:
    return await _me(call, call.agent)


async def change_me(call: Call[MeChange]) -> Me:
    """A new password ends one's other sessions; a null locale is the browser's."""
    changes = {name: getattr(call.body, name) for name in call.body.model_fields_set}
    password: PasswordChange | None = changes.pop("password", None)
    if changes.get("name", "") is None:
        raise BadInput("name", "must not be null")
    if password is not None:
        await _change_password(call, password)
    return await _me(call, await call.app[AGENTS].change(call.agent.id, call.agent, **changes))


async def set_presence(call: Call[PresenceChange]) -> Me:
    return await _me(call, await call.app[AGENTS].set_presence(call.agent, call.body.status))


async def _change_password(call: Call[MeChange], password: PasswordChange) -> None:
    address = call.app[keys.SITE].network_address(call.request)
    try:
        await call.app[SIGN_IN].confirm(call.agent, password.current, network_address=address)
    except NotSignedIn as exc:
        raise BadInput("password.current", "is not the password") from exc
    await call.app[AGENTS].set_password(
        call.agent.id, password.new, call.agent, keep_session=call.session_id
    )


async def _me(call: Call[MeChange] | Call[PresenceChange] | Call[None], agent: Agent) -> Me:
    async with call.app[keys.STORE].read() as connection:
        held = await agents.open_conversations(connection)
    seen = shape(agent, held.get(agent.id, 0))
    return Me(**seen.model_dump(), locale=agent.locale, csrf_token=call.csrf_token)


routes: tuple[Route, ...] = (
    Route("GET", "/me", get_me, summary="Oneself", tag="me", answer=Me, role=Role.AGENT),
    Route(
        "PATCH",
        "/me",
        change_me,
        summary="Change oneself",
        tag="me",
        body=MeChange,
        answer=Me,
        role=Role.AGENT,
        problems=(429,),
    ),
    Route(
        "PUT",
        "/me/presence",
        set_presence,
        summary="Be online, away or offline",
        tag="me",
        body=PresenceChange,
        answer=Me,
        role=Role.AGENT,
    ),
)
