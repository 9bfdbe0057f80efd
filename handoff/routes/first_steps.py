"""/first-steps: how far a new installation has come, as the store shows it."""

from __future__ import annotations

from pydantic import BaseModel

from gateway.first_start import DEMO_KEY
from gateway.model.agent import Role
from gateway.store import first_steps
from gateway.web import keys
from gateway.web.route import Call, Route


class FirstSteps(BaseModel):
    """`inbox`: there is one beside the demo's; `agent`: there is a second; `bot`: it answered."""

    inbox: bool
    agent: bool
    bot: bool


async def get_first_steps(call: Call[None]) -> FirstSteps:
    async with call.app[keys.STORE].read() as connection:
        taken = await first_steps.taken(connection, demo_key=DEMO_KEY)
    return FirstSteps(inbox=taken.inbox, agent=taken.agent, bot=taken.bot)


routes: tuple[Route, ...] = (
    Route(
        "GET",
        "/first-steps",
        get_first_steps,
        summary="Which of an installation's first steps are done",
        tag="me",
        answer=FirstSteps,
        role=Role.ADMIN,
    ),
)
