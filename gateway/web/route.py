"""Routes: one row per address and method, typed, from which the server and its document come.

A handler takes a `Call` whose body and query have been read and checked and
whose caller may do it; it returns a model of the answer, nothing (204), or a
response of its own for what is not JSON.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import KW_ONLY, dataclass
from typing import Any, Generic

from aiohttp import web
from pydantic import BaseModel
from typing_extensions import TypeVar

from gateway.errors import NotFound, NotSignedIn
from gateway.ids import is_id
from gateway.model.agent import Agent, Role
from gateway.web import auth, idempotency
from gateway.web.body import MAX_BODY, Body, Query, read_bytes, read_json, read_query
from gateway.web.json import why_not_text

B = TypeVar("B", default=None)
Q = TypeVar("Q", default=None)

Handler = Callable[["Call[Any, Any]"], Awaitable[BaseModel | web.StreamResponse | None]]


@dataclass(frozen=True, kw_only=True)
class Call(Generic[B, Q]):
    """One request that has passed every check."""

    request: web.Request
    path: dict[str, str]
    body: B
    query: Q
    caller: auth.Caller | None

    @property
    def app(self) -> web.Application:
        return self.request.app

    @property
    def agent(self) -> Agent:
        """Who asks; only a public route can be called by nobody."""
        if self.caller is None:
            raise NotSignedIn("sign in first")
        return self.caller.agent

    @property
    def session_id(self) -> str | None:
        """The browser's session that asks, if it is one."""
        return self.caller.session_id if self.caller else None

    @property
    def csrf_token(self) -> str | None:
        return self.caller.csrf_token if self.caller else None


@dataclass(frozen=True)
class Route:
    """One address and method.

    `role` is the least role that may call it, None for the public. `takes` and `gives`
    are content types, for a body that the handler reads itself and for an answer that
    is not JSON. `problems` are statuses beside those that follow from the route's shape.
    """

    method: str
    path: str
    handler: Handler
    _: KW_ONLY
    summary: str
    tag: str
    body: type[BaseModel] | None = None
    query: type[BaseModel] | None = None
    answer: type[BaseModel] | None = None
    status: int = 200
    role: Role | None = None
    takes: str | None = None
    gives: str | None = None
    problems: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        for shape, kind in ((self.body, Body), (self.query, Query)):
            if shape is not None and shape.model_config.get("extra") != "forbid":
                raise TypeError(f"{shape.__name__} must be a {kind.__name__}: it lets anything in")

    @property
    def takes_key(self) -> bool:
        """Whether a repeat under the same Idempotency-Key is answered with the first answer."""
        return self.method == "POST" and self.role is not None


def mount(app: web.Application, prefix: str, routes: Iterable[Route]) -> None:
    """Adds the routes under `prefix`; the first of two that match a path wins."""
    for route in routes:
        app.router.add_route(route.method, prefix + route.path, _serving(route))


def answer(
    model: BaseModel, *, status: int = 200, headers: dict[str, str] | None = None
) -> web.Response:
    """A model as a response, for a handler whose status depends on what it found."""
    return web.Response(
        status=status,
        body=model.model_dump_json(by_alias=True).encode(),
        content_type="application/json",
        headers=headers,
    )


def _serving(route: Route) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def serve(request: web.Request) -> web.StreamResponse:
        caller = await auth.admit(request, route.role)
        path = _path(request)
        query = read_query(request, route.query)
        raw = b"" if route.body is None else await read_bytes(request, MAX_BODY)
        body = None if route.body is None else read_json(request, raw, route.body)
        call = Call(request=request, path=path, body=body, query=query, caller=caller)

        async def handle() -> web.StreamResponse:
            return _response(route, await route.handler(call))

        if caller is None or not route.takes_key:
            return await handle()
        return await idempotency.once(request, caller, raw, handle)

    return serve


def _path(request: web.Request) -> dict[str, str]:
    path = dict(request.match_info)
    for name, value in path.items():
        ours = is_id(value) if name == "id" or name.endswith("_id") else len(value) <= 200
        if not ours or why_not_text(value):
            raise NotFound("thing")
    return path


def _response(route: Route, said: BaseModel | web.StreamResponse | None) -> web.StreamResponse:
    if said is None:
        return web.Response(status=204)
    if isinstance(said, web.StreamResponse):
        return said
    return answer(said, status=route.status)
