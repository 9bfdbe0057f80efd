"""Saved views: one's own, shared ones, and who may change them."""

from __future__ import annotations

from typing import Any

import pytest

from gateway.ids import new_id
from gateway.model.agent import Agent

PERSIAN = {
    "name": "Persian by email",
    "query": {"open": True, "channel": "email", "language": "fa"},
}


@pytest.fixture
async def me(signed_in: Any, sara: Agent) -> Any:
    return await signed_in(sara)


async def names(browser: Any) -> list[str]:
    return [each["name"] for each in (await browser.get("/views"))["items"]]


async def test_a_view_is_kept_for_its_agent_alone(me: Any, signed_in: Any, omid: Agent) -> None:
    made = await me.post("/views", PERSIAN, expect=201)
    assert made == {"id": made["id"], "shared": False, **PERSIAN}
    assert await names(me) == ["Persian by email"]
    other = await signed_in(omid)
    assert await names(other) == []
    status, _ = await other.call("DELETE", f"/views/{made['id']}")
    assert status == 404


async def test_a_supervisor_shares_a_view_with_all(me: Any, signed_in: Any, boss: Agent) -> None:
    supervisor = await signed_in(boss)
    made = await supervisor.post("/views", {**PERSIAN, "shared": True}, expect=201)
    assert await names(me) == ["Persian by email"]
    for method, body in (("PATCH", {"name": "Mine now"}), ("DELETE", None)):
        status, _ = await me.call(method, f"/views/{made['id']}", json=body)
        assert status == 403
    status, changed = await supervisor.call("PATCH", f"/views/{made['id']}", json={"shared": False})
    assert status == 200
    assert changed["shared"] is False
    assert await names(me) == []


async def test_an_agent_shares_nothing(me: Any) -> None:
    status, _ = await me.call("POST", "/views", json={**PERSIAN, "shared": True})
    assert status == 403
    made = await me.post("/views", PERSIAN, expect=201)
    status, _ = await me.call("PATCH", f"/views/{made['id']}", json={"shared": True})
    assert status == 403


async def test_a_view_is_renamed_changed_and_removed(me: Any) -> None:
    made = await me.post("/views", PERSIAN, expect=201)
    status, changed = await me.call(
        "PATCH", f"/views/{made['id']}", json={"name": "Mine", "query": {"owner": "me"}}
    )
    assert (status, changed["name"], changed["query"]) == (200, "Mine", {"owner": "me"})
    status, _ = await me.call("DELETE", f"/views/{made['id']}")
    assert status == 204
    assert await names(me) == []


@pytest.mark.parametrize(
    "query", [{"state": "asleep"}, {"owner": "you"}, {"words": "x"}, {"queue": "general"}]
)
async def test_a_filter_that_the_list_does_not_know_is_refused(me: Any, query: Any) -> None:
    status, said = await me.call("POST", "/views", json={"name": "x", "query": query})
    assert status == 422, said


async def test_what_a_view_asks_the_list_answers(me: Any, customers: Any) -> None:
    waits, with_bot = await customers.wait(), await customers.write()
    asked = {
        "open": [with_bot, waits],
        "language=en": [with_bot, waits],
        "language=fa": [],
        "owner=none": [with_bot, waits],
        "asleep": [],
    }
    for query, expected in asked.items():
        name, _, value = query.partition("=")
        found = await me.get("/conversations", **{name: value or "true"})
        assert sorted(each["id"] for each in found["items"]) == sorted(expected), query


async def test_open_leaves_out_what_is_resolved_and_asleep_what_is_awake(
    me: Any, customers: Any
) -> None:
    resolved, snoozed, waits = [await customers.wait() for _ in range(3)]
    await me.post(f"/conversations/{resolved}/claim")
    await me.post(f"/conversations/{resolved}/resolve")
    await me.post(f"/conversations/{snoozed}/claim")
    await me.post(f"/conversations/{snoozed}/snooze", {"until": "2026-01-02T09:00:00Z"})
    found = await me.get("/conversations", open="true")
    assert {each["id"] for each in found["items"]} == {snoozed, waits}
    found = await me.get("/conversations", asleep="true")
    assert [each["id"] for each in found["items"]] == [snoozed]


async def test_an_unknown_view_is_not_found(me: Any) -> None:
    status, _ = await me.call("PATCH", f"/views/{new_id()}", json={"name": "x"})
    assert status == 404
