"""Who is calling, and whether they may.

An agent is known by the cookie of a session or by a personal token. A browser sends
its cookie with whatever page asks it to, so a cookie alone changes nothing: the
request has to come from our own pages and carry the session's CSRF token.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import timedelta

from aiohttp import web

from gateway.errors import NotAllowed, NotSignedIn
from gateway.model.agent import Agent, Role
from gateway.store import sessions, tokens
from gateway.web import keys

COOKIE = "peyk_session"
CSRF_HEADER = "X-CSRF-Token"
TOKEN_PREFIX = "peyk_"

SEEN_EVERY = timedelta(minutes=1)
"""How exactly a session's last use is kept."""
USED_EVERY = timedelta(minutes=10)
"""How exactly a token's last use is kept."""


@dataclass(frozen=True, kw_only=True)
class Caller:
    """An agent, and by what they are known: the session of a browser or a personal token."""

    agent: Agent
    secret_hash: str
    session_id: str | None = None
    token_id: str | None = None
    csrf_token: str | None = None


async def admit(request: web.Request, role: Role | None) -> Caller | None:
    """The caller of a route that needs `role`; None where nobody needs to be signed in.

    Raises NotSignedIn or NotAllowed.
    """
    if role is None:
        return None
    caller = await identify(request)
    if not caller.agent.role.reaches(role):
        raise NotAllowed(f"this needs the role {role.value}")
    return caller


async def identify(request: web.Request) -> Caller:
    """Who calls; also for a WebSocket's upgrade. Raises NotSignedIn or NotAllowed."""
    header = request.headers.get("Authorization")
    if header is not None:
        return await _by_token(request.app, _bearer(header), used=True)
    cookie = request.cookies.get(COOKIE)
    if cookie is None:
        raise NotSignedIn("sign in first")
    caller = await _by_session(request.app, hash_secret(cookie), used=True)
    _refuse_other_sites(request, caller)
    return caller


async def still(app: web.Application, caller: Caller) -> Caller:
    """The same caller as they are now, for a socket that outlives a request.

    Asking does not count as use: a forgotten window does not keep a session alive.
    Raises NotSignedIn once the session or token ended or the agent was disabled.
    """
    if caller.session_id is not None:
        return await _by_session(app, caller.secret_hash, used=False)
    return await _by_token(app, caller.secret_hash, used=False)


def new_secret() -> str:
    """256 random bits, fit for a cookie or a header."""
    return secrets.token_urlsafe(32)


def hash_secret(secret: str) -> str:
    """What is kept of a random secret; it has too many bits to need a slow hash."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def set_cookie(response: web.Response, secret: str, lifetime: timedelta, *, secure: bool) -> None:
    response.set_cookie(
        COOKIE,
        secret,
        max_age=int(lifetime.total_seconds()),
        path="/",
        httponly=True,
        secure=secure,
        samesite="Strict",
    )


def clear_cookie(response: web.Response, *, secure: bool) -> None:
    response.del_cookie(COOKIE, path="/", httponly=True, secure=secure, samesite="Strict")


def _bearer(header: str) -> str:
    scheme, _, secret = header.partition(" ")
    secret = secret.strip()
    if scheme.lower() != "bearer" or not secret.startswith(TOKEN_PREFIX):
        raise NotSignedIn("the token is not one of ours")
    return hash_secret(secret)


async def _by_token(app: web.Application, secret_hash: str, *, used: bool) -> Caller:
    now = app[keys.CLOCK]()
    async with app[keys.STORE].read() as connection:
        found = await tokens.find(connection, secret_hash, now)
    if found is None:
        raise NotSignedIn("the token is unknown, has expired or was revoked")
    token, agent = found
    if used and (token.last_used_at is None or now - token.last_used_at > USED_EVERY):
        await app[keys.STORE].write(lambda tx: tokens.touch(tx, token.id, now))
    return Caller(agent=agent, secret_hash=secret_hash, token_id=token.id)


async def _by_session(app: web.Application, secret_hash: str, *, used: bool) -> Caller:
    now = app[keys.CLOCK]()
    async with app[keys.STORE].read() as connection:
        found = await sessions.find(connection, secret_hash, now)
    if found is None:
        raise NotSignedIn("the session has ended")
    session, agent = found
    if used and now - session.seen_at > SEEN_EVERY:
        await app[keys.STORE].write(lambda tx: sessions.touch(tx, session.id, now))
    return Caller(
        agent=agent,
        secret_hash=secret_hash,
        session_id=session.id,
        csrf_token=session.csrf_token,
    )


def _refuse_other_sites(request: web.Request, caller: Caller) -> None:
    changes = request.method not in ("GET", "HEAD", "OPTIONS")
    upgrades = "Upgrade" in request.headers
    origin = request.headers.get("Origin")
    if (changes or upgrades) and origin is not None:
        site = request.app[keys.SITE]
        if not site.is_own_origin(request, origin):
            raise NotAllowed("the request comes from another site")
    if changes and not _same(request.headers.get(CSRF_HEADER, ""), caller.csrf_token or ""):
        raise NotAllowed(f"send the session's CSRF token as {CSRF_HEADER}")


def _same(given: str, ours: str) -> bool:
    return bool(ours) and hmac.compare_digest(given.encode("utf-8", "replace"), ours.encode())
