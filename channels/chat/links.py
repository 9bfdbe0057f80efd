"""Addresses of files that are good for a while, so that a page can show an image by them."""

from __future__ import annotations

import hashlib
import hmac
from datetime import timedelta

from gateway.clock import Clock
from gateway.ids import AttachmentId
from gateway.store import secrets
from gateway.store.store import Store
from gateway.web.auth import new_secret

LIFETIME = timedelta(hours=1)
"""How long an address is good at least; at most it is twice as long, so that caches can help."""


class Links:
    """Signs and checks. An address is only ever given to whom the file was shown."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._secret = b""

    async def learn_secret(self, store: Store) -> None:
        """The secret that all processes on this store share; made at the first start."""
        fresh = new_secret()
        kept = await store.write(lambda tx: secrets.keep(tx, "chat-links", fresh))
        self._secret = kept.encode()

    def address(self, id: AttachmentId) -> str:
        window = int(LIFETIME.total_seconds())
        until = (int(self._clock().timestamp()) // window + 2) * window
        return f"/chat/v1/attachments/{id}?sig={until}.{self._sign(id, until)}"

    def holds(self, id: str, sig: str) -> bool:
        """Whether this signature opens this file now."""
        until, _, given = sig.partition(".")
        if not (until.isascii() and until.isdigit() and len(until) < 12):
            return False
        if int(until) <= self._clock().timestamp():
            return False
        expected = self._sign(id, int(until)).encode()
        return hmac.compare_digest(given.encode("utf-8", "replace"), expected)

    def _sign(self, id: str, until: int) -> str:
        if not self._secret:
            raise RuntimeError("the secret is not known yet")
        words = f"peyk chat attachment\n{id}\n{until}".encode()
        return hmac.new(self._secret, words, hashlib.sha256).hexdigest()
