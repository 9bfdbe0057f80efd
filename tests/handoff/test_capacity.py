"""Claim-next stops at an agent's capacity; what he means to take he takes."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from gateway.errors import AtCapacity
from gateway.model.agent import Agent
from gateway.store import agents
from gateway.store.store import Store
from handoff.desk import Desk


@pytest.fixture
async def two(store: Store, sara: Agent) -> Agent:
    await store.write(lambda tx: agents.change(tx, sara.id, capacity=2))
    return sara


async def test_claim_next_stops_at_the_capacity(desk: Desk, two: Agent, customers: Any) -> None:
    for _ in range(3):
        await customers.wait()
    assert await desk.claim_next(two)
    assert await desk.claim_next(two)
    with pytest.raises(AtCapacity) as raised:
        await desk.claim_next(two)
    assert (raised.value.load, raised.value.capacity) == (2, 2)


async def test_a_certain_conversation_may_be_claimed_beyond_it(
    desk: Desk, two: Agent, customers: Any
) -> None:
    for _ in range(2):
        await customers.wait()
        await desk.claim_next(two)
    third = await customers.wait()
    assert (await desk.claim(two, third)).owner.id == two.id


async def test_what_is_snoozed_or_resolved_makes_room(
    desk: Desk, two: Agent, customers: Any, clock: Any
) -> None:
    held = []
    for _ in range(2):
        await customers.wait()
        claimed = await desk.claim_next(two)
        assert claimed
        held.append(claimed)
    await customers.wait()
    await customers.wait()
    await desk.snooze(two, held[0].id, clock() + timedelta(hours=1))
    assert await desk.claim_next(two)
    await desk.resolve(two, held[1].id)
    assert await desk.claim_next(two)


async def test_pressing_twice_at_once_does_not_pass_it(
    desk: Desk, two: Agent, customers: Any
) -> None:
    for _ in range(6):
        await customers.wait()
    done = await asyncio.gather(*(desk.claim_next(two) for _ in range(6)), return_exceptions=True)
    assert sum(isinstance(each, AtCapacity) for each in done) == 4


async def test_the_problem_says_how_many_one_holds_and_takes(
    signed_in: Any, desk: Desk, sara: Agent, customers: Any
) -> None:
    me = await signed_in(sara)
    status, said = await me.call("PATCH", "/me", json={"capacity": 1})
    assert (status, said["capacity"], said["load"]) == (200, 1, 0)
    await customers.wait()
    await customers.wait()
    await me.post("/conversations/next")
    said = await me.post("/conversations/next", expect=409)
    assert said["type"].endswith("/at-capacity")
    assert (said["load"], said["capacity"]) == (1, 1)
    (shown,) = [a for a in (await me.get("/agents"))["items"] if a["id"] == sara.id]
    assert (shown["load"], shown["capacity"], shown["open_conversations"]) == (1, 1, 1)
    status, said = await me.call("PATCH", "/me", json={"capacity": None})
    assert said["capacity"] is None
    await me.post("/conversations/next")


@pytest.mark.parametrize("capacity", [0, -1, 501, 1.5, "3", True])
async def test_a_capacity_is_a_number_of_conversations(
    signed_in: Any, sara: Agent, capacity: object
) -> None:
    me = await signed_in(sara)
    status, said = await me.call("PATCH", "/me", json={"capacity": capacity})
    assert (status, said["errors"][0]["field"]) == (422, "capacity")


async def test_an_admin_sets_an_agents_capacity(
    signed_in: Any, admin: Agent, sara: Agent, queue: Any
) -> None:
    chief, path = await signed_in(admin), f"/agents/{sara.id}"
    status, said = await chief.call("PATCH", path, json={"capacity": 4})
    assert (status, said["capacity"]) == (200, 4)
    status, said = await chief.call("PATCH", path, json={"name": "Sara M."})
    assert said["capacity"] == 4
    status, said = await chief.call("PATCH", path, json={"capacity": None})
    assert said["capacity"] is None
