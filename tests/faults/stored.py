"""What a database holds, read with plain SQL by nobody's code but this."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import create_async_engine

Row = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Stored:
    """All rows that the checks look at, in the order of their numbers."""

    conversations: dict[str, Row]
    messages: list[Row]
    turns: list[Row]
    handoffs: list[Row]
    deliveries: list[Row]
    events: list[Row]
    last_event: int

    @property
    def by_client_id(self) -> dict[str, list[Row]]:
        found = defaultdict(list)
        for each in self.messages:
            if each["client_id"]:
                found[each["client_id"]].append(each)
        return found

    def messages_of(self, conversation_id: str) -> list[Row]:
        return [each for each in self.messages if each["conversation_id"] == conversation_id]


async def read_stored(url: str) -> Stored:
    engine = create_async_engine(url)
    try:
        async with engine.connect() as connection:

            async def rows(query: str) -> list[Row]:
                result = await connection.execute(sa.text(query))
                return [_plain(dict(each)) for each in result.mappings()]

            conversations = await rows("SELECT * FROM conversations")
            last = await rows("SELECT value FROM counters WHERE name = 'event'")
            return Stored(
                conversations={each["id"]: each for each in conversations},
                messages=await rows("SELECT * FROM messages ORDER BY conversation_id, seq"),
                turns=await rows("SELECT * FROM turns ORDER BY conversation_id, first_seq, id"),
                handoffs=await rows("SELECT * FROM handoffs ORDER BY at"),
                deliveries=await rows("SELECT * FROM deliveries"),
                events=[_with_data(each) for each in await rows("SELECT * FROM events ORDER BY n")],
                last_event=last[0]["value"],
            )
    finally:
        await engine.dispose()


async def count_open_turns(url: str) -> int:
    return await _count(url, "SELECT count(*) FROM turns WHERE closed_at IS NULL")


async def count_inbound(url: str) -> int:
    """How many messages customers have sent."""
    return await _count(url, "SELECT count(*) FROM messages WHERE author_kind = 'customer'")


async def _count(url: str, query: str) -> int:
    engine = create_async_engine(url)
    try:
        async with engine.connect() as connection:
            return int((await connection.execute(sa.text(query))).scalar_one())
    finally:
        await engine.dispose()


def stored_at(row: Row) -> datetime:
    """When the row's message came, on either database."""
    at = row["at"]
    moment = at if isinstance(at, datetime) else datetime.fromisoformat(at)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _plain(row: Mapping[str, Any]) -> Row:
    """Ids as text, whatever type the database has for them."""
    return {name: str(each) if isinstance(each, UUID) else each for name, each in row.items()}


def _with_data(event: Row) -> Row:
    data = event["data"]
    return {**event, "data": json.loads(data) if isinstance(data, str) else data}
