"""Admins' hand-off rules: which one applies to a turn. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from gateway.model.contact import Contact
from gateway.model.inbox import Inbox, Rule

# What keyboards write in different ways; the whole normaliser lives with the bot's model.
_ALIKE = str.maketrans("يىكةأإآٱ", "ییکهاااا", "\u200c\u200d\u200e\u200f\u0640")


def applying(rules: Iterable[Rule], text: str, contact: Contact, inbox: Inbox) -> Rule | None:
    """The first enabled rule that applies, in the order in which they were made."""
    return next((r for r in rules if r.enabled and _applies(r, text, contact, inbox)), None)


def _applies(rule: Rule, text: str, contact: Contact, inbox: Inbox) -> bool:
    if rule.kind == "words":
        return _holds(text, rule.value)
    if rule.kind == "contact":
        return rule.value in (contact.id, contact.email)
    return rule.kind == "inbox" and rule.value in (inbox.id, inbox.key)


def _holds(text: str, phrase: str) -> bool:
    """Whether the phrase stands in the text as whole words."""
    words = f" {_words(phrase)} "
    return bool(words.strip()) and words in f" {_words(text)} "


def _words(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_ALIKE)
    return " ".join("".join(c if c.isalnum() else " " for c in plain).split())
