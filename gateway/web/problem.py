"""Problems (RFC 9457): what a client is told when a request cannot be served."""

from __future__ import annotations

import math
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field

import structlog
from aiohttp import web
from pydantic import ValidationError

from gateway.errors import (
    AtCapacity,
    BadInput,
    BotFailed,
    IllegalMove,
    NotAllowed,
    NotFound,
    NotSignedIn,
    OwnedByAnother,
    PeykError,
    SendError,
    StoreUnavailable,
    TooLarge,
    TooMany,
)
from gateway.web.json import dumps

TYPES = "https://peyk.dev/problems/"
SLUGS: dict[int, tuple[str, str]] = {
    400: ("bad-request", "The request cannot be read"),
    401: ("not-signed-in", "Sign in first"),
    403: ("not-allowed", "This is not allowed"),
    404: ("not-found", "There is no such thing"),
    405: ("method-not-allowed", "This address does not take this method"),
    409: ("conflict", "The present state does not allow this"),
    410: ("gone", "This is no longer here"),
    411: ("length-required", "The length of the body must be given"),
    413: ("too-large", "This is too large"),
    415: ("wrong-content-type", "This content type is not taken here"),
    417: ("expectation-failed", "This expectation cannot be met"),
    422: ("bad-input", "Some fields are not as they must be"),
    426: ("upgrade-required", "This address speaks WebSocket"),
    429: ("too-many", "Too many requests"),
    500: ("internal", "Something went wrong on our side"),
    502: ("not-sent", "The network beyond did not take it"),
    503: ("unavailable", "Not available at the moment; try again"),
}
"""By status, the slug that ends a problem's `type`, and its title; both are stable."""

STARTED = web.RequestKey("started", bool)
"""Set once the first byte of an answer, or an upgrade, is on its way."""

log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True, kw_only=True)
class FieldError:
    """One bad field: `field` is its dotted name, `where` is body, query, path or header.

    `code` says in a stable word what `message` says in English, with the `limits` it names.
    """

    field: str
    message: str
    where: str = "body"
    code: str = "not_as_expected"
    limits: Mapping[str, object] | None = None


@dataclass(frozen=True, kw_only=True)
class Problem:
    """What the client is told; `slug` stands in only where the status alone says too little."""

    status: int
    detail: str = ""
    slug: str | None = None
    errors: Sequence[FieldError] = ()
    extra: Mapping[str, object] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)

    def document(self) -> dict[str, object]:
        slug, title = SLUGS.get(self.status, ("other", "The request cannot be served"))
        document: dict[str, object] = {
            "type": TYPES + (self.slug or slug),
            "title": title,
            "status": self.status,
            **({"detail": self.detail} if self.detail else {}),
            **self.extra,
        }
        if self.errors:
            document["errors"] = [_told(each) for each in self.errors]
        return document

    def response(self) -> web.Response:
        return web.Response(
            status=self.status,
            body=dumps(self.document()),
            content_type="application/problem+json",
            headers=self.headers,
        )


class ProblemError(PeykError):
    """A problem that only the web plumbing knows of, such as a wrong content type."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.detail or SLUGS[problem.status][1])
        self.problem = problem


def bad_fields(errors: Sequence[FieldError], status: int = 422) -> ProblemError:
    names = ", ".join(e.field for e in errors)
    return ProblemError(Problem(status=status, detail=f"See errors: {names}", errors=errors))


@web.middleware
async def problems(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Turns whatever a handler raises into a problem.

    After an upgrade or the first byte of an answer there is nothing left to
    tell by HTTP, so the exception goes on to the server, which closes.
    """
    try:
        return await handler(request)
    except web.HTTPException as exc:
        if exc.status < 400:
            raise
        return _of_http(exc).response()
    except (PeykError, ValidationError, web.RequestPayloadError) as exc:
        if request.get(STARTED):
            raise
        if isinstance(exc, ValidationError):
            log.info("checked_late", model=exc.title, route=_route_name(request))
        return problem_of(exc).response()
    except ConnectionError:
        raise
    except Exception as exc:
        if request.get(STARTED):
            raise
        log.exception("request_failed", method=request.method, route=_route_name(request))
        return problem_of(exc).response()


def problem_of(exc: Exception) -> Problem:
    """The problem that tells a client of this exception; 500 for what no client can cause."""
    match exc:
        case ProblemError():
            return exc.problem
        case BadInput():
            error = FieldError(field=exc.field, message=exc.expected, code=exc.code)
            return Problem(status=422, detail=str(exc), errors=[error])
        case ValidationError():
            return Problem(status=422, errors=field_errors(exc, "body"))
        case NotSignedIn():
            return Problem(status=401, detail=str(exc), headers={"WWW-Authenticate": "Bearer"})
        case NotAllowed():
            return Problem(status=403, detail=str(exc))
        case NotFound():
            return Problem(status=404, detail=f"There is no such {exc.what}")
        case IllegalMove():
            return _of_illegal_move(exc)
        case AtCapacity():
            extra = {"load": exc.load, "capacity": exc.capacity}
            return Problem(status=409, slug="at-capacity", detail=str(exc), extra=extra)
        case TooLarge():
            error = FieldError(field=exc.field, message=f"at most {exc.limit} {exc.unit}")
            return Problem(status=413, detail=str(exc), errors=[error])
        case TooMany():
            return Problem(status=429, detail=str(exc), headers=_retry_after(exc.retry_after))
        case StoreUnavailable():
            return Problem(status=503, headers=_retry_after(1))
        case BotFailed():
            return Problem(status=503, detail=f"The bot failed: {exc.why}")
        case SendError():
            return Problem(status=502)
        case web.RequestPayloadError():
            return Problem(status=400, detail="The body broke off or is not encoded as it says")
    return Problem(status=500)


def field_errors(exc: ValidationError, where: str) -> list[FieldError]:
    """Names each bad field, never the value: it may be long, secret or a customer's words."""
    return [
        FieldError(
            field=_dotted(e["loc"]) or "body",
            message=e["msg"],
            where=where,
            code=e["type"],
            limits=_limits(e.get("ctx", {})),
        )
        for e in exc.errors(include_url=False, include_input=False)[:50]
    ]


def _limits(context: Mapping[str, object]) -> dict[str, object]:
    """The numbers that a field has to keep to; never its value."""
    return {name: limit for name, limit in context.items() if name in _LIMITS}


_LIMITS = frozenset(["min_length", "max_length", "ge", "gt", "le", "lt"])


def _told(error: FieldError) -> dict[str, object]:
    told = {"field": error.field, "message": error.message, "in": error.where}
    return {**told, "code": error.code, **({"limits": error.limits} if error.limits else {})}


def _dotted(location: tuple[int | str, ...]) -> str:
    return ".".join(str(part) for part in location)[:200]


def _of_illegal_move(exc: IllegalMove) -> Problem:
    return Problem(
        status=409,
        slug="owned-by-another" if isinstance(exc, OwnedByAnother) else "illegal-move",
        detail=str(exc),
        extra={"state": exc.state, "owner": exc.owner, "ownership": exc.ownership},
    )


def _of_http(exc: web.HTTPException) -> Problem:
    kept = ("Allow", "Retry-After", "Sec-WebSocket-Version", "WWW-Authenticate")
    headers = {name: exc.headers[name] for name in kept if name in exc.headers}
    return Problem(status=exc.status, headers=headers)


def _retry_after(seconds: float) -> dict[str, str]:
    return {"Retry-After": str(max(1, math.ceil(seconds)))}


def _route_name(request: web.Request) -> str | None:
    resource = request.match_info.route.resource
    return resource.canonical if resource else None
