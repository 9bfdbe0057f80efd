"""The store: all SQL, on SQLite and PostgreSQL alike."""
