"""Turns: each of a customer's messages is in one of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from gateway.ids import ConversationId, ExternalId, Peer
from gateway.model.inbox import Inbox
from gateway.model.message import Inbound, Received
from gateway.model.turn import Decision, Turn
from gateway.store import conversations, turns
from gateway.store.store import Store
from gateway.store.tx import Tx

LEASE = timedelta(seconds=30)


async def test_a_turn_ends_where_its_answer_ends_and_the_next_begins_there(
    store: Store, inbox: Inbox, clock: Callable[[], datetime]
) -> None:
    id = (await _say(store, inbox, clock, 1)).conversation_id
    turn = await _claim(store, clock)
    for n in (2, 3):
        await _say(store, inbox, clock, n)
    await _close(store, turn, id, clock, upto=1)
    following = await _claim(store, clock)
    async with store.read() as connection:
        [closed] = await turns.closed(connection, id)
    assert (closed.id, closed.first_seq, closed.last_seq) == (turn.id, 1, 1)
    assert (following.first_seq, following.last_seq) == (2, 3)


async def _say(store: Store, inbox: Inbox, clock: Callable[[], datetime], n: int) -> Received:
    return await store.receive(
        Inbound(
            inbox_id=inbox.id,
            peer=Peer("p"),
            external_id=ExternalId(f"p:{n}"),
            text=f"message {n}",
            at=clock(),
            payload={},
        )
    )


async def _claim(store: Store, clock: Callable[[], datetime]) -> Turn:
    [turn] = await store.write(lambda tx: turns.claim_due(tx, clock(), LEASE, 10))
    return turn


async def _close(
    store: Store, turn: Turn, id: ConversationId, clock: Callable[[], datetime], *, upto: int
) -> None:
    async def unit(tx: Tx) -> None:
        conversation = await conversations.lock(tx, id)
        assert await turns.close(
            tx,
            turn,
            conversation,
            answered_upto=upto,
            decision=Decision.ANSWERED,
            reasons=("because",),
            understanding=None,
            took_ms=1,
            now=clock(),
        )

    await store.write(unit)
