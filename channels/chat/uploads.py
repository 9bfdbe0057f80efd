"""Files that visitors uploaded and never sent: forgotten after a day."""

from __future__ import annotations

from datetime import timedelta

from gateway.clock import Clock
from gateway.files import Files
from gateway.store import attachments
from gateway.store.store import Store

KEPT_FOR = timedelta(days=1)
"""How long a page may take from an upload to the message that carries it."""


class Uploads:
    """First the row goes, then the bytes: no message can be tied to a file that is gone."""

    def __init__(self, store: Store, files: Files, clock: Clock) -> None:
        self._store = store
        self._files = files
        self._clock = clock

    async def forget_abandoned(self) -> int:
        """Delete what no message carries; how many files that were."""
        before = self._clock() - KEPT_FOR
        forgotten = 0
        while keys := await self._store.write(lambda tx: attachments.forget_unsent(tx, before)):
            for key in keys:
                await self._files.forget(key)
            forgotten += len(keys)
        return forgotten
