"""What customers are told of the hours in which people are there."""

from __future__ import annotations

from typing import Any

from tests.channels.chat.site import ChatSite, client_id
from tests.conftest import SetClock

MORNINGS: dict[str, Any] = {
    "timezone": "Asia/Tehran",
    "weekly": {day: [["09:00", "13:00"]] for day in ("sat", "sun", "mon", "tue", "wed", "thu")},
}
"""It is Thursday, 12:30 in Tehran; on Fridays nobody is there."""
SATURDAY = "2026-01-03T05:30:00Z"


async def test_without_hours_people_are_always_there(site: ChatSite) -> None:
    page = await site.visit()
    async with page.socket() as line:
        assert (line.ready["open"], line.ready["opens_at"]) == (True, None)


async def test_a_page_is_told_when_people_will_be_there_again(
    site: ChatSite, clock: SetClock
) -> None:
    await site.change_settings(hours=MORNINGS)
    page = await site.visit()
    async with page.socket() as line:
        assert (line.ready["open"], line.ready["opens_at"]) == (True, None)
        clock.forward(hours=1)
        ack = await line.say("a person please")
        await site.hand_off(ack["conversation_id"])
        waiting = await line.get("state", state="waiting")
        assert (waiting["open"], waiting["opens_at"]) == (False, SATURDAY)
    async with page.socket() as line:
        assert (line.ready["open"], line.ready["opens_at"]) == (False, SATURDAY)
    listed = (await page.call("GET", "/messages"))[1]
    assert (listed["open"], listed["opens_at"]) == (False, SATURDAY)


async def test_new_hours_count_from_the_next_frame_on(site: ChatSite) -> None:
    page = await site.visit()
    async with page.socket() as line:
        ack = await line.say("hello")
        await site.change_settings(hours={**MORNINGS, "weekly": {}})
        await site.tell_inbox_changed()
        await line.send({"type": "ping"})
        await line.get("pong")
        await site.hand_off(ack["conversation_id"])
        waiting = await line.get("state", state="waiting")
        assert (waiting["open"], waiting["opens_at"]) == (False, None)


async def test_a_page_without_a_conversation_is_told_too(site: ChatSite, clock: SetClock) -> None:
    await site.change_settings(hours=MORNINGS)
    page = await site.visit()
    async with page.socket() as line:
        clock.forward(hours=1)
        (feed,) = site.chat._feeds()
        await feed._look_again()
        told = await line.get("state")
        assert (told["conversation_id"], told["state"], told["open"]) == (None, None, False)
        await line.send({"type": "message", "client_id": client_id(), "text": "salam"})
        assert (await line.get("state"))["state"] == "with_bot"
