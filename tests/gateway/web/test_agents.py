"""Agents: made and changed by admins, seen by all; the last admin stays."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from gateway.events import Event, EventKind
from gateway.hub import EVERYTHING, LocalHub
from gateway.model.agent import Agent, Role

Staff = dict[Role, Agent]
AGENTS = "/api/v1/agents"


@pytest.fixture
async def admin(open_browser: Any, staff: Staff) -> Any:
    browser = open_browser()
    await browser.sign_in("admin@example.com")
    return browser


def new(email: str, **more: str) -> dict[str, str]:
    return {"name": "New", "email": email, "password": "correct horse", **more}


async def test_a_made_agent_can_sign_in(admin: Any, open_browser: Any) -> None:
    status, made = await admin.call("POST", AGENTS, json=new(" Neda@Example.COM "))
    assert status == 201
    assert (made["email"], made["role"], made["presence"]) == (
        "neda@example.com",
        "agent",
        "offline",
    )
    assert "password" not in str(made)
    assert await open_browser().sign_in("neda@example.com") == 200


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (new("agent@example.com"), "email"),
        (new("AGENT@example.com"), "email"),
        (new("nobody"), "email"),
        (new("a b@example.com"), "email"),
        (new("x" * 250 + "@example.com"), "email"),
        (new("a@example.com", password="short"), "password"),
        (new("a@example.com", role="owner"), "role"),
        (new("a@example.com", name="  "), "name"),
        ({"email": "a@example.com", "password": "correct horse"}, "name"),
    ],
)
async def test_a_bad_agent_is_not_made(admin: Any, body: dict[str, str], field: str) -> None:
    status, said = await admin.call("POST", AGENTS, json=body)
    assert (status, [error["field"] for error in said["errors"]]) == (422, [field])


async def test_two_with_one_email_at_once_are_one(admin: Any) -> None:
    found = await asyncio.gather(
        *(admin.call("POST", AGENTS, json=new("one@example.com")) for _ in range(8))
    )
    assert sorted(status for status, _ in found) == [201] + [422] * 7


async def test_everybody_sees_all_agents_page_by_page(open_browser: Any, staff: Staff) -> None:
    browser = open_browser()
    await browser.sign_in("agent@example.com")
    _, first = await browser.call("GET", AGENTS, params={"limit": "2"})
    _, second = await browser.call("GET", AGENTS, params={"limit": "2", "cursor": first["next"]})
    assert (len(first["items"]), second["next"]) == (2, None)
    ids = [item["id"] for item in first["items"] + second["items"]]
    assert sorted(ids) == sorted(agent.id for agent in staff.values())
    _, one = await browser.call("GET", f"{AGENTS}/{ids[0]}")
    assert one == first["items"][0]


async def test_the_last_admin_can_neither_be_disabled_nor_lose_the_role(
    admin: Any, staff: Staff
) -> None:
    path = f"{AGENTS}/{staff[Role.ADMIN].id}"
    for change in ({"disabled": True}, {"role": "agent"}):
        status, said = await admin.call("PATCH", path, json=change)
        assert (status, said["errors"][0]["field"]) == (422, next(iter(change)))
    assert (await admin.call("GET", "/api/v1/me"))[1]["role"] == "admin"


async def test_two_admins_who_disable_each_other_at_once_leave_one(
    admin: Any, open_browser: Any, staff: Staff
) -> None:
    _, two = await admin.call("POST", AGENTS, json=new("two@example.com", role="admin"))
    other = open_browser()
    await other.sign_in("two@example.com")
    one = staff[Role.ADMIN].id
    found = await asyncio.gather(
        admin.call("PATCH", f"{AGENTS}/{two['id']}", json={"disabled": True}),
        other.call("PATCH", f"{AGENTS}/{one}", json={"disabled": True}),
    )
    assert sorted(status for status, _ in found)[0] == 200
    supervisor = open_browser()
    await supervisor.sign_in("supervisor@example.com")
    _, said = await supervisor.call("GET", AGENTS)
    admins = [each for each in said["items"] if each["role"] == "admin"]
    assert [each["disabled"] for each in admins].count(False) == 1


async def test_null_changes_nothing(admin: Any, staff: Staff) -> None:
    path = f"{AGENTS}/{staff[Role.AGENT].id}"
    status, said = await admin.call("PATCH", path, json={"role": None})
    assert (status, said["errors"][0]["field"]) == (422, "role")


async def test_one_changes_ones_own_name_and_locale(open_browser: Any, staff: Staff) -> None:
    browser = open_browser()
    await browser.sign_in("agent@example.com")
    change = {"name": "سارا", "locale": "fa"}
    _, said = await browser.call("PATCH", "/api/v1/me", json=change)
    assert (said["name"], said["locale"], said["email"]) == ("سارا", "fa", "agent@example.com")
    _, said = await browser.call("PATCH", "/api/v1/me", json={"locale": None})
    assert (said["name"], said["locale"]) == ("سارا", None)
    status, said = await browser.call("PATCH", "/api/v1/me", json={"role": "admin"})
    assert (status, said["errors"][0]["field"]) == (422, "role")


async def test_a_change_is_told(admin: Any, staff: Staff, hub: LocalHub) -> None:
    agent = staff[Role.AGENT]
    with hub.listen(EVERYTHING) as listener:
        await admin.call("PATCH", f"{AGENTS}/{agent.id}", json={"disabled": True})
        event = await asyncio.wait_for(listener.get(), 5)
    assert isinstance(event, Event)
    assert (event.kind, event.actor.id) == (EventKind.AGENT_CHANGED, staff[Role.ADMIN].id)
    assert event.data == {"agent_id": agent.id, "changed": ["disabled"]}
