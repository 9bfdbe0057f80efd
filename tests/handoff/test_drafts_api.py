"""Drafts: kept for each agent, on every browser, and never written over."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from gateway.ids import new_id
from gateway.model.agent import Agent
from tests.handoff.test_setup_api import PNG, form

EMPTY: dict[str, Any] = {
    "version": None, "kind": "reply", "reply": "", "note": "", "attachments": [],
    "note_attachments": [], "reply_to": None, "updated_at": None,
}  # fmt: skip


@pytest.fixture
async def me(signed_in: Any, sara: Agent) -> Any:
    return await signed_in(sara)


@pytest.fixture
async def path(customers: Any) -> str:
    return f"/conversations/{await customers.wait()}/draft"


async def put(browser: Any, path: str, version: str | None, **words: Any) -> tuple[int, Any]:
    status, said = await browser.call("PUT", path, json={"version": version, **words})
    return status, said


async def test_nothing_is_begun_at_first(me: Any, path: str) -> None:
    assert await me.get(path) == EMPTY


async def test_a_draft_follows_the_agent_to_another_browser(
    me: Any, signed_in: Any, sara: Agent, path: str
) -> None:
    status, kept = await put(me, path, None, reply="Salam", note="vip", kind="note")
    assert (status, kept["reply"], kept["note"], kept["kind"]) == (200, "Salam", "vip", "note")
    assert await (await signed_in(sara)).get(path) == kept


async def test_a_draft_is_its_agent_s_alone(
    me: Any, signed_in: Any, omid: Agent, path: str
) -> None:
    await put(me, path, None, reply="mine")
    other = await signed_in(omid)
    assert await other.get(path) == EMPTY
    assert (await put(other, path, None, reply="his"))[0] == 200
    assert (await me.get(path))["reply"] == "mine"


async def test_newer_words_are_not_written_over(me: Any, path: str) -> None:
    _, first = await put(me, path, None, reply="one")
    _, second = await put(me, path, first["version"], reply="one two")
    status, said = await put(me, path, first["version"], reply="one three")
    assert (status, said["type"].rpartition("/")[2]) == (409, "newer-draft")
    assert said["draft"] == second == await me.get(path)
    assert (await put(me, path, None, reply="zero"))[0] == 409


async def test_a_repeat_changes_nothing(me: Any, path: str, clock: Any) -> None:
    """Its answer was lost, so the writer still names the version before it."""
    _, first = await put(me, path, None, reply="one")
    clock.forward(seconds=5)
    assert await put(me, path, None, reply="one") == (200, first)


async def test_of_two_who_begin_at_once_one_is_told_of_the_other(me: Any, path: str) -> None:
    answers = await asyncio.gather(
        *(put(me, path, None, reply=words) for words in ("one", "two", "three"))
    )
    won = [said for status, said in answers if status == 200]
    lost = [said for status, said in answers if status == 409]
    assert (len(won), len(lost)) == (1, 2)
    assert all(each["draft"] == won[0] for each in lost)


async def test_an_emptied_draft_is_none(me: Any, path: str) -> None:
    _, first = await put(me, path, None, reply="one")
    assert await put(me, path, first["version"]) == (200, EMPTY)
    assert (await put(me, path, None, reply="anew"))[0] == 200


async def test_emptying_an_old_version_takes_nothing_newer_away(me: Any, path: str) -> None:
    _, first = await put(me, path, None, reply="one")
    _, second = await put(me, path, first["version"], reply="two")
    assert (await put(me, path, first["version"]))[0] == 409
    assert await me.get(path) == second


async def test_a_draft_can_be_forgotten(me: Any, path: str) -> None:
    await put(me, path, None, reply="one")
    assert (await me.call("DELETE", path))[0] == 204
    assert await me.get(path) == EMPTY
    assert (await me.call("DELETE", path))[0] == 204


async def test_files_wait_with_the_draft_until_they_are_sent(
    me: Any, signed_in: Any, omid: Agent, path: str
) -> None:
    _, mine = await me.call("POST", "/attachments", data=form(PNG, "a.png"))
    _, his = await (await signed_in(omid)).call("POST", "/attachments", data=form(PNG, "b.png"))
    files = [mine["id"], his["id"], new_id()]
    _, kept = await put(me, path, None, attachments=files, note_attachments=[mine["id"]])
    assert (kept["attachments"], kept["note_attachments"]) == ([mine], [mine])
    conversation = path.removesuffix("/draft")
    await me.post(f"{conversation}/notes", {"attachments": [mine["id"]]})
    assert (await me.get(path))["attachments"] == []


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "version"),
        ({"version": "1"}, "version"),
        ({"version": None, "kind": "letter"}, "kind"),
        ({"version": None, "reply": "x" * 10_001}, "reply"),
        ({"version": None, "attachments": ["x"]}, "attachments.0"),
        ({"version": None, "words": "x"}, "words"),
    ],
)
async def test_what_is_no_draft_is_refused(me: Any, path: str, body: Any, field: str) -> None:
    status, said = await me.call("PUT", path, json=body)
    assert (status, said["errors"][0]["field"]) == (422, field)


async def test_there_is_no_draft_of_no_conversation(me: Any, inbox: Any) -> None:
    path = f"/conversations/{new_id()}/draft"
    assert (await me.call("GET", path))[0] == 404
    assert (await put(me, path, None, reply="x"))[0] == 404
