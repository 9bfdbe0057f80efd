"""Idempotency-Key: a repeat of a POST is answered with the first answer.

A client whose connection broke does not know whether its POST was done. It sends it
again under the same key: one of the two runs, the other gets that one's answer. Answers
may hold a new token or a customer's words, so what is kept of them is encrypted with
the key that only the client has.
"""

from __future__ import annotations

import asyncio
import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Awaitable, Callable

from aiohttp import web
from cryptography.fernet import Fernet, InvalidToken

from gateway.store import idempotency
from gateway.store.idempotency import FirstAnswer
from gateway.web import keys
from gateway.web.auth import Caller
from gateway.web.problem import FieldError, Problem, ProblemError, bad_fields

HEADER = "Idempotency-Key"
LONGEST = 200

PATIENCE = 10.0
"""Seconds that a repeat waits for the first answer."""
LOOK_EVERY = 0.05

Handle = Callable[[], Awaitable[web.StreamResponse]]


async def once(
    request: web.Request, caller: Caller, raw: bytes, handle: Handle
) -> web.StreamResponse:
    """Run `handle`, unless the caller's key says that this was done already."""
    key = request.headers.get(HEADER)
    if key is None:
        return await handle()
    if not 0 < len(key) <= LONGEST or not key.isascii() or not key.isprintable():
        error = FieldError(field=HEADER, message="1 to 200 ASCII characters", where="header")
        raise bad_fields([error])
    return await _once(_Request(request, caller, key, raw), handle)


class _Request:
    """One request under a key, and what the store knows of it."""

    def __init__(self, request: web.Request, caller: Caller, key: str, raw: bytes) -> None:
        self._agent = caller.agent.id
        self._clock = request.app[keys.CLOCK]
        self._store = request.app[keys.STORE]
        self._route = f"{request.method} {request.path}"[:200]
        self._body_hash = hashlib.sha256(raw).hexdigest()
        self._key_hash = _hash("key", self._agent, key)
        self._cipher = Fernet(urlsafe_b64encode(_digest("answer", self._agent, key)))

    async def begin(self) -> tuple[FirstAnswer, bool]:
        now = self._clock()
        known, ours = await self._store.write(
            lambda tx: idempotency.begin(
                tx, self._agent, self._key_hash, self._route, self._body_hash, now
            )
        )
        if (known.route, known.body_hash) != (self._route, self._body_hash):
            error = FieldError(field=HEADER, message="was used for another request", where="header")
            raise bad_fields([error])
        return known, ours

    async def finish(self, id: str, answer: web.StreamResponse) -> None:
        """Keep a success; of anything else a repeat may make a success."""
        if isinstance(answer, web.Response) and answer.status < 300:
            kept = self._cipher.encrypt(answer.body if isinstance(answer.body, bytes) else b"")
            await self._store.write(lambda tx: idempotency.finish(tx, id, answer.status, kept))
        else:
            await self.forget(id)

    async def forget(self, id: str) -> None:
        await self._store.write(lambda tx: idempotency.forget(tx, id))

    def open(self, known: FirstAnswer) -> web.Response | None:
        """The first answer again, if there is one yet."""
        if known.status is None or known.answer is None:
            return None
        try:
            body = self._cipher.decrypt(known.answer)
        except InvalidToken as exc:
            raise ProblemError(Problem(status=409, detail="The answer is lost")) from exc
        response = web.Response(status=known.status, headers={"Idempotent-Replayed": "true"})
        if body:
            response.body = body
            response.content_type = "application/json"
        return response


async def _once(request: _Request, handle: Handle) -> web.StreamResponse:
    loop = asyncio.get_running_loop()
    patient_until = loop.time() + PATIENCE
    while True:
        known, ours = await request.begin()
        if ours:
            return await _first(request, known.id, handle)
        if answer := request.open(known):
            return answer
        if loop.time() > patient_until:
            break
        await asyncio.sleep(LOOK_EVERY)
    raise ProblemError(
        Problem(
            status=409,
            slug="still-running",
            detail="The first request under this key is still running",
            headers={"Retry-After": "1"},
        )
    )


async def _first(request: _Request, id: str, handle: Handle) -> web.StreamResponse:
    try:
        answer = await handle()
    except Exception:
        await request.forget(id)
        raise
    await request.finish(id, answer)
    return answer


def _hash(purpose: str, agent: str, key: str) -> str:
    return _digest(purpose, agent, key).hex()


def _digest(purpose: str, agent: str, key: str) -> bytes:
    return hashlib.sha256(f"peyk {purpose}\n{agent}\n{key}".encode()).digest()
