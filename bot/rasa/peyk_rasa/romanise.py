"""Persian examples in Latin letters, the way customers without a Persian keyboard type."""

import re

from .normalise import normalise

_COMMON = {
    "سلام": "salam",
    "من": "man",
    "سفارش": "sefaresh",
    "سفارشم": "sefaresham",
    "کجاست": "kojast",
    "کجا": "koja",
    "کی": "key",
    "چی": "chi",
    "چه": "che",
    "چطور": "chetor",
    "چطوری": "chetori",
    "چقدر": "cheghadr",
    "چنده": "chande",
    "است": "ast",
    "هست": "hast",
    "هستم": "hastam",
    "هستید": "hastid",
    "نیست": "nist",
    "میخوام": "mikham",
    "میخواهم": "mikhaham",
    "خواستم": "khastam",
    "میشه": "mishe",
    "میرسه": "mirese",
    "نرسیده": "nareside",
    "رسیده": "reside",
    "رسید": "resid",
    "شده": "shode",
    "شد": "shod",
    "نشده": "nashode",
    "کنم": "konam",
    "کنید": "konid",
    "کنین": "konin",
    "کن": "kon",
    "کردم": "kardam",
    "کرد": "kard",
    "کرده": "karde",
    "دارم": "daram",
    "دارید": "darid",
    "دارین": "darin",
    "داره": "dare",
    "ندارم": "nadaram",
    "نداره": "nadare",
    "ممنون": "mamnoon",
    "مرسی": "merci",
    "لطفا": "lotfan",
    "بله": "bale",
    "اره": "are",
    "نه": "na",
    "خوب": "khob",
    "خوبی": "khobi",
    "خداحافظ": "khodahafez",
    "پول": "pool",
    "پولم": "poolam",
    "بسته": "baste",
    "بستم": "bastam",
    "خرید": "kharid",
    "خریدم": "kharidam",
    "ارسال": "ersal",
    "تحویل": "tahvil",
    "مرجوع": "marju",
    "پس": "pas",
    "بدم": "bedam",
    "تخفیف": "takhfif",
    "کد": "code",
    "فاکتور": "factor",
    "گارانتی": "garanti",
    "ضمانت": "zemanat",
    "سایز": "size",
    "اندازه": "andaze",
    "هزینه": "hazine",
    "قیمت": "gheymat",
    "روز": "rooz",
    "ساعت": "saat",
    "ادرس": "adres",
    "پیگیری": "peygiri",
    "شماره": "shomare",
    "هنوز": "hanooz",
    "با": "ba",
    "به": "be",
    "از": "az",
    "در": "dar",
    "را": "ra",
    "رو": "ro",
    "که": "ke",
    "برای": "baraye",
    "واسه": "vase",
    "این": "in",
    "اون": "oon",
    "یه": "ye",
    "یک": "yek",
    "دیگه": "dige",
    "پشتیبان": "poshtiban",
    "پشتیبانی": "poshtibani",
    "اپراتور": "operator",
    "ادم": "adam",
    "انسان": "ensan",
    "واقعی": "vaghei",
    "حرف": "harf",
    "بزنم": "bezanam",
    "صحبت": "sohbat",
    "کسی": "kasi",
    "عوض": "avaz",
    "تعویض": "taviz",
    "لغو": "laghv",
    "کنسل": "cancel",
    "پرداخت": "pardakht",
    "کارت": "kart",
    "حساب": "hesab",
    "رمز": "ramz",
    "عبور": "obur",
    "خراب": "kharab",
    "شکسته": "shekaste",
    "اشتباه": "eshtebah",
    "چند": "chand",
    "موجود": "mojud",
    "فروشگاه": "forushgah",
    "درود": "dorood",
    "خسته": "khaste",
    "نباشید": "nabashid",
    "باشه": "bashe",
    "تونم": "toonam",
    "میتونم": "mitoonam",
}
_LETTERS = {
    "ا": "a", "ب": "b", "پ": "p", "ت": "t", "ث": "s", "ج": "j", "چ": "ch", "ح": "h", "خ": "kh",
    "د": "d", "ذ": "z", "ر": "r", "ز": "z", "ژ": "zh", "س": "s", "ش": "sh", "ص": "s", "ض": "z",
    "ط": "t", "ظ": "z", "ع": "a", "غ": "gh", "ف": "f", "ق": "gh", "ک": "k", "گ": "g", "ل": "l",
    "م": "m", "ن": "n", "و": "o", "ه": "h", "ی": "i",
}  # fmt: skip
_VOWELS = "aeiou"


def romanised(text: str) -> list[str]:
    """The text in Latin letters, twice: with the vowels that are written, and with guessed ones.

    Nothing for a text that has Latin letters already.
    """
    if re.search("[a-z]", text, re.IGNORECASE):
        return []
    words = normalise(text).split()
    return [" ".join(_written(word) for word in words), " ".join(_guessed(word) for word in words)]


def _written(word: str) -> str:
    return _COMMON.get(word) or _final_e("".join(_LETTERS.get(letter, letter) for letter in word))


def _guessed(word: str) -> str:
    """Between two consonants Persian mostly has an "a" or an "e" that is not written."""
    if word in _COMMON:
        return _COMMON[word]
    spoken = ""
    sounds = [_LETTERS.get(letter, letter) for letter in word]
    for place, sound in enumerate(sounds):
        spoken += sound
        following = sounds[place + 1] if place + 1 < len(sounds) else ""
        if _is_consonant(sound) and _is_consonant(following) and place % 2 == 0:
            spoken += "e" if following in ("sh", "s", "h") else "a"
    return _final_e(spoken)


def _is_consonant(sound: str) -> bool:
    return bool(sound) and sound.isascii() and sound.isalpha() and sound[0] not in _VOWELS


def _final_e(word: str) -> str:
    return re.sub(r"(?<=[^aeiou])h$", "e", word) if len(word) > 3 else word
