"""Settings: where they come from, and that their mistakes are reported together."""

from __future__ import annotations

import pytest

from gateway.settings import SettingsInvalid, load


@pytest.mark.parametrize(
    ("given", "opened"),
    [
        ("sqlite:////var/peyk.db", "sqlite+aiosqlite:////var/peyk.db"),
        ("sqlite+aiosqlite:////var/peyk.db", "sqlite+aiosqlite:////var/peyk.db"),
        ("sqlite:///peyk.db", "sqlite+aiosqlite:///peyk.db"),
        ("postgresql://me@host/peyk", "postgresql+asyncpg://me@host/peyk"),
        ("postgresql+asyncpg://me@host/peyk", "postgresql+asyncpg://me@host/peyk"),
    ],
)
def test_a_database_is_named_with_or_without_its_driver(given: str, opened: str) -> None:
    assert load(database_url=given).store_url() == opened


def test_all_mistakes_are_reported_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PEYK_PORT", "many")
    monkeypatch.setenv("PEYK_DATABASE_URL", "mysql://host/peyk")
    monkeypatch.setenv("PEYK_LOG_LEVEL", "loud")
    with pytest.raises(SettingsInvalid) as raised:
        load()
    lines = str(raised.value).splitlines()
    assert [line.split(":")[0] for line in lines] == [
        "PEYK_PORT",
        "PEYK_DATABASE_URL",
        "PEYK_LOG_LEVEL",
    ]
