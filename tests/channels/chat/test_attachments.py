"""Files of visitors: taken, shown to those allowed, never active."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from aiohttp import FormData

from gateway.ids import AttachmentId, new_id
from gateway.model.message import Attachment, Author, AuthorKind, Draft, MessageKind
from gateway.store import attachments, tables
from tests.channels.chat.site import MAX_FILE, ChatSite, Page, client_id
from tests.conftest import SetClock

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 64
HTML = b"<!doctype html><script>alert(1)</script>"
SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"


async def upload(
    page: Page, data: bytes, filename: str = "photo.png", kind: str = "image/png"
) -> tuple[int, Any]:
    form = FormData()
    form.add_field("file", data, filename=filename, content_type=kind)
    return await page.call("POST", "/attachments", data=form)


async def uploaded(page: Page, data: bytes = PNG, filename: str = "photo.png") -> dict[str, Any]:
    status, said = await upload(page, data, filename)
    assert status == 201, said
    return dict(said)


async def fetch(site: ChatSite, url: str, page: Page | None = None) -> tuple[int, Any, bytes]:
    headers = {"Authorization": f"Bearer {page.token}"} if page else {}
    async with site.session.get(site.server.make_url(url), headers=headers) as response:
        return response.status, response.headers, await response.read()


async def test_a_file_goes_with_a_message_to_all_tabs_and_can_be_fetched(
    site: ChatSite,
) -> None:
    page = await site.visit()
    file = await uploaded(page)
    assert set(file) == {"id", "filename", "content_type", "size", "url"}
    assert (file["filename"], file["content_type"]) == ("photo.png", "image/png")
    assert file["size"] == len(PNG)
    async with page.socket() as line, page.socket() as other:
        ack = await line.say("", attachments=[file["id"]])
        (shown,) = (await other.get("message"))["attachments"]
    assert {**shown, "url": ""} == {**file, "url": ""}
    for url, who in ((shown["url"], None), (urlsplit(shown["url"]).path, page)):
        status, headers, body = await fetch(site, url, who)
        assert (status, body) == (200, PNG)
        assert headers["Content-Type"] == "image/png"
        assert headers["X-Content-Type-Options"] == "nosniff"
    (stored,) = await site.messages(ack["conversation_id"])
    assert [each.id for each in stored.attachments] == [file["id"]]


async def test_the_same_message_with_a_file_twice_is_one_message(site: ChatSite) -> None:
    page = await site.visit()
    file = await uploaded(page)
    id = client_id()
    async with page.socket() as line:
        first = await line.say("look", id, attachments=[file["id"]])
        assert await line.say("look", id, attachments=[file["id"]]) == first
        await line.send(
            {
                "type": "message",
                "client_id": client_id(),
                "text": "again",
                "attachments": [file["id"]],
            }
        )
        assert (await line.get("error"))["code"] == "bad_attachment"
    assert len(await site.messages(first["conversation_id"])) == 1


async def test_nobody_sends_another_visitors_file(site: ChatSite) -> None:
    owner, thief = await site.visit(), await site.visit()
    file = await uploaded(owner)
    async with thief.socket() as line:
        for id in (file["id"], new_id()):
            await line.send(
                {"type": "message", "client_id": client_id(), "text": "x", "attachments": [id]}
            )
            error = await line.get("error")
            assert (error["code"], error["field"]) == ("bad_attachment", "attachments")
    body = {"client_id": client_id(), "text": "x", "attachments": [file["id"]]}
    status, said = await thief.call("POST", "/messages", json=body)
    assert (status, said["errors"][0]["field"]) == (422, "attachments")
    assert await site.count(tables.journal) == 0


async def test_a_file_is_another_visitors_404(site: ChatSite) -> None:
    owner, stranger = await site.visit(), await site.visit()
    file = await uploaded(owner)
    await owner.say("mine", attachments=[file["id"]])
    path = urlsplit(file["url"]).path
    assert (await fetch(site, path, stranger))[0] == 404
    assert (await fetch(site, path, owner))[0] == 200
    assert (await fetch(site, path))[0] == 401
    assert (await fetch(site, f"/chat/v1/attachments/{new_id()}", owner))[0] == 404
    assert (await fetch(site, "/chat/v1/attachments/..%2f..%2fpeyk.db", owner))[0] == 404


async def test_a_signed_address_opens_its_file_alone_and_not_for_ever(
    site: ChatSite,
) -> None:
    page = await site.visit()
    one, two = await uploaded(page), await uploaded(page)
    sig = urlsplit(one["url"]).query
    assert (await fetch(site, one["url"]))[0] == 200
    assert (await fetch(site, f"/chat/v1/attachments/{two['id']}?{sig}"))[0] == 401
    until, _, mac = sig.removeprefix("sig=").partition(".")
    for forged in (
        f"{int(until) + 1}.{mac}",
        f"{until}.{mac[:-1]}",
        f"{until}.",
        f"-1.{mac}",
        f"\u06f1.{mac}",
        "",
        "." * 5,
        "9" * 500 + "." + mac,
    ):
        assert (await fetch(site, f"/chat/v1/attachments/{one['id']}?sig={forged}"))[0] == 401
    site.clock.forward(hours=3)  # type: ignore[attr-defined]
    assert (await fetch(site, one["url"]))[0] == 401
    assert (await fetch(site, urlsplit(one["url"]).path, page))[0] == 200


@pytest.mark.parametrize(
    ("data", "filename", "kind"),
    [
        (HTML, "page.html", "text/html"),
        (HTML, "photo.png", "image/png"),
        (SVG, "drawing.svg", "image/svg+xml"),
        (SVG, "photo.jpg", "image/svg+xml"),
        (b"<?xml version='1.0'?><x/>", "x.xml", "application/xml"),
        (PNG + HTML, "photo.html", "text/html"),
        (b"alert(1)", "code.js", "text/javascript"),
    ],
)
async def test_what_a_browser_might_run_is_only_ever_saved(
    site: ChatSite, data: bytes, filename: str, kind: str
) -> None:
    page = await site.visit()
    status, file = await upload(page, data, filename, kind)
    assert status == 201
    _, headers, body = await fetch(site, file["url"])
    assert body == data
    assert headers["Content-Type"] == "application/octet-stream"
    assert headers["Content-Disposition"].startswith("attachment;")
    assert "sandbox" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("filename", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("/abs.png", "abs.png"),
        ("..", "file"),
        ("photo\u202egnp.exe", "photognp.exe"),
        ("عکس من.png", "عکس من.png"),
    ],
)
async def test_a_name_is_kept_without_its_tricks(site: ChatSite, filename: str, kept: str) -> None:
    page = await site.visit()
    body = (
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="'
        + filename.replace("\\", "\\\\").encode()
        + b'"\r\n\r\n'
        + PNG
        + b"\r\n--x--\r\n"
    )
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    status, said = await page.call("POST", "/attachments", data=body, headers=headers)
    assert (status, said.get("filename")) == (201, kept)


async def test_a_file_that_is_too_large_is_413_and_leaves_nothing(
    site: ChatSite, tmp_path: Any
) -> None:
    page = await site.visit()
    assert (await upload(page, b"x" * MAX_FILE))[0] == 201
    status, said = await upload(page, b"x" * (MAX_FILE + 1))
    assert (status, said["errors"][0]["field"]) == (413, "file")
    assert (await upload(page, b"x" * (4 * MAX_FILE)))[0] == 413
    assert await site.count(tables.attachments) == 1
    assert len([p for p in (tmp_path / "files").rglob("*") if p.is_file()]) == 1


@pytest.mark.parametrize("case", ["json", "empty", "no file", "broken", "other name"])
async def test_a_form_that_is_none_is_a_problem_and_no_crash(site: ChatSite, case: str) -> None:
    page = await site.visit()
    kind = {"Content-Type": "multipart/form-data; boundary=x"}
    other = b'--x\r\nContent-Disposition: form-data; name="other"\r\n\r\nx\r\n--x--\r\n'
    cases: dict[str, dict[str, Any]] = {
        "json": {"json": {"file": "x"}},
        "empty": {"data": b"", "headers": kind},
        "no file": {"data": b"--x--\r\n", "headers": kind},
        "broken": {"data": b"--x\r\nContent-Disposition: form-da", "headers": kind},
        "other name": {"data": other, "headers": kind},
    }
    status, said = await page.call("POST", "/attachments", **cases[case])
    assert status in (400, 415, 422), said
    assert await site.count(tables.attachments) == 0


async def test_an_upload_needs_a_session(site: ChatSite) -> None:
    assert (await upload(site.page(), PNG))[0] == 401


async def test_uploads_are_limited_by_number_and_by_weight(site: ChatSite) -> None:
    await site.change_settings(
        limits={
            "uploads_burst": 3,
            "uploads_per_s": 0.1,
            "upload_bytes_burst": 50_000,
            "upload_bytes_per_s": 100,
        }
    )
    many, heavy = await site.visit(), await site.visit()
    assert [(await upload(many, PNG))[0] for _ in range(4)] == [201, 201, 201, 429]
    assert [(await upload(heavy, b"x" * 60_000))[0] for _ in range(2)] == [201, 429]
    site.clock.forward(seconds=300)  # type: ignore[attr-defined]
    assert (await upload(heavy, PNG))[0] == 201


async def test_an_agents_file_reaches_the_customer_and_a_notes_file_does_not(
    site: ChatSite,
) -> None:
    page = await site.visit()
    id = (await page.say("hello"))["conversation_id"]
    agent = await site.agent()
    files = [await _agents_file(site, agent.id) for _ in range(2)]
    author = Author(kind=AuthorKind.AGENT, id=agent.id, name=agent.name)
    for file, kind in zip(files, (MessageKind.MESSAGE, MessageKind.NOTE), strict=True):
        await site._post(id, Draft(author=author, text="", kind=kind, attachment_ids=(file,)))
    async with page.socket(since=1) as line:
        (shown,) = (await line.get("message"))["attachments"]
    assert shown["id"] == files[0]
    assert (await fetch(site, shown["url"]))[0] == 200
    statuses = [(await fetch(site, f"/chat/v1/attachments/{f}", page))[0] for f in files]
    assert statuses == [200, 404]


async def test_a_file_may_go_with_one_of_two_messages_that_race_for_it(site: ChatSite) -> None:
    page = await site.visit()
    file = await uploaded(page)
    async with page.socket() as one, page.socket() as two:
        for line in (one, two):
            await line.send(
                {
                    "type": "message",
                    "client_id": client_id(),
                    "text": "mine",
                    "attachments": [file["id"]],
                }
            )
        await asyncio.gather(one.get("ack"), two.get("ack"))
    _, said = await page.call("GET", "/messages")
    carriers = [each for each in said["items"] if each["attachments"]]
    assert len(carriers) >= 1


async def _agents_file(site: ChatSite, agent_id: str) -> AttachmentId:
    async def chunks() -> Any:
        yield PNG

    key = new_id()
    await site.chat.parts.files.put(key, chunks(), MAX_FILE)
    attachment = Attachment(
        id=AttachmentId(new_id()),
        filename="plan.png",
        content_type="image/png",
        size=len(PNG),
        key=key,
        created_at=site.clock(),
        agent_id=agent_id,
    )
    await site.store.write(lambda tx: attachments.insert(tx, attachment))
    return attachment.id


async def test_a_file_that_no_message_carries_is_forgotten_after_a_day(
    site: ChatSite, clock: SetClock
) -> None:
    page = await site.visit()
    sent, left = await uploaded(page), await uploaded(page)
    await page.say("", attachments=[sent["id"]])
    clock.forward(hours=23)
    late = await uploaded(page)
    assert await site.chat.uploads.forget_abandoned() == 0
    clock.forward(hours=2)
    paths = [await path_of(site, each["id"]) for each in (sent, left, late)]
    assert await site.chat.uploads.forget_abandoned() == 1
    assert [each.exists() for each in paths] == [True, False, True]
    assert [await is_known(page, each["id"]) for each in (sent, left, late)] == [True, False, True]


async def path_of(site: ChatSite, id: str) -> Path:
    async with site.store.read() as connection:
        found = await attachments.get(connection, AttachmentId(id))
    return site.chat.parts.files.path(found.key)


async def is_known(page: Page, id: str) -> bool:
    return (await page.call("GET", f"/attachments/{id}"))[0] == 200
