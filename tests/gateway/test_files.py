"""Attachments in a folder: durable, limited, and nowhere else on the disk."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from gateway.errors import NotFound, TooLarge
from gateway.files import FolderFiles
from gateway.ids import new_id


async def chunks(*given: bytes) -> AsyncIterator[bytes]:
    for each in given:
        yield each


async def test_what_is_put_is_found_again(tmp_path: Path) -> None:
    files, key = FolderFiles(tmp_path), new_id()
    assert await files.put(key, chunks(b"salam ", b"donya"), 100) == 11
    assert files.path(key).read_bytes() == b"salam donya"


async def test_past_the_limit_nothing_is_left(tmp_path: Path) -> None:
    files, key = FolderFiles(tmp_path), new_id()
    with pytest.raises(TooLarge):
        await files.put(key, chunks(b"x" * 60, b"x" * 60), 100)
    with pytest.raises(NotFound):
        files.path(key)
    assert [each for each in tmp_path.rglob("*") if each.is_file()] == []


async def test_an_upload_that_breaks_leaves_nothing(tmp_path: Path) -> None:
    async def broken() -> AsyncIterator[bytes]:
        yield b"half"
        raise ConnectionError

    with pytest.raises(ConnectionError):
        await FolderFiles(tmp_path).put(new_id(), broken(), 100)
    assert [each for each in tmp_path.rglob("*") if each.is_file()] == []


@pytest.mark.parametrize("key", ["../peyk.db", "a/b", "..", "", "x\x00y", "."])
def test_a_key_that_is_none_finds_nothing(tmp_path: Path, key: str) -> None:
    (tmp_path.parent / "peyk.db").write_text("secret")
    with pytest.raises(NotFound):
        FolderFiles(tmp_path / "files").path(key)


async def test_what_was_begun_long_ago_and_never_finished_is_forgotten(tmp_path: Path) -> None:
    files, key = FolderFiles(tmp_path), new_id()
    await files.put(key, chunks(b"whole"), 100)
    old, young = (files.path(key).with_name(f"{name}.part") for name in ("old", "young"))
    for part in (old, young):
        part.write_bytes(b"half")
    os.utime(old, (0, 0))
    assert await files.forget_parts() == 1
    assert (old.exists(), young.exists(), files.path(key).exists()) == (False, True, True)


async def test_what_is_forgotten_is_gone_and_may_be_forgotten_again(tmp_path: Path) -> None:
    files, key = FolderFiles(tmp_path), new_id()
    await files.put(key, chunks(b"salam"), 100)
    for _ in range(2):
        await files.forget(key)
    with pytest.raises(NotFound):
        files.path(key)
