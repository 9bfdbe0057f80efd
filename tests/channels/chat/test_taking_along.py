"""What was said before, and the conversation as a file."""

from __future__ import annotations

from typing import Any

import pytest

from gateway.model.message import Author, AuthorKind
from tests.channels.chat.site import ChatSite, Page, client_id
from tests.channels.chat.test_attachments import uploaded
from tests.conftest import SetClock

SARA = Author(kind=AuthorKind.AGENT, name="Sara <b>")


async def said(page: Page, *texts: str) -> str:
    """The conversation in which these were said."""
    answers = [await page.say(text) for text in texts]
    return str(answers[-1]["conversation_id"])


async def new_conversation(site: ChatSite, page: Page, id: str, *texts: str) -> str:
    """After the one before was resolved, where nothing is reopened."""
    await site.change_settings(reopen_within_s=0)
    agent = await site.agent()
    conversation = await site.conversation(id)
    await site.desk.claim(agent, conversation.id)
    await site.desk.resolve(agent, conversation.id)
    new = await said(page, *texts)
    assert new != id
    return new


async def earlier(page: Page, id: str, before: int, limit: int) -> tuple[list[Any], bool]:
    query = f"conversation_id={id}&before={before}&limit={limit}"
    status, found = await page.call("GET", f"/messages/earlier?{query}")
    assert status == 200, found
    return [each["text"] for each in found["items"]], found["more"]


async def test_a_page_scrolls_back_to_its_first_conversation(
    site: ChatSite, clock: SetClock
) -> None:
    page = await site.visit()
    old = await said(page, "1", "2", "3")
    new = await new_conversation(site, page, old, "4", "5", "6")
    assert await earlier(page, new, 4, 2) == (["5", "6"], True)
    assert await earlier(page, new, 2, 2) == (["4"], True)
    assert await earlier(page, new, 1, 2) == (["2", "3"], True)
    assert await earlier(page, old, 2, 2) == (["1"], False)
    assert await earlier(page, old, 1, 2) == ([], False)


async def test_what_came_before_is_for_the_visitor_alone(site: ChatSite) -> None:
    page, stranger = await site.visit(), await site.visit()
    id = await said(page, "secret")
    for path in (
        f"/messages/earlier?conversation_id={id}&before=9",
        f"/transcript?conversation_id={id}",
    ):
        assert (await stranger.call("GET", path))[0] == 404
        assert (await site.page().call("GET", path))[0] == 401


async def test_notes_are_not_among_what_came_before(site: ChatSite) -> None:
    page = await site.visit()
    id = await said(page, "question")
    await site.note(id, await site.agent(), "a secret")
    await site.say_as_bot(id, "answer")
    assert await earlier(page, id, 9, 9) == (["question", "answer"], False)
    assert "secret" not in (await page.call("GET", "/transcript"))[1].decode()


async def test_a_page_that_has_nothing_may_begin_with_the_latest(site: ChatSite) -> None:
    page = await site.visit()
    id = await said(page, *"abcdef")
    async with page.socket(since=0, recent=2) as line:
        assert line.ready["seq"] == 6
        await line.get("message", text="f")
        assert line.texts == ["e", "f"]
        await page.say("g")
        await line.get("message", text="g")
    async with page.socket(since=0, recent=2, conversation_id=id) as line:
        await line.get("message", text="g")
        assert line.texts == list("abcdefg")


async def test_a_number_without_its_conversation_tells_rather_too_much(site: ChatSite) -> None:
    page = await site.visit()
    old = await said(page, "1", "2", "3")
    async with page.socket(since=2) as line:
        await line.get("message", text="3")
        assert line.texts == ["3"]
    await new_conversation(site, page, old, "4", "5", "6", "7")
    async with page.socket(since=2) as line:
        await line.get("message", text="7")
        assert line.texts == ["3", "4", "5", "6", "7"]
    async with page.socket(since=4) as line:
        await line.send({"type": "message", "client_id": client_id(), "text": "8"})
        await line.get("ack")
        assert line.texts == []


async def test_a_transcript_is_the_whole_conversation_in_the_visitors_time(
    site: ChatSite, clock: SetClock
) -> None:
    page = await site.visit(locale="en")
    id = await said(page, "where is <my> order?")
    await site.say_as_bot(id, "سفارش PK-1001 در راه است", author=SARA)
    file = await uploaded(page)
    await page.say("", attachments=[file["id"]])
    status, text = await page.call("GET", "/transcript?timezone=Asia/Tehran")
    assert status == 200
    assert text.decode() == (
        "Conversation with \u2068Demo\u2069\n"
        "Saved 2026-01-01 12:30, times of \u2068Asia/Tehran\u2069\n\n"
        "[2026-01-01 12:30] \u2068You\u2069:\nwhere is <my> order?\n\n"
        "[2026-01-01 12:30] \u2068Sara <b>\u2069:\nسفارش PK-1001 در راه است\n\n"
        "[2026-01-01 12:30] \u2068You\u2069:\n\u2068photo.png\u2069\n\n"
    )


async def test_a_transcript_as_a_page_is_safe_and_mirrored(site: ChatSite) -> None:
    page = await site.visit(locale="fa")
    await said(page, "<script>alert(1)</script>")
    url = site.server.make_url("/chat/v1/transcript?format=html&timezone=Asia/Tehran")
    headers = {"Authorization": f"Bearer {page.token}"}
    async with site.session.get(url, headers=headers) as response:
        text = await response.text()
        sent = response.headers
    assert sent["Content-Disposition"] == 'attachment; filename="conversation-1.html"'
    assert "sandbox" in sent["Content-Security-Policy"]
    assert '<html lang="fa" dir="rtl">' in text
    assert "<script" not in text
    assert '<p dir="auto">&lt;script&gt;alert(1)&lt;/script&gt;</p>' in text
    assert "۱۴۰۴-۱۰-۱۱ ۱۲:۳۰" in text


@pytest.mark.parametrize("query", ["timezone=Mars/Olympus", "timezone=../x", "format=pdf"])
async def test_a_transcript_that_cannot_be_made_is_refused(site: ChatSite, query: str) -> None:
    page = await site.visit()
    await said(page, "hello")
    assert (await page.call("GET", f"/transcript?{query}"))[0] in (400, 422)


async def test_a_long_transcript_is_complete(site: ChatSite) -> None:
    page = await site.visit()
    id = await said(page, "first")
    for number in range(250):
        await site.say_as_bot(id, f"line {number}")
    text = (await page.call("GET", "/transcript"))[1].decode()
    assert [f"line {number}\n" in text for number in range(250)] == [True] * 250
