"""The tables. Their words are those of the glossary; a migration makes them."""

from __future__ import annotations

import sqlalchemy as sa

from gateway.store.types import Id, Json, Serial, Utc, Words

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _id() -> sa.Column[str]:
    return sa.Column("id", Id, primary_key=True)


def _ref(name: str, target: str, *, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, Id, sa.ForeignKey(f"{target}.id"), nullable=null)


def _at(name: str, *, null: bool = False) -> sa.Column[object]:
    return sa.Column(name, Utc, nullable=null)


def _text(name: str, length: int = 200, *, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(length), nullable=null)


def _flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean, nullable=False, default=False)


def _json(name: str, *, null: bool = False) -> sa.Column[object]:
    return sa.Column(name, Json, nullable=null)


def _number(name: str, default: int | None = None) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False, default=default)


# The store itself: its epoch, and the counters that number things in commit order.
facts = sa.Table(
    "facts",
    metadata,
    sa.Column("name", sa.String(50), primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)
counters = sa.Table(
    "counters",
    metadata,
    sa.Column("name", sa.String(50), primary_key=True),
    sa.Column("value", sa.BigInteger, nullable=False),
)

agents = sa.Table(
    "agents",
    metadata,
    _id(),
    _text("email", 320),
    _text("name"),
    _text("role", 20),
    _text("password_hash", 300),
    _text("presence", 20),
    _text("locale", 20, null=True),
    sa.Column("capacity", sa.Integer, nullable=True),
    _json("preferences", null=True),
    # When a console of the agent was last connected, and what he returns to when one is again.
    _at("here_at", null=True),
    _text("comes_back_as", 20, null=True),
    _at("disabled_at", null=True),
    _at("created_at"),
    sa.UniqueConstraint("email"),
)
sessions = sa.Table(
    "sessions",
    metadata,
    _id(),
    _ref("agent_id", "agents"),
    _text("token_hash", 64),
    _text("csrf_token", 64),
    _text("network_address", 64),
    _text("user_agent", 300),
    _at("created_at"),
    _at("seen_at"),
    _at("expires_at"),
    _at("revoked_at", null=True),
    sa.UniqueConstraint("token_hash"),
    sa.Index(None, "agent_id"),
)
tokens = sa.Table(
    "tokens",
    metadata,
    _id(),
    _ref("agent_id", "agents"),
    _text("name"),
    _text("token_hash", 64),
    _at("created_at"),
    _at("last_used_at", null=True),
    _at("expires_at", null=True),
    _at("revoked_at", null=True),
    sa.UniqueConstraint("token_hash"),
    sa.Index(None, "agent_id"),
)
sign_ins = sa.Table(
    "sign_ins",
    metadata,
    _id(),
    _text("subject", 400),
    _flag("succeeded"),
    _at("at"),
    sa.Index(None, "subject", "at"),
)
first_answers = sa.Table(
    "first_answers",
    metadata,
    _id(),
    _ref("agent_id", "agents"),
    _text("key", 200),
    _text("route", 200),
    _text("body_hash", 64),
    sa.Column("status", sa.Integer, nullable=True),
    sa.Column("answer", sa.LargeBinary, nullable=True),
    _at("at"),
    sa.UniqueConstraint("agent_id", "key"),
    sa.Index(None, "at"),
)

queues = sa.Table(
    "queues",
    metadata,
    _id(),
    _text("name"),
    _flag("is_default"),
    _at("disabled_at", null=True),
    _at("created_at"),
    sa.UniqueConstraint("name"),
)
inboxes = sa.Table(
    "inboxes",
    metadata,
    _id(),
    _text("channel", 20),
    _text("key", 100),
    _text("name"),
    _ref("queue_id", "queues"),
    _json("settings"),
    _at("disabled_at", null=True),
    _at("created_at"),
    sa.UniqueConstraint("channel", "key"),
)
rules = sa.Table(
    "rules",
    metadata,
    _id(),
    _text("kind", 20),
    _text("value", 500),
    _ref("queue_id", "queues", null=True),
    sa.Column("enabled", sa.Boolean, nullable=False, default=True),
    _at("created_at"),
)

contacts = sa.Table(
    "contacts",
    metadata,
    _id(),
    _text("name", null=True),
    _text("email", 320, null=True),
    _text("locale", 20, null=True),
    _json("attributes"),
    _at("created_at"),
    sa.Index(None, "email"),
)
addresses = sa.Table(
    "addresses",
    metadata,
    _id(),
    _ref("contact_id", "contacts"),
    _ref("inbox_id", "inboxes"),
    _text("peer", 400),
    _text("proof", 20),
    _at("created_at"),
    _at("last_seen_at"),
    sa.UniqueConstraint("inbox_id", "peer"),
    sa.Index(None, "contact_id"),
)
visitor_sessions = sa.Table(
    "visitor_sessions",
    metadata,
    _id(),
    _ref("address_id", "addresses"),
    _text("token_hash", 64),
    _text("locale", 20, null=True),
    _at("created_at"),
    _at("seen_at"),
    _at("expires_at"),
    sa.UniqueConstraint("token_hash"),
    sa.Index(None, "address_id"),
)
used_identities = sa.Table(
    "used_identities",
    metadata,
    sa.Column("inbox_id", Id, sa.ForeignKey("inboxes.id"), primary_key=True),
    sa.Column("jti", sa.String(200), primary_key=True),
    _at("expires_at"),
)

conversations = sa.Table(
    "conversations",
    metadata,
    _id(),
    sa.Column("number", sa.BigInteger, nullable=False),
    _ref("contact_id", "contacts"),
    _ref("inbox_id", "inboxes"),
    _ref("address_id", "addresses"),
    _text("owner_kind", 10),
    sa.Column("owner_id", Id, nullable=True),
    _text("state", 20),
    _number("ownership"),
    _number("last_seq"),
    _ref("queue_id", "queues", null=True),
    _text("language", 20, null=True),
    _at("waiting_since", null=True),
    _at("snoozed_until", null=True),
    _at("resolved_at", null=True),
    _text("outcome", 200, null=True),
    _json("slots"),
    _flag("returned"),
    _json("last_message", null=True),
    _at("created_at"),
    _at("updated_at"),
    sa.UniqueConstraint("number"),
    sa.Index(None, "contact_id", "inbox_id", "number"),
    sa.Index(None, "updated_at", "id"),
    sa.Index(None, "state", "updated_at", "id"),
    sa.Index(None, "state", "waiting_since", "id"),
    sa.Index(None, "owner_id", "state", "updated_at", "id"),
    sa.Index(None, "queue_id", "state", "waiting_since", "id"),
    sa.Index(None, "inbox_id", "updated_at", "id"),
    sa.Index(
        "ix_conversations_snoozed",
        "snoozed_until",
        sqlite_where=sa.text("snoozed_until IS NOT NULL"),
        postgresql_where=sa.text("snoozed_until IS NOT NULL"),
    ),
)
# The bot's own memory of a conversation, apart because it is large and seldom needed.
dialogues = sa.Table(
    "dialogues",
    metadata,
    sa.Column("conversation_id", Id, sa.ForeignKey("conversations.id"), primary_key=True),
    _json("events"),
)
messages = sa.Table(
    "messages",
    metadata,
    _id(),
    _ref("conversation_id", "conversations"),
    _number("seq"),
    _text("kind", 10),
    _text("author_kind", 10),
    _text("author_id", 100, null=True),
    _text("author_name", null=True),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("inbox_id", Id, nullable=True),
    sa.Column("address_id", Id, nullable=True),
    _text("external_id", 400, null=True),
    _text("client_id", 100, null=True),
    sa.Column("reply_to", Id, nullable=True),
    _text("chosen", 1000, null=True),
    sa.Column("turn_id", Id, nullable=True),
    _json("content", null=True),
    _at("at"),
    sa.UniqueConstraint("conversation_id", "seq"),
    sa.UniqueConstraint("inbox_id", "external_id"),
)
attachments = sa.Table(
    "attachments",
    metadata,
    _id(),
    _text("filename", 300),
    _text("content_type", 100),
    sa.Column("size", sa.BigInteger, nullable=False),
    _text("key", 300),
    sa.Column("address_id", Id, sa.ForeignKey("addresses.id"), nullable=True),
    sa.Column("agent_id", Id, sa.ForeignKey("agents.id"), nullable=True),
    sa.Column("conversation_id", Id, sa.ForeignKey("conversations.id"), nullable=True),
    sa.Column("message_id", Id, nullable=True),
    _at("created_at"),
    sa.Index(None, "message_id"),
    sa.Index(None, "address_id"),
)
journal = sa.Table(
    "journal",
    metadata,
    _id(),
    _ref("inbox_id", "inboxes"),
    _text("external_id", 400),
    _json("payload"),
    _at("at"),
    sa.UniqueConstraint("inbox_id", "external_id"),
)
handoffs = sa.Table(
    "handoffs",
    metadata,
    _id(),
    _ref("conversation_id", "conversations"),
    _text("reason", 50),
    sa.Column("explanation", sa.Text, nullable=False),
    _json("why", null=True),
    _at("at"),
    _at("waiting_since"),
    _ref("queue_id", "queues"),
    _number("from_seq"),
    _json("guesses"),
    _json("slots"),
    _at("taken_at", null=True),
    sa.Column("taken_by", Id, sa.ForeignKey("agents.id"), nullable=True),
    _at("ended_at", null=True),
    _text("ended_by", 20, null=True),
    sa.Index(None, "conversation_id", "at"),
    sa.Index(None, "queue_id", "taken_at"),
)

# The two tables that workers claim from. `due_at` is also the lease: a claim moves it
# into the future, and `attempts` fences a worker whose claim another has taken over.
turns = sa.Table(
    "turns",
    metadata,
    _id(),
    _ref("conversation_id", "conversations"),
    _number("first_seq"),
    _number("last_seq"),
    _number("ownership"),
    _at("due_at"),
    _number("attempts", 0),
    _at("created_at"),
    _at("closed_at", null=True),
    _text("decision", 20, null=True),
    _json("reasons", null=True),
    _json("why", null=True),
    _json("understanding", null=True),
    _text("matter", 500, null=True),
    sa.Column("took_ms", sa.Integer, nullable=True),
    sa.Index(
        "uq_turns_open",
        "conversation_id",
        unique=True,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    ),
    sa.Index(
        "ix_turns_due",
        "due_at",
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    ),
    sa.Index(None, "conversation_id", "last_seq"),
)
deliveries = sa.Table(
    "deliveries",
    metadata,
    _id(),
    _ref("conversation_id", "conversations"),
    _ref("message_id", "messages"),
    _ref("inbox_id", "inboxes"),
    _ref("address_id", "addresses"),
    _number("seq"),
    _text("state", 20),
    _at("due_at"),
    _number("attempts", 0),
    _text("external_id", 400, null=True),
    sa.Column("error", sa.Text, nullable=True),
    _at("created_at"),
    _at("updated_at"),
    sa.Index(None, "message_id"),
    sa.Index(
        "ix_deliveries_due",
        "due_at",
        sqlite_where=sa.text("state IN ('pending', 'sending')"),
        postgresql_where=sa.text("state IN ('pending', 'sending')"),
    ),
    sa.Index(
        "ix_deliveries_open",
        "address_id",
        "conversation_id",
        "seq",
        sqlite_where=sa.text("state IN ('pending', 'sending')"),
        postgresql_where=sa.text("state IN ('pending', 'sending')"),
    ),
    sa.Index(
        "ix_deliveries_unread",
        "address_id",
        "conversation_id",
        "seq",
        sqlite_where=sa.text("state IN ('sent', 'delivered')"),
        postgresql_where=sa.text("state IN ('sent', 'delivered')"),
    ),
)

events = sa.Table(
    "events",
    metadata,
    sa.Column("n", sa.BigInteger, primary_key=True, autoincrement=False),
    _text("kind", 40),
    sa.Column("conversation_id", Id, nullable=True),
    sa.Column("contact_id", Id, nullable=True),
    _text("actor_kind", 10),
    _text("actor_id", 100, null=True),
    _text("actor_name", null=True),
    _json("data"),
    _at("at"),
    sa.Index(None, "conversation_id", "n"),
)

# What agents keep for their own work.
drafts = sa.Table(
    "drafts",
    metadata,
    sa.Column("agent_id", Id, sa.ForeignKey("agents.id"), primary_key=True),
    sa.Column("conversation_id", Id, sa.ForeignKey("conversations.id"), primary_key=True),
    _json("draft"),
    _at("updated_at"),
)
seen = sa.Table(
    "seen",
    metadata,
    sa.Column("agent_id", Id, sa.ForeignKey("agents.id"), primary_key=True),
    sa.Column("conversation_id", Id, sa.ForeignKey("conversations.id"), primary_key=True),
    _number("seq"),
    _at("at"),
)
views = sa.Table(
    "views",
    metadata,
    _id(),
    _ref("agent_id", "agents", null=True),
    _text("name"),
    _json("query"),
    _at("created_at"),
    sa.Index(None, "agent_id"),
)
canned_replies = sa.Table(
    "canned_replies",
    metadata,
    _id(),
    _text("shortcut", 50),
    # Empty for all languages: two NULLs would not be equal to a unique constraint.
    _text("locale", 20),
    _text("title"),
    sa.Column("text", sa.Text, nullable=False),
    _at("created_at"),
    _at("updated_at"),
    sa.UniqueConstraint("shortcut", "locale"),
)
# What customers say of a conversation that was resolved: once for each resolution.
ratings = sa.Table(
    "ratings",
    metadata,
    _id(),
    _ref("conversation_id", "conversations"),
    _ref("contact_id", "contacts"),
    _ref("agent_id", "agents", null=True),
    _number("ownership"),
    _number("score"),
    sa.Column("comment", sa.Text, nullable=True),
    _at("at"),
    sa.UniqueConstraint("conversation_id", "ownership"),
    sa.Index(None, "at"),
)

# What search finds: made from the events in the background, and made anew at any time.
search_entries = sa.Table(
    "search_entries",
    metadata,
    sa.Column("id", Serial, sa.Identity(), primary_key=True),
    _text("kind", 10),
    sa.Column("target_id", Id, nullable=False),
    sa.Column("conversation_id", Id, nullable=True),
    sa.Column("contact_id", Id, nullable=True),
    sa.Column("inbox_id", Id, nullable=True),
    _text("author_kind", 10, null=True),
    _text("author_id", 100, null=True),
    _at("at"),
    sa.Column("words", Words, nullable=False),
    sa.UniqueConstraint("target_id"),
    sa.Index("ix_search_entries_words", "words", postgresql_using="gin").ddl_if(
        dialect="postgresql"
    ),
)
