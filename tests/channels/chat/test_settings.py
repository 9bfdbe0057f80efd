"""An inbox's settings: what an admin may write."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import ValidationError

from channels.chat.settings import ChatSettings, settings_of
from gateway.errors import NotFound
from gateway.ids import InboxId, QueueId, new_id
from gateway.model.inbox import Inbox

INBOX = Inbox(
    id=InboxId(new_id()),
    channel="chat",
    key="demo",
    name="Demo",
    queue_id=QueueId(new_id()),
    disabled=False,
    created_at=datetime(2026, 1, 1, tzinfo=UTC),
)


def test_no_settings_are_good_settings() -> None:
    settings = settings_of(INBOX)
    assert settings.allows("https://any.example")
    assert settings.reopen_within_s == 7 * 24 * 3600
    assert settings.greeting_in("fa") is None


def test_a_site_is_an_origin_and_nothing_else() -> None:
    settings = ChatSettings(allowed_sites=("https://Shop.example/", "http://localhost:3000"))
    assert settings.allows("https://shop.example")
    assert settings.allows("HTTPS://SHOP.EXAMPLE")
    assert not settings.allows("https://shop.example:8443")
    assert not settings.allows("https://www.shop.example")
    assert not settings.allows("null")


@pytest.mark.parametrize(
    "wrong",
    [
        {"allowed_sites": ["shop.example"]},
        {"allowed_sites": ["https://"]},
        {"allowed_sites": ["https://shop.example/path"]},
        {"allowed_sites": ["https://*.example"]},
        {"allowed_sites": ["javascript://x"]},
        {"allowed_sites": "https://shop.example"},
        {"reopen_within_s": -1},
        {"limits": {"sockets": 0}},
        {"limits": {"messages_per_s": 0}},
        {"greetings": "a typing error"},
    ],
)
def test_wrong_settings_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        ChatSettings.model_validate(wrong)


def test_an_inbox_with_wrong_settings_is_closed() -> None:
    with pytest.raises(NotFound):
        settings_of(replace(INBOX, settings={"limits": {"sockets": 0}}))


def test_settings_of_a_newer_version_do_no_harm() -> None:
    assert settings_of(replace(INBOX, settings={"mood": "good", "locale": "fa"})).locale == "fa"


@pytest.mark.parametrize(
    ("locale", "greeting"),
    [("fa", "سلام"), ("fa-IR", "سلام"), ("en-GB", "Hello"), ("de", "Hello"), ("ar", "Hello")],
)
def test_a_greeting_is_in_the_customers_language_or_the_inboxs(locale: str, greeting: str) -> None:
    settings = ChatSettings(locale="en", greeting={"en": "Hello", "fa": "سلام"})
    assert settings.greeting_in(locale) == greeting
    assert ChatSettings(greeting="Hi").greeting_in(locale) == "Hi"
    assert ChatSettings(locale="de", greeting={"fa": "سلام"}).greeting_in("ar") == "سلام"
