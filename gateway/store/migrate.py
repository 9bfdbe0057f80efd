"""Bringing a database up to date with Alembic, from inside the program."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from gateway.errors import StoreUnavailable

_MIGRATIONS = Path(__file__).parent / "migrations"
_ONE_AT_A_TIME = 7_237_101
"""The advisory lock under which replicas that start together migrate one after another."""

_LAST_WORD_S = 0.1
"""The thread of a SQLite connection that failed still speaks to the loop once more."""


async def migrate(engine: AsyncEngine, target: str = "head") -> None:
    """Apply what is missing; nothing happens to a database that is up to date.

    Raises StoreUnavailable when it cannot be opened, or was made by a later version.
    """
    async with AsyncExitStack() as stack:
        try:
            connection = await stack.enter_async_context(engine.begin())
        except DBAPIError as error:
            await asyncio.sleep(_LAST_WORD_S)
            raise StoreUnavailable(str(error.orig)) from error
        except OSError as error:
            raise StoreUnavailable(str(error)) from error
        try:
            await connection.run_sync(_upgrade, target)
        except CommandError as error:
            raise StoreUnavailable(f"not made by this version of Peyk: {error}") from error


def config(connection: sa.Connection) -> Config:
    """Alembic's settings, bound to an open connection."""
    alembic = Config()
    alembic.set_main_option("script_location", str(_MIGRATIONS))
    alembic.attributes["connection"] = connection
    return alembic


def _upgrade(connection: sa.Connection, target: str) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text("SET LOCAL lock_timeout = 0"))
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_ONE_AT_A_TIME)))
    command.upgrade(config(connection), target)
