"""An ack stands in its place among the messages, however quick the answer is."""

from __future__ import annotations

from typing import Any

import pytest

from tests.channels.chat.site import ChatSite, client_id


async def test_an_ack_comes_before_the_answer_and_once(
    site: ChatSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also when the answer is stored before the socket gets round to acknowledging."""
    receive = site.chat.incoming.receive

    async def answered_at_once(*given: Any) -> Any:
        received = await receive(*given)
        await site.say_as_bot(received.conversation_id, "the answer")
        return received

    monkeypatch.setattr(site.chat.incoming, "receive", answered_at_once)
    page = await site.visit()
    id = client_id()
    async with page.socket() as line:
        await line.say("hello", id)
        await line.silence()
        told = [f for f in line.seen if f["type"] in ("message", "ack", "receipt")]
        assert [(f["type"], f["seq"]) for f in told] == [("ack", 1), ("message", 2), ("receipt", 1)]
        assert (await line.say("hello", id))["seq"] == 1


async def test_a_repeat_on_a_new_connection_is_acknowledged_once(site: ChatSite) -> None:
    page = await site.visit()
    id = client_id()
    first = await page.say("hello", id)
    async with page.socket(since=0) as line:
        ack = await line.say("hello", id)
        assert (ack["seq"], ack["message_id"]) == (first["seq"], first["message_id"])
        await line.silence()
        assert len([f for f in line.seen if f["type"] == "ack"]) == 1
