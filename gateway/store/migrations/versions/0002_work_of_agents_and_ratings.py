"""What agents keep for their own work, and what customers say at the end.

Revision: 0002
Follows: 0001
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from gateway.store import types

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("agents", sa.Column("capacity", sa.Integer(), nullable=True))
    op.add_column("agents", sa.Column("preferences", types.Json, nullable=True))
    op.add_column("agents", sa.Column("here_at", types.Utc, nullable=True))
    op.add_column("agents", sa.Column("comes_back_as", sa.String(length=20), nullable=True))
    op.add_column("handoffs", sa.Column("why", types.Json, nullable=True))
    op.add_column("turns", sa.Column("why", types.Json, nullable=True))
    _kept_for_a_conversation("drafts", sa.Column("draft", types.Json, nullable=False), "updated_at")
    _kept_for_a_conversation("seen", sa.Column("seq", sa.Integer(), nullable=False), "at")
    op.create_table(
        "views",
        sa.Column("id", types.Id, nullable=False),
        sa.Column("agent_id", types.Id, nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("query", types.Json, nullable=False),
        sa.Column("created_at", types.Utc, nullable=False),
        sa.ForeignKeyConstraint(["agent_id"], ["agents.id"], name="fk_views_agent_id"),
        sa.PrimaryKeyConstraint("id", name="pk_views"),
    )
    op.create_index("ix_views_agent_id", "views", ["agent_id"], unique=False)
    op.create_table(
        "canned_replies",
        sa.Column("id", types.Id, nullable=False),
        sa.Column("shortcut", sa.String(length=50), nullable=False),
        sa.Column("locale", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", types.Utc, nullable=False),
        sa.Column("updated_at", types.Utc, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_canned_replies"),
        sa.UniqueConstraint("shortcut", "locale", name="uq_canned_replies_shortcut_locale"),
    )
    _ratings()


def _kept_for_a_conversation(table: str, what: sa.Column[object], when: str) -> None:
    """By each agent, once."""
    op.create_table(
        table,
        sa.Column("agent_id", types.Id, nullable=False),
        sa.Column("conversation_id", types.Id, nullable=False),
        what,
        sa.Column(when, types.Utc, nullable=False),
        sa.ForeignKeyConstraint(["agent_id"], ["agents.id"], name=f"fk_{table}_agent_id"),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name=f"fk_{table}_conversation_id"
        ),
        sa.PrimaryKeyConstraint("agent_id", "conversation_id", name=f"pk_{table}"),
    )


def _ratings() -> None:
    op.create_table(
        "ratings",
        sa.Column("id", types.Id, nullable=False),
        sa.Column("conversation_id", types.Id, nullable=False),
        sa.Column("contact_id", types.Id, nullable=False),
        sa.Column("agent_id", types.Id, nullable=True),
        sa.Column("ownership", sa.Integer(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.Column("at", types.Utc, nullable=False),
        sa.ForeignKeyConstraint(["agent_id"], ["agents.id"], name="fk_ratings_agent_id"),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name="fk_ratings_contact_id"),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_ratings_conversation_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_ratings"),
        sa.UniqueConstraint(
            "conversation_id", "ownership", name="uq_ratings_conversation_id_ownership"
        ),
    )
    op.create_index("ix_ratings_at", "ratings", ["at"], unique=False)


def downgrade() -> None:
    raise NotImplementedError("the store only goes forward: restore a backup")
