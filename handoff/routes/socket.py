"""/socket: the console's WebSocket."""

from __future__ import annotations

from aiohttp import web

from gateway.errors import NotSignedIn
from gateway.model.agent import Role
from gateway.web import keys
from gateway.web.problem import Problem, ProblemError
from gateway.web.route import Call, Route
from handoff.routes.agents import held_now, shape
from handoff.socket import Socket


async def console(call: Call[None]) -> web.StreamResponse:
    """Send `{"type":"hello","since":N}`; numbered events follow, from N on without a gap."""
    if call.caller is None:
        raise NotSignedIn("sign in first")
    if not web.WebSocketResponse().can_prepare(call.request).ok:
        raise ProblemError(Problem(status=426, headers={"Upgrade": "websocket"}))
    async with call.app[keys.STORE].read() as connection:
        agent = shape(call.agent, await held_now(connection))
    return await Socket(call.request, call.caller, agent.model_dump(mode="json")).serve()


routes: tuple[Route, ...] = (
    Route(
        "GET",
        "/socket",
        console,
        summary="Live events, as a WebSocket",
        tag="socket",
        status=101,
        role=Role.AGENT,
        problems=(426,),
    ),
)
