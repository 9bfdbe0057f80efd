"""Alembic runs here, on the connection that `gateway.store.migrate` gives it."""

from __future__ import annotations

from alembic import context

from gateway.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    user_module_prefix="types.",
    transactional_ddl=True,
)
context.run_migrations()
