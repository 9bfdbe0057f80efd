"""The few words that the web chat itself puts into a customer's mouth."""

from __future__ import annotations

from channels.chat.settings import language

LANGUAGES = ("en", "fa", "ar")

_WANTS_PERSON = {
    "en": "I would like to talk to a person.",
    "fa": "می‌خواهم با یک نفر صحبت کنم.",
    "ar": "أريد التحدث إلى شخص.",
}


def wants_person(locale: str) -> str:
    """What the button that is always in reach says, in the customer's language."""
    return _WANTS_PERSON.get(language(locale), _WANTS_PERSON["en"])


def known_language(locale: str) -> str | None:
    """The locale's language, if it is one that Peyk speaks."""
    found = language(locale)
    return found if found in LANGUAGES else None
