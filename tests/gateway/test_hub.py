"""The hub may lose news, but says so, and never blocks who publishes."""

from __future__ import annotations

import asyncio

import pytest

from gateway.hub import BOX, EVERYTHING, LocalHub, Overrun, PresenceNews, about_contact
from gateway.model.agent import Presence


def news(n: int) -> PresenceNews:
    return PresenceNews(agent_id=str(n), presence=Presence.ONLINE)


async def test_a_listener_hears_its_topics_and_no_others() -> None:
    hub = LocalHub()
    with hub.listen(about_contact("a")) as mine, hub.listen(EVERYTHING) as everything:
        hub.publish(about_contact("a"), news(1))
        hub.publish(about_contact("b"), news(2))
        hub.publish(EVERYTHING, news(3))
        assert await mine.get() == news(1)
        assert [await everything.get() for _ in range(3)] == [news(1), news(2), news(3)]
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(mine.get(), 0.05)


async def test_a_slow_listener_is_told_that_it_missed_something() -> None:
    hub = LocalHub()
    with hub.listen(EVERYTHING) as slow:
        for n in range(3 * BOX):
            hub.publish(EVERYTHING, news(n))
        heard = [await slow.get()]
        while heard[-1] != news(3 * BOX - 1):
            heard.append(await slow.get())
    assert Overrun() in heard
    assert len(heard) <= BOX + 2


async def test_who_stopped_listening_costs_nothing_more() -> None:
    hub = LocalHub()
    with hub.listen("t") as listener:
        pass
    hub.publish("t", news(1))
    with hub.listen("t") as again:
        hub.publish("t", news(2))
        assert await again.get() == news(2)
    assert listener is not again


async def test_news_that_a_listener_does_not_want_do_not_fill_its_box() -> None:
    hub = LocalHub()
    with hub.listen(EVERYTHING, wanted=lambda each: each == news(0)) as listener:
        for n in range(BOX + 1):
            hub.publish("t", news(n))
        assert listener.rest() == [news(0)]
