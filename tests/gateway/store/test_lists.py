"""What people wait for goes along an index, on each engine."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from gateway.ids import AgentId, ContactId, QueueId, new_id
from gateway.model.conversation import State
from gateway.model.inbox import Inbox
from gateway.store import lists, waiting
from gateway.store.filters import Filter
from gateway.store.store import Store

AFTER = (datetime(2026, 1, 1, tzinfo=UTC), new_id())
IN_ORDER = {
    "all": Filter(),
    "waiting": Filter(state=State.WAITING),
    "one queue": Filter(state=State.WAITING, queue=QueueId(new_id())),
    "mine": Filter(state=State.WITH_AGENT, owner=AgentId(new_id()), snoozed=True),
    "resolved": Filter(state=State.RESOLVED),
    "nobody's": Filter(unowned=True),
}
OTHERS = {
    "a contact's": Filter(contact=ContactId(new_id())),
    "an agent's": Filter(owner=AgentId(new_id())),
    "a search": Filter(q="#7 of"),
    "a channel's": Filter(channel="chat"),
    "open": Filter(open=True),
    "open and nobody's": Filter(open=True, unowned=True),
    "asleep": Filter(asleep=True),
}


async def plans(connection: AsyncConnection, asked: Any) -> list[str]:
    """How the database does each SELECT on conversations that `asked` makes."""
    captured: list[tuple[str, Any]] = []

    def note(_c: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        if statement.startswith("SELECT") and "FROM conversations" in statement:
            captured.append((statement, parameters))

    sync = connection.sync_connection
    assert sync is not None
    sa.event.listen(sync, "before_cursor_execute", note)
    await asked()
    sa.event.remove(sync, "before_cursor_execute", note)
    how = "EXPLAIN QUERY PLAN " if connection.dialect.name == "sqlite" else "EXPLAIN "
    found = [await connection.exec_driver_sql(how + s, p) for s, p in captured]
    return ["\n".join(str(row[-1]) for row in rows) for rows in found]


async def explained(store: Store, wanted: Filter) -> list[str]:
    async with store.read() as connection:
        if not store.is_sqlite:
            for kind in ("seqscan", "sort", "hashjoin", "mergejoin", "bitmapscan"):
                await connection.exec_driver_sql(f"SET LOCAL enable_{kind} = off")
        return await plans(connection, lambda: lists.page(connection, wanted, after=AFTER, limit=5))


def whole_table(plan: str) -> bool:
    lines = [line.strip() for line in plan.splitlines()]
    return any(
        line == "SCAN conversations" or "Seq Scan on conversations" in line for line in lines
    )


@pytest.mark.parametrize("name", IN_ORDER)
async def test_a_list_is_read_in_its_order_from_an_index(
    store: Store, inbox: Inbox, name: str
) -> None:
    (plan,) = await explained(store, IN_ORDER[name])
    assert not whole_table(plan), plan
    assert "TEMP B-TREE" not in plan, plan
    assert "Sort" not in plan, plan


@pytest.mark.parametrize("name", OTHERS)
async def test_what_is_looked_for_is_found_without_reading_all(
    store: Store, inbox: Inbox, name: str
) -> None:
    found = await explained(store, OTHERS[name])
    assert found
    assert not any(map(whole_table, found)), found


async def test_what_workers_and_gauges_ask_is_indexed(store: Store, inbox: Inbox) -> None:
    now = datetime.now(UTC)
    async with store.read() as connection:
        if not store.is_sqlite:
            await connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        for asked in (
            lambda: waiting.depths(connection),
            lambda: waiting.sleepers_due(connection, now),
            lambda: lists.counts(connection, AgentId(new_id())),
        ):
            for plan in await plans(connection, asked):
                assert not whole_table(plan), plan


async def test_a_list_without_an_index_would_be_noticed(store: Store, inbox: Inbox) -> None:
    async def by_language() -> None:
        await connection.execute(
            sa.select(sa.literal_column("id FROM conversations")).order_by(sa.text("language"))
        )

    async with store.read() as connection:
        (plan,) = await plans(connection, by_language)
    assert whole_table(plan)
