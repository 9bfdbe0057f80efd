"""The few words of the web chat itself: in a customer's mouth, and in what he saves."""

from __future__ import annotations

from dataclasses import dataclass

from channels.chat.appearance import LANGUAGES
from channels.chat.settings import language

_WANTS_PERSON = {
    "en": "I would like to talk to a person.",
    "fa": "می‌خواهم با یک نفر صحبت کنم.",
    "ar": "أريد التحدث إلى شخص.",
}


def wants_person(locale: str) -> str:
    """What the button that is always in reach says, in the customer's language."""
    return _WANTS_PERSON.get(language(locale), _WANTS_PERSON["en"])


@dataclass(frozen=True, kw_only=True)
class FileWords:
    """What stands in a saved conversation beside what was said."""

    title: str
    saved: str
    you: str
    assistant: str
    team: str


_FILE_WORDS = {
    "en": FileWords(
        title="Conversation with {inbox}",
        saved="Saved {at}, times of {zone}",
        you="You",
        assistant="Assistant",
        team="Our team",
    ),
    "fa": FileWords(
        title="گفتگو با {inbox}",
        saved="ذخیره‌شده در {at}، به وقت {zone}",
        you="شما",
        assistant="دستیار",
        team="همکار ما",
    ),
    "ar": FileWords(
        title="محادثة مع {inbox}",
        saved="حُفظت في {at}، بتوقيت {zone}",
        you="أنت",
        assistant="المساعد",
        team="فريقنا",
    ),
}


def file_words(locale: str) -> FileWords:
    return _FILE_WORDS.get(language(locale), _FILE_WORDS["en"])


def known_language(locale: str) -> str | None:
    """The locale's language, if it is one that Peyk speaks."""
    found = language(locale)
    return found if found in LANGUAGES else None
