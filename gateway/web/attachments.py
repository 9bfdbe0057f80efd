"""Files that people send: named safely, typed by what is in them, never shown as a page.

What a client says of a file's type is not asked. Whatever a browser might run (HTML, SVG,
XML, scripts) is kept as unknown bytes, and all but a few kinds of image are only ever
offered for saving.
"""

from __future__ import annotations

import unicodedata
from codecs import getincrementaldecoder
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from string import ascii_letters, digits
from typing import Final
from urllib.parse import quote

import filetype  # type: ignore[import-untyped]
from aiohttp import BodyPartReader, web
from aiohttp.http_exceptions import HttpProcessingError

from gateway.errors import BadInput, TooLarge
from gateway.files import CHUNK, Files
from gateway.ids import new_id
from gateway.model.message import Attachment
from gateway.web.problem import Problem, ProblemError

FIELD: Final = "file"
"""The name of the form's part that holds the file; it has to be the first one."""

HEAD: Final = 8192
"""How many bytes are looked at to tell a type."""

INLINE: Final = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
"""What a browser may show in a page; everything else is saved."""

UNKNOWN: Final = "application/octet-stream"

LONGEST_NAME: Final = 150
_FORM_OVERHEAD: Final = 65_536
_ACTIVE_TYPES = frozenset({"application/x-shockwave-flash", "application/xhtml+xml", "text/html"})
_ACTIVE_ENDINGS = frozenset(
    [
        ".htm",
        ".html",
        ".js",
        ".mht",
        ".mhtml",
        ".mjs",
        ".shtml",
        ".svg",
        ".svgz",
        ".swf",
        ".xht",
        ".xhtml",
        ".xml",
        ".xsl",
        ".xslt",
    ]
)
_PLAIN = frozenset(ascii_letters + digits + "._- ")
_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox"


@dataclass(frozen=True, kw_only=True)
class StoredFile:
    """A file whose bytes are durable under `key`; no row speaks of it yet."""

    key: str
    filename: str
    content_type: str
    size: int


async def store_upload(request: web.Request, files: Files, limit: int) -> StoredFile:
    """Store the file of a multipart form.

    Raises BadInput for what is no such form, TooLarge past `limit` bytes.
    """
    part = await _first_part(request, limit)
    filename = safe_filename(part.filename or "")
    chunks = _chunks(part)
    head = await _head(chunks)
    if not head:
        raise BadInput(FIELD, "must not be empty")
    key = new_id()
    size = await files.put(key, _joined(head, chunks), limit)
    return StoredFile(
        key=key, filename=filename, content_type=sniff(head[:HEAD], filename), size=size
    )


def sniff(head: bytes, filename: str = "") -> str:
    """The type of a file by its first bytes; its name can only make it less trusted."""
    kind = filetype.guess_mime(head)
    if Path(filename).suffix.lower() in _ACTIVE_ENDINGS or kind in _ACTIVE_TYPES:
        return UNKNOWN
    if kind is not None:
        return str(kind)
    return "text/plain" if _is_plain_text(head) else UNKNOWN


def safe_filename(name: str) -> str:
    """The name without folders, control and direction marks, at a bearable length."""
    last = name.replace("\\", "/").rpartition("/")[2]
    kept = "".join(
        char
        for char in unicodedata.normalize("NFC", last)
        if unicodedata.category(char)[0] != "C" or char in "\u200c\u200d"
    )
    kept = " ".join(kept.split()).strip(". ")
    return _shortened(kept) or "file"


def file_response(path: Path, attachment: Attachment) -> web.FileResponse:
    """The stored bytes, safe to open whatever they are."""
    shown = attachment.content_type in INLINE
    content_type = attachment.content_type
    if content_type == "text/plain":
        content_type = "text/plain; charset=utf-8"
    return web.FileResponse(
        path,
        headers={
            "Content-Type": content_type,
            "Content-Disposition": _disposition(attachment.filename, inline=shown),
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": _POLICY,
            "Cache-Control": "private, no-cache",
        },
    )


async def _first_part(request: web.Request, limit: int) -> BodyPartReader:
    if request.content_type != "multipart/form-data":
        raise ProblemError(Problem(status=415, detail="Send multipart/form-data"))
    if (request.content_length or 0) > limit + _FORM_OVERHEAD:
        raise TooLarge(FIELD, limit)
    try:
        reader = await request.multipart()
        part = await reader.next()
    except _BROKEN as exc:
        raise BadInput("body", "a multipart form") from exc
    if not isinstance(part, BodyPartReader) or part.name != FIELD:
        raise BadInput(FIELD, "must be the form's first part")
    if part.headers.get("Content-Transfer-Encoding", "binary").lower() not in _AS_IS:
        raise BadInput(FIELD, "must be sent as it is, not encoded")
    return part


_AS_IS = ("binary", "8bit", "7bit")
_BROKEN = (ValueError, AssertionError, RuntimeError, LookupError, HttpProcessingError)
"""What aiohttp's reader raises for a form that is none."""


async def _chunks(part: BodyPartReader) -> AsyncIterator[bytes]:
    while True:
        try:
            chunk = await part.read_chunk(CHUNK)
        except _BROKEN as exc:
            raise BadInput("body", "a whole multipart form") from exc
        if chunk:
            yield chunk
        elif part.at_eof():
            return


async def _head(chunks: AsyncIterator[bytes]) -> bytes:
    head = b""
    async for chunk in chunks:
        head += chunk
        if len(head) >= HEAD:
            break
    return head


async def _joined(head: bytes, rest: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    yield head
    async for chunk in rest:
        yield chunk


def _is_plain_text(head: bytes) -> bool:
    try:
        text = getincrementaldecoder("utf-8-sig")().decode(head)
    except UnicodeDecodeError:
        return False
    if text.lstrip()[:1] == "<":
        return False
    return not any(ord(char) < 32 and char not in "\t\n\r\f" for char in text)


def _shortened(name: str) -> str:
    if len(name) <= LONGEST_NAME:
        return name
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > 10:
        return name[:LONGEST_NAME]
    return stem[: LONGEST_NAME - len(ending) - 1] + dot + ending


def _disposition(filename: str, *, inline: bool) -> str:
    """RFC 6266: a plain name for old clients, the true one for all others."""
    plain = "".join(c if c in _PLAIN else "_" for c in filename)
    kind = "inline" if inline else "attachment"
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(filename, safe='')}"
