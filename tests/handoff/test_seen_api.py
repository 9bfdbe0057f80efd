"""What is unread: for each agent by himself, and never again once it was seen."""

from __future__ import annotations

from typing import Any

import pytest

from gateway.ids import new_id
from gateway.model.agent import Agent


@pytest.fixture
async def me(signed_in: Any, sara: Agent) -> Any:
    return await signed_in(sara)


async def row(browser: Any) -> tuple[int, int]:
    (row,) = (await browser.get("/conversations"))["items"]
    return row["seen_seq"], row["unread"]


async def test_what_the_customer_said_is_unread_until_it_is_seen(me: Any, customers: Any) -> None:
    id = await customers.wait("visitor")
    await customers.write("visitor")
    assert await row(me) == (0, 2)
    assert await me.post(f"/conversations/{id}/seen", {"seq": 2}) == {"seen_seq": 2, "unread": 0}
    await customers.write("visitor")
    assert await row(me) == (2, 1)
    assert (await me.get(f"/conversations/{id}"))["unread"] == 1


async def test_what_one_agent_saw_another_did_not(
    me: Any, customers: Any, signed_in: Any, omid: Agent
) -> None:
    id = await customers.wait()
    await me.post(f"/conversations/{id}/seen", {"seq": 1})
    assert await row(me) == (1, 0)
    assert await row(await signed_in(omid)) == (0, 1)


async def test_seen_never_goes_back_and_never_ahead(me: Any, customers: Any) -> None:
    id = await customers.wait("visitor")
    await customers.write("visitor")
    await me.post(f"/conversations/{id}/seen", {"seq": 900})
    assert await row(me) == (2, 0)
    await me.post(f"/conversations/{id}/seen", {"seq": 1})
    assert await row(me) == (2, 0)


async def test_what_agents_say_is_not_unread(me: Any, customers: Any) -> None:
    id = await customers.wait()
    await me.post(f"/conversations/{id}/seen", {"seq": 1})
    await me.post(f"/conversations/{id}/notes", {"text": "he called"})
    assert await row(me) == (1, 0)


async def test_unread_is_counted_to_a_hundred(me: Any, customers: Any) -> None:
    await customers.wait("visitor")
    for _ in range(104):
        await customers.write("visitor")
    assert await row(me) == (0, 100)


async def test_nobody_sees_what_is_not_there(me: Any) -> None:
    status, _ = await me.call("POST", f"/conversations/{new_id()}/seen", json={"seq": 1})
    assert status == 404
