"""Who is calling, and whether they may."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web

from gateway.errors import NotSignedIn
from gateway.model.agent import Agent, Role


@dataclass(frozen=True, kw_only=True)
class Caller:
    """An agent, and by what they are known: a session of a browser or a personal token."""

    agent: Agent
    session_id: str | None = None
    token_id: str | None = None
    csrf_token: str | None = None


async def admit(request: web.Request, role: Role | None) -> Caller | None:
    """The caller of a route that needs `role`; None where nobody needs to be signed in."""
    if role is None:
        return None
    raise NotSignedIn("sign in first")
