"""Signing in and out: who may try how often, and what a session is."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta

from aiohttp import web

from gateway.clock import Clock
from gateway.errors import NotSignedIn
from gateway.ids import new_id
from gateway.model.agent import Agent
from gateway.model.session import Session
from gateway.store import agents, sessions, signins
from gateway.store.agents import WithPassword
from gateway.store.store import Store
from gateway.store.tx import Tx
from gateway.web.auth import hash_secret, new_secret
from handoff.passwords import Passwords

LIFETIME = timedelta(days=7)
"""How long a session lives at most, however busy."""

PER_EMAIL = 10
PER_NETWORK_ADDRESS = 50
"""Failed attempts within `signins.WINDOW`."""


@dataclass(frozen=True, kw_only=True)
class SignedIn:
    """A new session. `secret` goes into the cookie and is kept nowhere else."""

    agent: Agent
    session: Session
    secret: str


class SignIn:
    """Checks passwords against the store and opens sessions."""

    def __init__(self, store: Store, passwords: Passwords, clock: Clock) -> None:
        self._store = store
        self._passwords = passwords
        self._clock = clock

    async def sign_in(
        self, email: str, password: str, *, network_address: str, user_agent: str
    ) -> SignedIn:
        """Open a session.

        Raises TooMany, or NotSignedIn, which says and takes the same for a wrong password,
        an unknown email and a disabled agent.
        """
        attempts = await self._attempt(email, network_address)
        found = await self._check(email, password)
        secret = new_secret()
        session = self._new_session(found.agent, network_address, user_agent)

        async def open_session(tx: Tx) -> None:
            await sessions.insert(tx, session, hash_secret(secret))
            await signins.succeeded(tx, attempts, _subject(email))
            await signins.forget_old(tx, session.created_at)
            await sessions.forget_ended(tx, session.created_at - LIFETIME)

        await self._store.write(open_session)
        await self._renew_hash(found, password)
        return SignedIn(agent=found.agent, session=session, secret=secret)

    async def confirm(self, agent: Agent, password: str, *, network_address: str) -> None:
        """Ask a signed-in agent's password again, under the same limits.

        Raises TooMany or NotSignedIn.
        """
        attempts = await self._attempt(agent.email, network_address)
        await self._check(agent.email, password)
        await self._store.write(lambda tx: signins.succeeded(tx, attempts, _subject(agent.email)))

    async def _attempt(self, email: str, network_address: str) -> list[str]:
        limits = {_subject(email): PER_EMAIL, f"from {network_address}": PER_NETWORK_ADDRESS}
        now = self._clock()
        return await self._store.write(lambda tx: signins.attempt(tx, limits, now), "sign-in")

    async def _check(self, email: str, password: str) -> WithPassword:
        async with self._store.read() as connection:
            found = await agents.find_by_email(connection, email)
        good = await self._passwords.check(found.password_hash if found else None, password)
        if found is None or not good or found.agent.disabled:
            raise NotSignedIn("the email or the password is wrong")
        return found

    def _new_session(self, agent: Agent, network_address: str, user_agent: str) -> Session:
        now = self._clock()
        return Session(
            id=new_id(),
            agent_id=agent.id,
            csrf_token=new_secret(),
            network_address=network_address,
            user_agent=user_agent.encode("ascii", "replace").decode()[:300],
            created_at=now,
            seen_at=now,
            expires_at=now + LIFETIME,
        )

    async def _renew_hash(self, found: WithPassword, password: str) -> None:
        if self._passwords.is_old(found.password_hash):
            fresh = await self._passwords.hash(password)
            await self._store.write(
                lambda tx: agents.change(tx, found.agent.id, password_hash=fresh)
            )


SIGN_IN = web.AppKey("sign_in", SignIn)


def _subject(email: str) -> str:
    return "email " + hashlib.sha256(email.strip().lower().encode()).hexdigest()
