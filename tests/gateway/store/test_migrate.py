"""What the migrations make is what the tables say, on each engine."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from gateway.store.migrate import migrate
from gateway.store.tables import metadata


@pytest.fixture
async def engine(database_url: str) -> AsyncIterator[AsyncEngine]:
    engine = create_async_engine(database_url)
    yield engine
    await engine.dispose()


async def differences(engine: AsyncEngine) -> list[Any]:
    def compare(connection: sa.Connection) -> list[Any]:
        def is_ours(thing: Any, name: str | None, kind: str, *_rest: Any) -> bool:
            """SQLite keeps full text in tables of its own, and gives numbers without being told;
            PostgreSQL has an index of ours, and an identity."""
            if name == "ix_search_entries_words" or str(thing) == "search_entries.id":
                return connection.dialect.name == "postgresql"
            return not (kind == "table" and (name or "").startswith("search_words"))

        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "compare_server_default": True,
                "include_object": is_ours,
            },
        )
        return list(compare_metadata(context, metadata))

    async with engine.connect() as connection:
        return await connection.run_sync(compare)


async def inspected(engine: AsyncEngine) -> dict[str, Any]:
    """Partial indexes and unique constraints as the database itself describes them."""

    def look(connection: sa.Connection) -> dict[str, Any]:
        inspector = sa.inspect(connection)
        return {
            table: (
                {
                    each["name"]: (
                        each["column_names"],
                        bool(each["unique"]),
                        str(
                            each.get("dialect_options", {}).get(f"{connection.dialect.name}_where")
                        ),
                    )
                    for each in inspector.get_indexes(table)
                },
                sorted(str(each["name"]) for each in inspector.get_unique_constraints(table)),
                inspector.get_pk_constraint(table)["name"],
                sorted(str(each["name"]) for each in inspector.get_foreign_keys(table)),
                {c["name"]: (str(c["type"]), c["nullable"]) for c in inspector.get_columns(table)},
            )
            for table in metadata.tables
        }

    async with engine.connect() as connection:
        return await connection.run_sync(look)


async def test_the_migrated_schema_is_that_of_the_tables(engine: AsyncEngine) -> None:
    await migrate(engine)
    assert await differences(engine) == []
    migrated = await inspected(engine)

    async with engine.begin() as connection:
        await connection.run_sync(metadata.drop_all)
        await connection.run_sync(metadata.create_all)
    assert migrated == await inspected(engine)


async def test_a_table_that_lacks_an_index_is_noticed(engine: AsyncEngine) -> None:
    await migrate(engine)
    async with engine.begin() as connection:
        await connection.execute(sa.text("DROP INDEX ix_handoffs_conversation_id_at"))
    assert [each[0] for each in await differences(engine)] == ["add_index"]


async def test_migrating_again_changes_nothing(engine: AsyncEngine) -> None:
    await migrate(engine)
    before = await inspected(engine)
    await migrate(engine)
    assert await inspected(engine) == before
