"""Presence follows the consoles: a minute after the last is gone, an agent is offline."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from gateway.events import EventKind
from gateway.hub import EVERYTHING, LocalHub, PresenceNews
from gateway.ids import AgentId
from gateway.model.agent import Agent, Presence, Role
from gateway.store import agents
from gateway.store.store import Store
from handoff.agents import Agents
from handoff.attendance import Attendance
from handoff.passwords import Passwords


@pytest.fixture
def attendance(store: Store, hub: LocalHub, clock: Any) -> Attendance:
    return Attendance(store, hub, clock)


@pytest.fixture
def people(store: Store, hub: LocalHub, clock: Any) -> Agents:
    return Agents(store, hub, Passwords(), clock)


async def presence(store: Store, id: AgentId) -> Presence:
    async with store.read() as connection:
        return (await agents.get(connection, id)).presence


async def test_a_minute_after_the_last_console_is_gone_the_agent_is_offline(
    store: Store, attendance: Attendance, sara: Agent, clock: Any
) -> None:
    async with attendance.of(sara.id), attendance.of(sara.id):
        clock.forward(minutes=5)
        await attendance.look()
        clock.forward(minutes=5)
    await attendance.look()
    assert await presence(store, sara.id) is Presence.ONLINE
    clock.forward(seconds=59)
    await attendance.look()
    assert await presence(store, sara.id) is Presence.ONLINE
    clock.forward(seconds=2)
    await attendance.look()
    assert await presence(store, sara.id) is Presence.OFFLINE


async def test_who_comes_back_is_what_he_was(
    store: Store, hub: LocalHub, attendance: Attendance, people: Agents, sara: Agent, clock: Any
) -> None:
    await people.set_presence(sara, Presence.AWAY)
    async with attendance.of(sara.id):
        pass
    clock.forward(minutes=2)
    with hub.listen(EVERYTHING) as listener:
        await attendance.look()
        async with attendance.of(sara.id):
            assert await presence(store, sara.id) is Presence.AWAY
        told = [each for each in listener.rest() if isinstance(each, PresenceNews)]
    assert [each.presence for each in told] == [Presence.OFFLINE, Presence.AWAY]


async def test_an_offline_that_was_chosen_holds(
    store: Store, attendance: Attendance, people: Agents, sara: Agent, clock: Any
) -> None:
    async with attendance.of(sara.id):
        await people.set_presence(sara, Presence.OFFLINE)
    clock.forward(minutes=2)
    await attendance.look()
    async with attendance.of(sara.id):
        assert await presence(store, sara.id) is Presence.OFFLINE


async def test_a_console_at_another_replica_keeps_one_present(
    store: Store, hub: LocalHub, attendance: Attendance, sara: Agent, clock: Any
) -> None:
    other = Attendance(store, hub, clock)
    async with other.of(sara.id):
        async with attendance.of(sara.id):
            pass
        for _ in range(10):
            clock.forward(seconds=10)
            await other.look()
            await attendance.look()
        assert await presence(store, sara.id) is Presence.ONLINE


async def test_after_a_crash_whoever_does_not_come_back_is_offline(
    store: Store, hub: LocalHub, attendance: Attendance, sara: Agent, clock: Any
) -> None:
    crashed = attendance.of(sara.id)
    await crashed.__aenter__()
    clock.forward(minutes=2)
    await Attendance(store, hub, clock).look()
    assert await presence(store, sara.id) is Presence.OFFLINE


async def test_a_program_that_never_opened_a_console_keeps_its_presence(
    store: Store, attendance: Attendance, sara: Agent, clock: Any
) -> None:
    clock.forward(days=1)
    await attendance.look()
    assert await presence(store, sara.id) is Presence.ONLINE


async def test_a_new_agent_is_online_with_the_first_console(
    store: Store, attendance: Attendance, people: Agents, customers: Any
) -> None:
    neda = await people.make(
        name="Neda", email="neda@example.com", role=Role.AGENT, password="correct horse"
    )
    assert await presence(store, neda.id) is Presence.OFFLINE
    async with attendance.of(neda.id):
        assert await presence(store, neda.id) is Presence.ONLINE
    kinds = [each.kind for each in await customers.events()]
    assert kinds.count(EventKind.PRESENCE_CHANGED) == 1


async def test_the_consoles_socket_keeps_the_agent_present(
    signed_in: Any, server: Any, store: Store, sara: Agent, people: Agents, clock: Any
) -> None:
    await store.write(
        lambda tx: agents.change(
            tx, sara.id, presence=Presence.OFFLINE.value, comes_back_as=Presence.ONLINE.value
        )
    )
    browser = await signed_in(sara)
    async with browser.client.ws_connect("/api/v1/socket", headers=browser.headers) as socket:
        await socket.send_json({"type": "hello"})
        assert (await socket.receive_json())["type"] == "ready"
        assert (await browser.get("/me"))["presence"] == "online"
    await asyncio.sleep(0)
