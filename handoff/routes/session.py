"""/session and /sessions: signing in and out, and the browsers in which one is signed in."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from aiohttp import web
from pydantic import BaseModel, StringConstraints

from gateway.errors import NotAllowed, NotFound, PeykError
from gateway.model.agent import Role
from gateway.model.session import Session
from gateway.store import sessions
from gateway.web import auth, keys
from gateway.web.body import Body
from gateway.web.paging import Page, Paging, page_of
from gateway.web.route import Call, Route, answer
from handoff.passwords import LONGEST
from handoff.routes.agents import AgentShape, held_now, shape
from handoff.signin import LIFETIME, SIGN_IN, SignedIn


class Credentials(Body):
    email: Annotated[str, StringConstraints(strip_whitespace=True, max_length=320)]
    password: Annotated[str, StringConstraints(max_length=LONGEST)]


class Here(BaseModel):
    """Who is signed in. `csrf_token` is null for a personal token, which needs none."""

    agent: AgentShape
    csrf_token: str | None


class SessionShape(BaseModel):
    """`current` marks the session that asks."""

    id: str
    network_address: str
    user_agent: str
    created_at: datetime
    seen_at: datetime
    expires_at: datetime
    current: bool


async def sign_in(call: Call[Credentials]) -> web.StreamResponse:
    """Sets the session's cookie. Throttled for each email and each network address."""
    request, site = call.request, call.app[keys.SITE]
    origin = request.headers.get("Origin")
    if origin is not None and not site.is_own_origin(request, origin):
        raise NotAllowed("the request comes from another site")
    signed_in = await _counted(call)
    async with call.app[keys.STORE].read() as connection:
        held = await held_now(connection)
    agent = signed_in.agent
    here = Here(agent=shape(agent, held), csrf_token=signed_in.session.csrf_token)
    response = answer(here, status=200)
    auth.set_cookie(response, signed_in.secret, LIFETIME, secure=site.secure)
    return response


async def who(call: Call[None]) -> Here:
    async with call.app[keys.STORE].read() as connection:
        held = await held_now(connection)
    agent = call.agent
    return Here(agent=shape(agent, held), csrf_token=call.csrf_token)


async def sign_out(call: Call[None]) -> web.StreamResponse:
    """Ends the session that asks; a personal token has none and is revoked at /tokens."""
    if call.session_id is None:
        raise NotFound("session")
    await _revoke(call, call.session_id)
    response = web.Response(status=204)
    auth.clear_cookie(response, secure=call.app[keys.SITE].secure)
    return response


async def list_sessions(call: Call[None, Paging]) -> Page[SessionShape]:
    now = call.app[keys.CLOCK]()
    async with call.app[keys.STORE].read() as connection:
        live = await sessions.list_live(connection, call.agent.id, now)
    page, following = page_of(live, call.query, lambda each: (each.created_at, each.id))
    return Page(items=[_shape(each, call.session_id) for each in page], next=following)


async def end_session(call: Call[None]) -> None:
    await _revoke(call, call.path["id"])


async def _counted(call: Call[Credentials]) -> SignedIn:
    count, request = call.app[keys.METRICS].sign_ins, call.request
    try:
        signed_in = await call.app[SIGN_IN].sign_in(
            call.body.email,
            call.body.password,
            network_address=call.app[keys.SITE].network_address(request),
            user_agent=request.headers.get("User-Agent", ""),
        )
    except PeykError as exc:
        count.labels(type(exc).__name__).inc()
        raise
    count.labels("SignedIn").inc()
    return signed_in


async def _revoke(call: Call[None], id: str) -> None:
    now = call.app[keys.CLOCK]()
    await call.app[keys.STORE].write(
        lambda tx: sessions.revoke(tx, id, call.agent.id, now), call.agent.id
    )


def _shape(session: Session, current: str | None) -> SessionShape:
    return SessionShape(
        id=session.id,
        network_address=session.network_address,
        user_agent=session.user_agent,
        created_at=session.created_at,
        seen_at=session.seen_at,
        expires_at=session.expires_at,
        current=session.id == current,
    )


routes: tuple[Route, ...] = (
    Route(
        "POST",
        "/session",
        sign_in,
        summary="Sign in",
        tag="session",
        body=Credentials,
        answer=Here,
        problems=(401, 403, 429),
    ),
    Route(
        "GET",
        "/session",
        who,
        summary="Who is signed in",
        tag="session",
        answer=Here,
        role=Role.AGENT,
    ),
    Route("DELETE", "/session", sign_out, summary="Sign out", tag="session", role=Role.AGENT),
    Route(
        "GET",
        "/sessions",
        list_sessions,
        summary="One's own sessions",
        tag="session",
        query=Paging,
        answer=Page[SessionShape],
        role=Role.AGENT,
    ),
    Route(
        "DELETE",
        "/sessions/{id}",
        end_session,
        summary="End one of one's own sessions",
        tag="session",
        role=Role.AGENT,
    ),
)
