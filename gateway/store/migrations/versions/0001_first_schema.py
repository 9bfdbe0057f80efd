"""The first schema.

Revision: 0001
Follows: nothing
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from gateway.ids import new_id
from gateway.store import types

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "agents",
        sa.Column("id", types.Id, nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("password_hash", sa.String(length=300), nullable=False),
        sa.Column("presence", sa.String(length=20), nullable=False),
        sa.Column("locale", sa.String(length=20), nullable=True),
        sa.Column("disabled_at", types.Utc, nullable=True),
        sa.Column("created_at", types.Utc, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_agents"),
        sa.UniqueConstraint("email", name="uq_agents_email"),
    )
    op.create_table(
        "contacts",
        sa.Column("id", types.Id, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=True),
        sa.Column("email", sa.String(length=320), nullable=True),
        sa.Column("locale", sa.String(length=20), nullable=True),
        sa.Column("attributes", types.Json, nullable=False),
        sa.Column("created_at", types.Utc, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_contacts"),
    )
    op.create_index("ix_contacts_email", "contacts", ["email"], unique=False)
    op.create_table(
        "counters",
        sa.Column("name", sa.String(length=50), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_counters"),
    )
    op.create_table(
        "events",
        sa.Column("n", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("conversation_id", types.Id, nullable=True),
        sa.Column("contact_id", types.Id, nullable=True),
        sa.Column("actor_kind", sa.String(length=10), nullable=False),
        sa.Column("actor_id", sa.String(length=100), nullable=True),
        sa.Column("actor_name", sa.String(length=200), nullable=True),
        sa.Column("data", types.Json, nullable=False),
        sa.Column("at", types.Utc, nullable=False),
        sa.PrimaryKeyConstraint("n", name="pk_events"),
    )
    op.create_index("ix_events_conversation_id_n", "events", ["conversation_id", "n"], unique=False)
    op.create_table(
        "facts",
        sa.Column("name", sa.String(length=50), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_facts"),
    )
    op.create_table(
        "queues",
        sa.Column("id", types.Id, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("is_default", sa.Boolean(), nullable=False),
        sa.Column("disabled_at", types.Utc, nullable=True),
        sa.Column("created_at", types.Utc, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_queues"),
        sa.UniqueConstraint("name", name="uq_queues_name"),
    )
    op.create_table(
        "sign_ins",
        sa.Column("id", types.Id, nullable=False),
        sa.Column("subject", sa.String(length=400), nullable=False),
        sa.Column("succeeded", sa.Boolean(), nullable=False),
        sa.Column("at", types.Utc, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sign_ins"),
    )
    op.create_index("ix_sign_ins_subject_at", "sign_ins", ["subject", "at"], unique=False)
    op.create_table(
        "first_answers",
        sa.Column("id", types.Id, nullable=False),
        sa.Column("agent_id", types.Id, nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("route", sa.String(length=200), nullable=False),
        sa.Column("body_hash", sa.String(length=64), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("answer", sa.LargeBinary(), nullable=True),
        sa.Column("at", types.Utc, nullable=False),
        sa.ForeignKeyConstraint(["agent_id"], ["agents.id"], name="fk_first_answers_agent_id"),
        sa.PrimaryKeyConstraint("id", name="pk_first_answers"),
        sa.UniqueConstraint("agent_id", "key", name="uq_first_answers_agent_id_key"),
    )
    op.create_index("ix_first_answers_at", "first_answers", ["at"], unique=False)
    op.create_table(
        "inboxes",
        sa.Column("id", types.Id, nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("key", sa.String(length=100), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("queue_id", types.Id, nullable=False),
        sa.Column("settings", types.Json, nullable=False),
        sa.Column("disabled_at", types.Utc, nullable=True),
        sa.Column("created_at", types.Utc, nullable=False),
        sa.ForeignKeyConstraint(["queue_id"], ["queues.id"], name="fk_inboxes_queue_id"),
        sa.PrimaryKeyConstraint("id", name="pk_inboxes"),
        sa.UniqueConstraint("channel", "key", name="uq_inboxes_channel_key"),
    )
    op.create_table(
        "rules",
        sa.Column("id", types.Id, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("value", sa.String(length=500), nullable=False),
        sa.Column("queue_id", types.Id, nullable=True),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("created_at", types.Utc, nullable=False),
        sa.ForeignKeyConstraint(["queue_id"], ["queues.id"], name="fk_rules_queue_id"),
        sa.PrimaryKeyConstraint("id", name="pk_rules"),
    )
    op.create_table(
        "sessions",
        sa.Column("id", types.Id, nullable=False),
        sa.Column("agent_id", types.Id, nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("csrf_token", sa.String(length=64), nullable=False),
        sa.Column("network_address", sa.String(length=64), nullable=False),
        sa.Column("user_agent", sa.String(length=300), nullable=False),
        sa.Column("created_at", types.Utc, nullable=False),
        sa.Column("seen_at", types.Utc, nullable=False),
        sa.Column("expires_at", types.Utc, nullable=False),
        sa.Column("revoked_at", types.Utc, nullable=True),
        sa.ForeignKeyConstraint(["agent_id"], ["agents.id"], name="fk_sessions_agent_id"),
        sa.PrimaryKeyConstraint("id", name="pk_sessions"),
        sa.UniqueConstraint("token_hash", name="uq_sessions_token_hash"),
    )
    op.create_index("ix_sessions_agent_id", "sessions", ["agent_id"], unique=False)
    op.create_table(
        "tokens",
        sa.Column("id", types.Id, nullable=False),
        sa.Column("agent_id", types.Id, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", types.Utc, nullable=False),
        sa.Column("last_used_at", types.Utc, nullable=True),
        sa.Column("expires_at", types.Utc, nullable=True),
        sa.Column("revoked_at", types.Utc, nullable=True),
        sa.ForeignKeyConstraint(["agent_id"], ["agents.id"], name="fk_tokens_agent_id"),
        sa.PrimaryKeyConstraint("id", name="pk_tokens"),
        sa.UniqueConstraint("token_hash", name="uq_tokens_token_hash"),
    )
    op.create_index("ix_tokens_agent_id", "tokens", ["agent_id"], unique=False)
    op.create_table(
        "addresses",
        sa.Column("id", types.Id, nullable=False),
        sa.Column("contact_id", types.Id, nullable=False),
        sa.Column("inbox_id", types.Id, nullable=False),
        sa.Column("peer", sa.String(length=400), nullable=False),
        sa.Column("proof", sa.String(length=20), nullable=False),
        sa.Column("created_at", types.Utc, nullable=False),
        sa.Column("last_seen_at", types.Utc, nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name="fk_addresses_contact_id"),
        sa.ForeignKeyConstraint(["inbox_id"], ["inboxes.id"], name="fk_addresses_inbox_id"),
        sa.PrimaryKeyConstraint("id", name="pk_addresses"),
        sa.UniqueConstraint("inbox_id", "peer", name="uq_addresses_inbox_id_peer"),
    )
    op.create_index("ix_addresses_contact_id", "addresses", ["contact_id"], unique=False)
    op.create_table(
        "journal",
        sa.Column("id", types.Id, nullable=False),
        sa.Column("inbox_id", types.Id, nullable=False),
        sa.Column("external_id", sa.String(length=400), nullable=False),
        sa.Column("payload", types.Json, nullable=False),
        sa.Column("at", types.Utc, nullable=False),
        sa.ForeignKeyConstraint(["inbox_id"], ["inboxes.id"], name="fk_journal_inbox_id"),
        sa.PrimaryKeyConstraint("id", name="pk_journal"),
        sa.UniqueConstraint("inbox_id", "external_id", name="uq_journal_inbox_id_external_id"),
    )
    op.create_table(
        "used_identities",
        sa.Column("inbox_id", types.Id, nullable=False),
        sa.Column("jti", sa.String(length=200), nullable=False),
        sa.Column("expires_at", types.Utc, nullable=False),
        sa.ForeignKeyConstraint(["inbox_id"], ["inboxes.id"], name="fk_used_identities_inbox_id"),
        sa.PrimaryKeyConstraint("inbox_id", "jti", name="pk_used_identities"),
    )
    op.create_table(
        "conversations",
        sa.Column("id", types.Id, nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("contact_id", types.Id, nullable=False),
        sa.Column("inbox_id", types.Id, nullable=False),
        sa.Column("address_id", types.Id, nullable=False),
        sa.Column("owner_kind", sa.String(length=10), nullable=False),
        sa.Column("owner_id", types.Id, nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("ownership", sa.Integer(), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False),
        sa.Column("queue_id", types.Id, nullable=True),
        sa.Column("language", sa.String(length=20), nullable=True),
        sa.Column("waiting_since", types.Utc, nullable=True),
        sa.Column("snoozed_until", types.Utc, nullable=True),
        sa.Column("resolved_at", types.Utc, nullable=True),
        sa.Column("outcome", sa.String(length=200), nullable=True),
        sa.Column("slots", types.Json, nullable=False),
        sa.Column("returned", sa.Boolean(), nullable=False),
        sa.Column("last_message", types.Json, nullable=True),
        sa.Column("created_at", types.Utc, nullable=False),
        sa.Column("updated_at", types.Utc, nullable=False),
        sa.ForeignKeyConstraint(
            ["address_id"], ["addresses.id"], name="fk_conversations_address_id"
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contacts.id"], name="fk_conversations_contact_id"
        ),
        sa.ForeignKeyConstraint(["inbox_id"], ["inboxes.id"], name="fk_conversations_inbox_id"),
        sa.ForeignKeyConstraint(["queue_id"], ["queues.id"], name="fk_conversations_queue_id"),
        sa.PrimaryKeyConstraint("id", name="pk_conversations"),
        sa.UniqueConstraint("number", name="uq_conversations_number"),
    )
    op.create_index(
        "ix_conversations_contact_id_inbox_id_number",
        "conversations",
        ["contact_id", "inbox_id", "number"],
        unique=False,
    )
    op.create_index(
        "ix_conversations_inbox_id_updated_at_id",
        "conversations",
        ["inbox_id", "updated_at", "id"],
        unique=False,
    )
    op.create_index(
        "ix_conversations_owner_id_state_updated_at_id",
        "conversations",
        ["owner_id", "state", "updated_at", "id"],
        unique=False,
    )
    op.create_index(
        "ix_conversations_queue_id_state_waiting_since_id",
        "conversations",
        ["queue_id", "state", "waiting_since", "id"],
        unique=False,
    )
    op.create_index(
        "ix_conversations_snoozed",
        "conversations",
        ["snoozed_until"],
        unique=False,
        sqlite_where=sa.text("snoozed_until IS NOT NULL"),
        postgresql_where=sa.text("snoozed_until IS NOT NULL"),
    )
    op.create_index(
        "ix_conversations_state_updated_at_id",
        "conversations",
        ["state", "updated_at", "id"],
        unique=False,
    )
    op.create_index(
        "ix_conversations_state_waiting_since_id",
        "conversations",
        ["state", "waiting_since", "id"],
        unique=False,
    )
    op.create_index(
        "ix_conversations_updated_at_id", "conversations", ["updated_at", "id"], unique=False
    )
    op.create_table(
        "visitor_sessions",
        sa.Column("id", types.Id, nullable=False),
        sa.Column("address_id", types.Id, nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("locale", sa.String(length=20), nullable=True),
        sa.Column("created_at", types.Utc, nullable=False),
        sa.Column("seen_at", types.Utc, nullable=False),
        sa.Column("expires_at", types.Utc, nullable=False),
        sa.ForeignKeyConstraint(
            ["address_id"], ["addresses.id"], name="fk_visitor_sessions_address_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_visitor_sessions"),
        sa.UniqueConstraint("token_hash", name="uq_visitor_sessions_token_hash"),
    )
    op.create_index(
        "ix_visitor_sessions_address_id", "visitor_sessions", ["address_id"], unique=False
    )
    op.create_table(
        "attachments",
        sa.Column("id", types.Id, nullable=False),
        sa.Column("filename", sa.String(length=300), nullable=False),
        sa.Column("content_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("key", sa.String(length=300), nullable=False),
        sa.Column("address_id", types.Id, nullable=True),
        sa.Column("agent_id", types.Id, nullable=True),
        sa.Column("conversation_id", types.Id, nullable=True),
        sa.Column("message_id", types.Id, nullable=True),
        sa.Column("created_at", types.Utc, nullable=False),
        sa.ForeignKeyConstraint(["address_id"], ["addresses.id"], name="fk_attachments_address_id"),
        sa.ForeignKeyConstraint(["agent_id"], ["agents.id"], name="fk_attachments_agent_id"),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_attachments_conversation_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_attachments"),
    )
    op.create_index("ix_attachments_address_id", "attachments", ["address_id"], unique=False)
    op.create_index("ix_attachments_message_id", "attachments", ["message_id"], unique=False)
    op.create_table(
        "dialogues",
        sa.Column("conversation_id", types.Id, nullable=False),
        sa.Column("events", types.Json, nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_dialogues_conversation_id"
        ),
        sa.PrimaryKeyConstraint("conversation_id", name="pk_dialogues"),
    )
    op.create_table(
        "handoffs",
        sa.Column("id", types.Id, nullable=False),
        sa.Column("conversation_id", types.Id, nullable=False),
        sa.Column("reason", sa.String(length=50), nullable=False),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.Column("at", types.Utc, nullable=False),
        sa.Column("waiting_since", types.Utc, nullable=False),
        sa.Column("queue_id", types.Id, nullable=False),
        sa.Column("from_seq", sa.Integer(), nullable=False),
        sa.Column("guesses", types.Json, nullable=False),
        sa.Column("slots", types.Json, nullable=False),
        sa.Column("taken_at", types.Utc, nullable=True),
        sa.Column("taken_by", types.Id, nullable=True),
        sa.Column("ended_at", types.Utc, nullable=True),
        sa.Column("ended_by", sa.String(length=20), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_handoffs_conversation_id"
        ),
        sa.ForeignKeyConstraint(["queue_id"], ["queues.id"], name="fk_handoffs_queue_id"),
        sa.ForeignKeyConstraint(["taken_by"], ["agents.id"], name="fk_handoffs_taken_by"),
        sa.PrimaryKeyConstraint("id", name="pk_handoffs"),
    )
    op.create_index(
        "ix_handoffs_conversation_id_at", "handoffs", ["conversation_id", "at"], unique=False
    )
    op.create_index(
        "ix_handoffs_queue_id_taken_at", "handoffs", ["queue_id", "taken_at"], unique=False
    )
    op.create_table(
        "messages",
        sa.Column("id", types.Id, nullable=False),
        sa.Column("conversation_id", types.Id, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("author_kind", sa.String(length=10), nullable=False),
        sa.Column("author_id", sa.String(length=100), nullable=True),
        sa.Column("author_name", sa.String(length=200), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("inbox_id", types.Id, nullable=True),
        sa.Column("address_id", types.Id, nullable=True),
        sa.Column("external_id", sa.String(length=400), nullable=True),
        sa.Column("client_id", sa.String(length=100), nullable=True),
        sa.Column("reply_to", types.Id, nullable=True),
        sa.Column("chosen", sa.String(length=1000), nullable=True),
        sa.Column("turn_id", types.Id, nullable=True),
        sa.Column("content", types.Json, nullable=True),
        sa.Column("at", types.Utc, nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_messages_conversation_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_messages"),
        sa.UniqueConstraint("conversation_id", "seq", name="uq_messages_conversation_id_seq"),
        sa.UniqueConstraint("inbox_id", "external_id", name="uq_messages_inbox_id_external_id"),
    )
    op.create_table(
        "turns",
        sa.Column("id", types.Id, nullable=False),
        sa.Column("conversation_id", types.Id, nullable=False),
        sa.Column("first_seq", sa.Integer(), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False),
        sa.Column("ownership", sa.Integer(), nullable=False),
        sa.Column("due_at", types.Utc, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("created_at", types.Utc, nullable=False),
        sa.Column("closed_at", types.Utc, nullable=True),
        sa.Column("decision", sa.String(length=20), nullable=True),
        sa.Column("reasons", types.Json, nullable=True),
        sa.Column("understanding", types.Json, nullable=True),
        sa.Column("matter", sa.String(length=500), nullable=True),
        sa.Column("took_ms", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_turns_conversation_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_turns"),
    )
    op.create_index(
        "ix_turns_conversation_id_last_seq", "turns", ["conversation_id", "last_seq"], unique=False
    )
    op.create_index(
        "ix_turns_due",
        "turns",
        ["due_at"],
        unique=False,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_index(
        "uq_turns_open",
        "turns",
        ["conversation_id"],
        unique=True,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_table(
        "deliveries",
        sa.Column("id", types.Id, nullable=False),
        sa.Column("conversation_id", types.Id, nullable=False),
        sa.Column("message_id", types.Id, nullable=False),
        sa.Column("inbox_id", types.Id, nullable=False),
        sa.Column("address_id", types.Id, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("due_at", types.Utc, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("external_id", sa.String(length=400), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("created_at", types.Utc, nullable=False),
        sa.Column("updated_at", types.Utc, nullable=False),
        sa.ForeignKeyConstraint(["address_id"], ["addresses.id"], name="fk_deliveries_address_id"),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_deliveries_conversation_id"
        ),
        sa.ForeignKeyConstraint(["inbox_id"], ["inboxes.id"], name="fk_deliveries_inbox_id"),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name="fk_deliveries_message_id"),
        sa.PrimaryKeyConstraint("id", name="pk_deliveries"),
    )
    op.create_index(
        "ix_deliveries_due",
        "deliveries",
        ["due_at"],
        unique=False,
        sqlite_where=sa.text("state IN ('pending', 'sending')"),
        postgresql_where=sa.text("state IN ('pending', 'sending')"),
    )
    op.create_index("ix_deliveries_message_id", "deliveries", ["message_id"], unique=False)
    op.create_index(
        "ix_deliveries_open",
        "deliveries",
        ["address_id", "conversation_id", "seq"],
        unique=False,
        sqlite_where=sa.text("state IN ('pending', 'sending')"),
        postgresql_where=sa.text("state IN ('pending', 'sending')"),
    )
    op.create_index(
        "ix_deliveries_unread",
        "deliveries",
        ["address_id", "conversation_id", "seq"],
        unique=False,
        sqlite_where=sa.text("state IN ('sent', 'delivered')"),
        postgresql_where=sa.text("state IN ('sent', 'delivered')"),
    )
    _number_from_one()


def _number_from_one() -> None:
    """The counters, and the epoch: this store's own id beside every number it gives."""
    counters = sa.table("counters", sa.column("name"), sa.column("value"))
    op.bulk_insert(counters, [{"name": n, "value": 0} for n in ("event", "conversation")])
    facts = sa.table("facts", sa.column("name"), sa.column("value"))
    op.bulk_insert(facts, [{"name": "epoch", "value": new_id()}])


def downgrade() -> None:
    raise NotImplementedError("the first schema has nothing before it")
