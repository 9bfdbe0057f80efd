"""Passwords: hashed with argon2, in a thread, and only a few at a time."""

from __future__ import annotations

import asyncio
import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

AT_ONCE = 2
"""Each takes a core and 64 MiB for some tens of milliseconds."""

SHORTEST = 8
LONGEST = 1000


class Passwords:
    """Makes hashes and checks against them; an unknown agent's check takes as long."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._nobodys = self._hasher.hash(secrets.token_urlsafe())

    async def hash(self, password: str) -> str:
        async with self._turns:
            return await asyncio.to_thread(self._hasher.hash, password)

    async def check(self, password_hash: str | None, password: str) -> bool:
        """Whether it is the password; None for a hash means nobody, and never is."""
        async with self._turns:
            same = await asyncio.to_thread(self._same, password_hash or self._nobodys, password)
        return same and password_hash is not None

    def is_old(self, password_hash: str) -> bool:
        """Whether the hash was made with weaker settings than today's."""
        return self._hasher.check_needs_rehash(password_hash)

    def _same(self, password_hash: str, password: str) -> bool:
        try:
            return self._hasher.verify(password_hash, password)
        except (VerificationError, InvalidHashError):
            return False


def new_password() -> str:
    """A random one, for the first admin."""
    return secrets.token_urlsafe(12)
