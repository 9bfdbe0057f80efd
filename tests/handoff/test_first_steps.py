"""The first steps are read from what is there, and only admins ask for them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from gateway.first_start import prepare
from gateway.ids import ConversationId
from gateway.model.agent import Agent, Role
from gateway.model.turn import Decision
from gateway.store import conversations, turns
from gateway.store.store import Store
from gateway.store.tx import Tx


async def test_each_step_is_done_when_the_store_shows_it(
    signed_in: Any, admin: Agent, make_agent: Any, store: Store, clock: Any
) -> None:
    await prepare(store, clock, demo=True)
    chief = await signed_in(admin)
    assert await chief.get("/first-steps") == {"inbox": False, "agent": False, "bot": False}
    await chief.post("/inboxes", {"name": "Shop", "channel": "chat"}, expect=201)
    assert await chief.get("/first-steps") == {"inbox": True, "agent": False, "bot": False}
    await make_agent("Gone", disabled=True)
    assert (await chief.get("/first-steps"))["agent"] is False
    await make_agent("Neda")
    assert await chief.get("/first-steps") == {"inbox": True, "agent": True, "bot": False}


async def test_the_bot_was_tried_when_it_has_answered(
    signed_in: Any, admin: Agent, customers: Any, store: Store, clock: Any
) -> None:
    chief = await signed_in(admin)
    await customers.wait()
    assert (await chief.get("/first-steps"))["bot"] is False
    id = await customers.write()
    await store.write(lambda tx: answer(tx, id, clock))
    assert (await chief.get("/first-steps"))["bot"] is True


async def test_they_are_the_admins(signed_in: Any, make_agent: Any, queue: Any) -> None:
    boss = await signed_in(await make_agent("Boss", Role.SUPERVISOR))
    assert (await boss.call("GET", "/first-steps"))[0] == 403


async def answer(tx: Tx, id: ConversationId, clock: Any) -> None:
    (turn,) = await turns.claim_due(tx, clock(), timedelta(minutes=1), 10)
    closed = await turns.close(
        tx,
        turn,
        await conversations.lock(tx, id),
        answered_upto=turn.last_seq,
        decision=Decision.ANSWERED,
        reasons=[],
        understanding=None,
        took_ms=1,
        now=clock(),
    )
    assert closed
