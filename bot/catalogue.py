"""What Peyk itself says to customers in the bot's place, in their language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_TEXTS: Final[Mapping[str, Mapping[str, str]]] = {
    "handed_off": {
        "en": "I am passing you to a colleague. Everything you wrote here is kept, so you will "
        "not have to repeat yourself.",
        "fa": "شما را به یکی از همکاران وصل می‌کنم. هرچه اینجا نوشته‌اید می‌ماند و لازم نیست "
        "دوباره بگویید.",
        "ar": "سأحوّلك إلى أحد زملائنا. كل ما كتبته هنا محفوظ، ولن تحتاج إلى تكراره.",
    },
    "bot_failed": {
        "en": "I cannot answer right now, so I am passing you to a colleague. Your messages are "
        "kept.",
        "fa": "الان نمی‌توانم پاسخ بدهم، برای همین شما را به یکی از همکاران وصل می‌کنم. "
        "پیام‌هایتان محفوظ است.",
        "ar": "لا أستطيع الإجابة الآن، لذلك سأحوّلك إلى أحد زملائنا. رسائلك محفوظة.",
    },
    "not_understood": {
        "en": "I am not sure that I understood. Did you mean one of these?",
        "fa": "مطمئن نیستم درست فهمیده باشم. منظورتان یکی از این‌هاست؟",
        "ar": "لست متأكدًا من أنني فهمت. هل تقصد أحد هذه الخيارات؟",
    },
    "talk_to_person": {
        "en": "Talk to a person",
        "fa": "گفتگو با کارشناس",
        "ar": "التحدث مع موظف",
    },
}

LANGUAGES: Final = ("en", "fa", "ar")


def text(key: str, language: str | None) -> str:
    """The text in this language, in English where we do not speak it."""
    short = (language or "en").split("-")[0].lower()
    return _TEXTS[key].get(short, _TEXTS[key]["en"])
