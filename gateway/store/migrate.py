"""Bringing a database up to date with Alembic, from inside the program."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from sqlalchemy.ext.asyncio import AsyncEngine

_MIGRATIONS = Path(__file__).parent / "migrations"
_ONE_AT_A_TIME = 7_237_101
"""The advisory lock under which replicas that start together migrate one after another."""


async def migrate(engine: AsyncEngine, target: str = "head") -> None:
    """Apply what is missing; nothing happens to a database that is up to date."""
    async with engine.begin() as connection:
        await connection.run_sync(_upgrade, target)


def config(connection: sa.Connection) -> Config:
    """Alembic's settings, bound to an open connection."""
    alembic = Config()
    alembic.set_main_option("script_location", str(_MIGRATIONS))
    alembic.attributes["connection"] = connection
    return alembic


def _upgrade(connection: sa.Connection, target: str) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_ONE_AT_A_TIME)))
    command.upgrade(config(connection), target)
