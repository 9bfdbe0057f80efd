"""What people send is kept as what it is, and never becomes a page of ours."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from gateway.files import FolderFiles
from gateway.ids import AttachmentId, new_id
from gateway.model.message import Attachment
from gateway.web import attachments
from gateway.web.problem import problems

Client = TestClient[web.Request, web.Application]

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\rIHDR" + bytes(40)
LIMIT = 100_000


@pytest.mark.parametrize(
    ("head", "filename", "expected"),
    [
        (PNG, "photo.png", "image/png"),
        (PNG, "photo.txt", "image/png"),
        (b"%PDF-1.7 ...", "bill.pdf", "application/pdf"),
        (b"\xff\xd8\xff\xe0" + bytes(20), "a", "image/jpeg"),
        ("سلام، خوبی؟".encode(), "note.txt", "text/plain"),
        ("سلام".encode()[:-1], "cut in a letter.txt", "text/plain"),
        (b"a,b\r\n1,2\r\n", "orders.csv", "text/plain"),
        (b"<html><script>alert(1)</script>", "x.txt", "application/octet-stream"),
        (b"\xef\xbb\xbf \n<svg onload='x'/>", "x", "application/octet-stream"),
        (b"alert(1)", "x.js", "application/octet-stream"),
        (PNG, "x.SVG", "application/octet-stream"),
        (b"\x00\x01\x02", "x.bin", "application/octet-stream"),
        (b"\xff\xfe\xfd", "x.txt", "application/octet-stream"),
    ],
)
def test_a_type_is_told_by_content_and_never_active(
    head: bytes, filename: str, expected: str
) -> None:
    assert attachments.sniff(head, filename) == expected


@pytest.mark.parametrize(
    ("given", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\فاکتور.pdf", "فاکتور.pdf"),
        ("می\u200cخواهم.txt", "می\u200cخواهم.txt"),
        ("harmless\u202egpj.exe", "harmlessgpj.exe"),
        ("a\r\nSet-Cookie: x=1.txt", "aSet-Cookie: x=1.txt"),
        ("...", "file"),
        ("", "file"),
        ("\x00\x01", "file"),
        ("x" * 500 + ".pdf", "x" * 146 + ".pdf"),
    ],
)
def test_a_name_loses_what_could_mislead(given: str, safe: str) -> None:
    assert attachments.safe_filename(given) == safe


@pytest.fixture
def files(tmp_path: Path) -> FolderFiles:
    return FolderFiles(tmp_path / "files")


@pytest.fixture
async def client(files: FolderFiles) -> AsyncIterator[Client]:
    kept: list[Attachment] = []

    async def take(request: web.Request) -> web.StreamResponse:
        stored = await attachments.store_upload(request, files, LIMIT)
        kept.append(
            Attachment(
                id=AttachmentId(new_id()),
                filename=stored.filename,
                content_type=stored.content_type,
                size=stored.size,
                key=stored.key,
                created_at=datetime.now(UTC),
            )
        )
        return web.json_response({"size": stored.size, "content_type": stored.content_type})

    async def give(request: web.Request) -> web.StreamResponse:
        return attachments.file_response(files.path(kept[-1].key), kept[-1])

    app = web.Application(middlewares=[problems])
    app.router.add_post("/", take)
    app.router.add_get("/", give)
    async with TestClient(TestServer(app)) as client:
        yield client


def form(content: bytes, filename: str, field: str = "file") -> aiohttp.FormData:
    data = aiohttp.FormData()
    data.add_field(field, content, filename=filename, content_type="text/html")
    return data


@pytest.mark.parametrize(
    ("content", "filename", "content_type", "kind"),
    [
        (PNG, "عکس.png", "image/png", "inline"),
        (b"<svg onload=alert(1)>", "x.svg", "application/octet-stream", "attachment"),
        (b"<!doctype html>", "x.html", "application/octet-stream", "attachment"),
        (b"%PDF-1.7", "x.pdf", "application/pdf", "attachment"),
        (b"hello", "x.txt", "text/plain; charset=utf-8", "attachment"),
    ],
)
async def test_a_file_comes_back_whole_and_harmless(
    client: Client, content: bytes, filename: str, content_type: str, kind: str
) -> None:
    async with client.post("/", data=form(content, filename)) as response:
        assert (response.status, (await response.json())["size"]) == (200, len(content))
    async with client.get("/") as response:
        assert await response.read() == content
        assert response.headers["Content-Type"] == content_type
        assert response.headers["Content-Disposition"].startswith(kind)
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in response.headers["Content-Security-Policy"]


async def test_a_file_past_the_limit_is_refused_and_leaves_nothing(
    client: Client, tmp_path: Path
) -> None:
    for size in (LIMIT + 1, LIMIT * 3):
        async with client.post("/", data=form(bytes(size), "x")) as response:
            assert response.status == 413
    assert not [each for each in (tmp_path / "files").rglob("*") if each.is_file()]


async def test_a_file_of_just_the_limit_is_taken(client: Client) -> None:
    async with client.post("/", data=form(bytes(LIMIT), "x")) as response:
        assert (await response.json())["size"] == LIMIT


@pytest.mark.parametrize(
    ("raw", "content_type", "status"),
    [
        (b"", "multipart/form-data; boundary=x", 422),
        (b"", "multipart/form-data", 422),
        (b"nonsense", "multipart/form-data; boundary=x", 422),
        (b"--x\r\n\r\nno name\r\n--x--\r\n", "multipart/form-data; boundary=x", 422),
        (b"--x--\r\n", "multipart/form-data; boundary=x", 422),
        (
            b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nbroken off',
            "multipart/form-data; boundary=x",
            422,
        ),
        (
            b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n'
            b"\r\n\r\n--x--\r\n",
            "multipart/form-data; boundary=x",
            422,
        ),
        (
            b'--x\r\nContent-Disposition: form-data; name="file"\r\n'
            b"Content-Transfer-Encoding: base64\r\n\r\n!!\r\n--x--\r\n",
            "multipart/form-data; boundary=x",
            422,
        ),
        (
            b'--x\r\nContent-Disposition: form-data; name="file"\r\n'
            b"Content-Type: multipart/mixed; boundary=y\r\n\r\n--y--\r\n--x--\r\n",
            "multipart/form-data; boundary=x",
            422,
        ),
        (b"--x\r\n" + b"a" * 9000 + b"\r\n\r\n", "multipart/form-data; boundary=x", 422),
        (b"{}", "application/json", 415),
        (b"x", f"multipart/form-data; boundary={'y' * 100}", 422),
    ],
)
async def test_what_is_no_form_is_refused(
    client: Client, raw: bytes, content_type: str, status: int
) -> None:
    async with client.post("/", data=raw, headers={"Content-Type": content_type}) as response:
        assert response.status == status
