"""/me: the agent who asks."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from gateway.errors import BadInput, NotSignedIn
from gateway.model.agent import Agent, Presence, Role
from gateway.model.preferences import LONGEST_UNDO_S, Theme
from gateway.web import keys
from gateway.web.body import Body, Name
from gateway.web.route import Call, Route
from handoff.agents import AGENTS
from handoff.passwords import LONGEST
from handoff.routes.agents import AgentShape, Capacity, Password, held_now, shape
from handoff.routes.changes import wanted
from handoff.signin import SIGN_IN


class PreferencesShape(BaseModel):
    """How the console is to be: what it says aloud, and how it looks.

    `waiting`: a conversation began to wait; `answers`: a customer wrote in one's own;
    `given`: one was transferred to oneself. `undo_seconds`: how long a reply can be called
    back. `first_steps`: whether a new admin is led through them.
    """

    sound_waiting: bool
    sound_answers: bool
    sound_given: bool
    notify_waiting: bool
    notify_answers: bool
    notify_given: bool
    undo_seconds: int
    theme: Theme
    first_steps: bool


class PreferencesChange(Body):
    """Those that stand here are set, the others stay."""

    sound_waiting: bool | None = None
    sound_answers: bool | None = None
    sound_given: bool | None = None
    notify_waiting: bool | None = None
    notify_answers: bool | None = None
    notify_given: bool | None = None
    undo_seconds: Annotated[int, Field(ge=0, le=LONGEST_UNDO_S)] | None = None
    theme: Theme | None = None
    first_steps: bool | None = None


class Me(AgentShape):
    """`csrf_token` is null for a personal token, which needs none."""

    locale: str | None
    preferences: PreferencesShape
    csrf_token: str | None


class PasswordChange(Body):
    current: Annotated[str, StringConstraints(max_length=LONGEST)]
    new: Password


class MeChange(Body):
    """What stands here is changed, what is left out stays. A null capacity is any number."""

    name: Name | None = None
    locale: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9-]{2,20}$")] | None = None
    password: PasswordChange | None = None
    capacity: Capacity = None
    preferences: PreferencesChange | None = None


class PresenceChange(Body):
    status: Presence


async def get_me(call: Call[None]) -> Me:
    return await _me(call, call.agent)


async def change_me(call: Call[MeChange]) -> Me:
    """A new password ends one's other sessions; a null locale is the browser's."""
    changes = {name: getattr(call.body, name) for name in call.body.model_fields_set}
    password: PasswordChange | None = changes.pop("password", None)
    for name in ("name", "preferences"):
        if changes.get(name, "") is None:
            raise BadInput(name, "must not be null")
    if "preferences" in changes:
        changes["preferences"] = wanted(call.body.preferences or PreferencesChange())
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
        raise BadInput("password.current", "is not the password", code="wrong_password") from exc
    await call.app[AGENTS].set_password(
        call.agent.id, password.new, call.agent, keep_session=call.session_id
    )


async def _me(call: Call[MeChange] | Call[PresenceChange] | Call[None], agent: Agent) -> Me:
    async with call.app[keys.STORE].read() as connection:
        seen = shape(agent, await held_now(connection))
    return Me(
        **seen.model_dump(),
        locale=agent.locale,
        preferences=PreferencesShape.model_validate(agent.preferences.row()),
        csrf_token=call.csrf_token,
    )


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
