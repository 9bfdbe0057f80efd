"""An agent's preferences: kept, merged, checked; and what was stored by another version."""

from __future__ import annotations

from typing import Any

import pytest

from gateway.events import EventKind
from gateway.model.agent import Agent
from gateway.model.preferences import Preferences, Theme, preferences_of
from gateway.store import agents
from gateway.store.store import Store


@pytest.fixture
async def me(signed_in: Any, sara: Agent) -> Any:
    return await signed_in(sara)


async def test_at_first_they_are_the_usual_ones(me: Any) -> None:
    said = await me.get("/me")
    assert said["preferences"] == {
        "sound_waiting": True, "sound_answers": True, "sound_given": True,
        "notify_waiting": False, "notify_answers": False, "notify_given": False,
        "undo_seconds": 5, "theme": "auto", "first_steps": True,
    }  # fmt: skip


async def test_those_that_are_named_are_set_and_the_others_stay(
    me: Any, signed_in: Any, sara: Agent
) -> None:
    change = {"preferences": {"sound_waiting": False, "theme": "dark"}, "locale": "fa"}
    assert (await me.call("PATCH", "/me", json=change))[0] == 200
    await me.call("PATCH", "/me", json={"preferences": {"undo_seconds": 0}})
    elsewhere = await (await signed_in(sara)).get("/me")
    kept = elsewhere["preferences"]
    assert (kept["sound_waiting"], kept["theme"], kept["undo_seconds"]) == (False, "dark", 0)
    assert (kept["sound_answers"], elsewhere["locale"]) == (True, "fa")


async def test_other_consoles_of_the_agent_hear_of_the_change(me: Any, customers: Any) -> None:
    await me.call("PATCH", "/me", json={"preferences": {"theme": "light"}})
    (told,) = [e for e in await customers.events() if e.kind is EventKind.AGENT_CHANGED]
    assert told.data["changed"] == ["preferences"]


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"sound_waiting": 1}, "preferences.sound_waiting", "bool_type"),
        ({"undo_seconds": 31}, "preferences.undo_seconds", "less_than_equal"),
        ({"undo_seconds": -1}, "preferences.undo_seconds", "greater_than_equal"),
        ({"theme": "pink"}, "preferences.theme", "enum"),
        ({"volume": 3}, "preferences.volume", "extra_forbidden"),
        ({"theme": None}, "theme", "not_as_expected"),
    ],
)
async def test_what_they_may_not_be_is_named(me: Any, change: Any, field: str, code: str) -> None:
    status, said = await me.call("PATCH", "/me", json={"preferences": change})
    assert (status, said["errors"][0]["field"], said["errors"][0]["code"]) == (422, field, code)
    status, said = await me.call("PATCH", "/me", json={"preferences": None})
    assert (status, said["errors"][0]["field"]) == (422, "preferences")


async def test_what_another_version_stored_is_read_as_far_as_it_is_known(
    me: Any, store: Store, sara: Agent
) -> None:
    stored = {"theme": "dark", "sparkles": True}
    await store.write(lambda tx: agents.change(tx, sara.id, preferences=stored))
    assert (await me.get("/me"))["preferences"]["theme"] == "dark"
    assert preferences_of(None) == Preferences()
    assert preferences_of(stored) == Preferences(theme=Theme.DARK)
