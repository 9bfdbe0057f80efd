"""Where attachments' bytes lie: a folder now, other storage behind the same border later."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from gateway.errors import NotFound, TooLarge

CHUNK = 64 * 1024

PART_AGE = 3600.0
"""Seconds after which a file that is still not whole never will be."""


class Files(Protocol):
    """Keeps bytes under a key."""

    async def put(self, key: str, chunks: AsyncIterator[bytes], limit: int) -> int:
        """Store durably and answer the size in bytes; raises TooLarge past `limit`."""

    def path(self, key: str) -> Path:
        """Where the bytes lie. Raises NotFound."""

    async def forget(self, key: str) -> None:
        """Delete the bytes, if they are there."""

    async def forget_parts(self) -> int:
        """Delete what was begun and never finished; how many files that were."""


class FolderFiles:
    """Files in a folder; a key is an id that this gateway made, never a visitor's text."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def put(self, key: str, chunks: AsyncIterator[bytes], limit: int) -> int:
        target = self._target(key)
        await asyncio.to_thread(target.parent.mkdir, parents=True, exist_ok=True)
        part = target.with_suffix(".part")
        try:
            size = await _write(part, chunks, limit)
            await asyncio.to_thread(_keep, part, target)
        finally:
            await asyncio.to_thread(part.unlink, missing_ok=True)
        return size

    def path(self, key: str) -> Path:
        target = self._target(key)
        if not target.is_file():
            raise NotFound("file", key)
        return target

    async def forget(self, key: str) -> None:
        await asyncio.to_thread(self._target(key).unlink, missing_ok=True)

    async def forget_parts(self) -> int:
        """Only old ones: another process may be writing."""
        return await asyncio.to_thread(_forget_parts, self._folder, time.time() - PART_AGE)

    def _target(self, key: str) -> Path:
        if not key.replace("-", "").isalnum():
            raise NotFound("file", key)
        return self._folder / key[-2:] / key


def _forget_parts(folder: Path, before: float) -> int:
    forgotten = 0
    for each in folder.glob("*/*.part"):
        with suppress(FileNotFoundError):  # Its writer has just finished, or given up.
            if each.stat().st_mtime < before:
                each.unlink()
                forgotten += 1
    return forgotten


async def _write(part: Path, chunks: AsyncIterator[bytes], limit: int) -> int:
    size = 0
    with await asyncio.to_thread(part.open, "wb") as file:
        async for chunk in chunks:
            size += len(chunk)
            if size > limit:
                raise TooLarge("file", limit)
            await asyncio.to_thread(file.write, chunk)
        await asyncio.to_thread(_flush, file.fileno(), file.flush)
    return size


def _flush(fileno: int, flush: object) -> None:
    if callable(flush):
        flush()
    os.fsync(fileno)


def _keep(part: Path, target: Path) -> None:
    """Rename and make the folder's entry durable, before anybody is told of the file."""
    part.replace(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
