"""The search index: what is found by words, and how far the events have been taken in.

Revision: 0003
Follows: 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from gateway.store import types

revision = "0003"
down_revision = "0002"

# SQLite keeps the words of the entries a second time, as an index of their own. It follows
# the table by triggers, so that nobody writes the one without the other.
SQLITE = (
    """CREATE VIRTUAL TABLE search_words USING fts5(
        words, content='search_entries', content_rowid='id',
        tokenize='unicode61 remove_diacritics 0', prefix='2 3 4')""",
    """CREATE TRIGGER search_entries_inserted AFTER INSERT ON search_entries BEGIN
        INSERT INTO search_words(rowid, words) VALUES (new.id, new.words); END""",
    """CREATE TRIGGER search_entries_deleted AFTER DELETE ON search_entries BEGIN
        INSERT INTO search_words(search_words, rowid, words)
        VALUES ('delete', old.id, old.words); END""",
    """CREATE TRIGGER search_entries_updated AFTER UPDATE OF words ON search_entries BEGIN
        INSERT INTO search_words(search_words, rowid, words)
        VALUES ('delete', old.id, old.words);
        INSERT INTO search_words(rowid, words) VALUES (new.id, new.words); END""",
)


def upgrade() -> None:
    op.create_table(
        "search_entries",
        sa.Column("id", types.Serial, sa.Identity(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("target_id", types.Id, nullable=False),
        sa.Column("conversation_id", types.Id, nullable=True),
        sa.Column("contact_id", types.Id, nullable=True),
        sa.Column("inbox_id", types.Id, nullable=True),
        sa.Column("author_kind", sa.String(length=10), nullable=True),
        sa.Column("author_id", sa.String(length=100), nullable=True),
        sa.Column("at", types.Utc, nullable=False),
        sa.Column("words", types.Words, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_search_entries"),
        sa.UniqueConstraint("target_id", name="uq_search_entries_target_id"),
    )
    if op.get_bind().dialect.name == "sqlite":
        for statement in SQLITE:
            op.execute(statement)
    else:
        op.create_index(
            "ix_search_entries_words", "search_entries", ["words"], postgresql_using="gin"
        )
    op.execute(sa.text("INSERT INTO counters (name, value) VALUES ('indexed', 0)"))


def downgrade() -> None:
    raise NotImplementedError("the store only goes forward: restore a backup")
