"""Admins' hand-off rules, written in the ways in which keyboards write."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.rules import applying
from gateway.ids import ContactId, InboxId, QueueId
from gateway.model.contact import Contact
from gateway.model.inbox import Inbox, Rule

NOW = datetime(2026, 1, 1, tzinfo=UTC)
CONTACT = Contact(id=ContactId("c1"), name=None, email="a@b.ir", locale=None, created_at=NOW)
INBOX = Inbox(
    id=InboxId("i1"), channel="chat", key="demo", name="Demo", queue_id=QueueId("q"),
    disabled=False, created_at=NOW,
)  # fmt: skip


def rule(kind: str, value: str, enabled: bool = True) -> Rule:
    return Rule(id=value, kind=kind, value=value, queue_id=None, enabled=enabled, created_at=NOW)


@pytest.mark.parametrize(
    ("phrase", "text", "applies"),
    [
        ("lawyer", "I will call my LAWYER!", True),
        ("lawyer", "lawyers everywhere", False),
        ("شکایت", "می‌خواهم شكايت کنم", True),
        ("می‌خواهم", "میخواهم", True),
        ("cash back", "give me cash  back.", True),
        ("", "anything", False),
        ("...", "anything", False),
    ],
)
def test_words_apply_as_whole_words_in_any_spelling(phrase: str, text: str, applies: bool) -> None:
    assert (applying([rule("words", phrase)], text, CONTACT, INBOX) is not None) is applies


def test_contact_and_inbox_rules_apply_by_id_or_by_name_of_theirs() -> None:
    for each in (rule("contact", "c1"), rule("contact", "a@b.ir"), rule("inbox", "demo")):
        assert applying([each], "x", CONTACT, INBOX) == each
    assert applying([rule("contact", "c2"), rule("inbox", "other")], "x", CONTACT, INBOX) is None


def test_a_contact_without_an_email_matches_no_empty_rule() -> None:
    nobody = Contact(id=ContactId("c9"), name=None, email=None, locale=None, created_at=NOW)
    assert applying([rule("contact", "")], "x", nobody, INBOX) is None


def test_a_disabled_rule_does_nothing_and_the_first_that_applies_wins() -> None:
    off, first, second = rule("words", "a", enabled=False), rule("words", "b"), rule("inbox", "i1")
    assert applying([off, first, second], "a b", CONTACT, INBOX) == first
