"""Persian and Arabic examples in Latin letters, as customers type them on another keyboard.

Persian in Latin letters is called Finglish; Arabic writes the sounds that Latin letters lack as
digits, "7" for ح and "3" for ع.
"""

import re
from collections.abc import Mapping

from .normalise import normalise


def _pairs(text: str) -> dict[str, str]:
    """Words in turn: one as it is written, and one in Latin letters."""
    words = text.split()
    return {normalise(word): latin for word, latin in zip(words[::2], words[1::2], strict=True)}


_PERSIAN_WORDS = _pairs(
    """
    سلام salam  من man  سفارش sefaresh  سفارشم sefaresham  کجاست kojast  کجا koja  کی key
    چی chi  چه che  چطور chetor  چطوری chetori  چقدر cheghadr  چنده chande  است ast  هست hast
    هستم hastam  هستید hastid  نیست nist  میخوام mikham  میخواهم mikhaham  خواستم khastam
    میشه mishe  میرسه mirese  نرسیده nareside  رسیده reside  رسید resid  شده shode  شد shod
    نشده nashode  کنم konam  کنید konid  کنین konin  کن kon  کردم kardam  کرد kard  کرده karde
    دارم daram  دارید darid  دارین darin  داره dare  ندارم nadaram  نداره nadare
    ممنون mamnoon  مرسی merci  لطفا lotfan  بله bale  اره are  نه na  خوب khob  خوبی khobi
    خداحافظ khodahafez  پول pool  پولم poolam  بسته baste  بستم bastam  خرید kharid
    خریدم kharidam  ارسال ersal  تحویل tahvil  مرجوع marju  پس pas  بدم bedam  تخفیف takhfif
    کد code  فاکتور factor  گارانتی garanti  ضمانت zemanat  سایز size  اندازه andaze
    هزینه hazine  قیمت gheymat  روز rooz  ساعت saat  ادرس adres  پیگیری peygiri  شماره shomare
    هنوز hanooz  با ba  به be  از az  در dar  را ra  رو ro  که ke  برای baraye  واسه vase
    این in  اون oon  یه ye  یک yek  دیگه dige  پشتیبان poshtiban  پشتیبانی poshtibani
    اپراتور operator  ادم adam  انسان ensan  واقعی vaghei  حرف harf  بزنم bezanam  صحبت sohbat
    کسی kasi  عوض avaz  تعویض taviz  لغو laghv  کنسل cancel  پرداخت pardakht  کارت kart
    حساب hesab  رمز ramz  عبور obur  خراب kharab  شکسته shekaste  اشتباه eshtebah  چند chand
    موجود mojud  فروشگاه forushgah  درود dorood  خسته khaste  نباشید nabashid  باشه bashe
    تونم toonam  میتونم mitoonam
    """
)
_ARABIC_WORDS = _pairs(
    """
    من men  في fi  على 3ala  علي 3ala  عن 3an  ما ma  مو mo  مش msh  لا la  نعم na3am
    ايوه aywa  شو shu  ايش esh  وش wesh  وين wen  فين fen  اين ayn  كم kam  كيف kef  متى mata
    امتى emta  ليش lesh  شكرا shokran  مرحبا mar7aba  السلام salam  سلام salam  عليكم 3alaikom
    اهلا ahlan  صباح saba7  الخير el5er  طلب talab  طلبي talabi  طلبيه talabeya  الطلب eltalab
    الطلبيه eltalabeya  اريد areed  ابغى abgha  ابغي abgha  ابي abi  بدي badi  عايز 3ayez
    عاوز 3awez  ممكن momken  لو law  سمحت sama7t  شحن sha7n  الشحن elsha7n  شحنتي she7nti
    توصيل tawseel  التوصيل eltawseel  رقم ra8am  الرقم elra8am  انا ana  انت enta  هل hal
    هذا hada  هذه hadi  عندي 3andi  عندكم 3andkom  لدي laday  موظف mowazaf  انسان ensan
    شخص sha5s  اكلم akalem  احكي a7ki  كلم kalem  ارجع araje3  ارجاع erja3  استرجاع esterja3
    المبلغ elmablagh  فلوسي floosi  فلوس floos  حسابي 7sabi  حساب 7sab  كود code  خصم 5asm
    فاتوره fatora  مقاس ma8as  المقاس elma8as  العنوان el3onwan  عنوان 3onwan  وصل wesel
    يوصل yewsal  وصلني weselni  وصلت weslat  تاخر ta25ar  الدفع eldaf3  دفع daf3  ادفع adfa3
    بطاقه beta8a  ضمان daman  الضمان eldaman  مع ma3  السلامه elsalama  طيب tayeb  تمام tamam
    خلص khalas  الغاء elgha2  الغي elghi  تفتحون tefta7on  ساعه sa3a  كيفك kefak  حالك 7alak
    والله wallah  يا ya  احد a7ad  الان elan  اليوم elyom  بعد ba3d  قبل 2abl
    """
)
_PERSIAN_LETTERS = _pairs(
    """
    ا a  ب b  پ p  ت t  ث s  ج j  چ ch  ح h  خ kh  د d  ذ z  ر r  ز z  ژ zh  س s  ش sh  ص s  ض z
    ط t  ظ z  ع a  غ gh  ف f  ق gh  ک k  گ g  ل l  م m  ن n  و o  ه h  ی i
    """
)
_ARABIC_LETTERS = _pairs(
    """
    ا a  ب b  پ b  ت t  ث th  ج j  چ j  ح 7  خ 5  د d  ذ th  ر r  ز z  ژ j  س s  ش sh  ص s  ض d
    ط t  ظ z  ع 3  غ gh  ف f  ق 8  ک k  گ g  ل l  م m  ن n  و o  ه a  ی i
    """
)
_PLAIN_DIGITS = str.maketrans({"7": "h", "3": "a", "5": "kh", "8": "q", "2": ""})
_VOWELS = "aeiou"


def romanised(text: str, language: str) -> list[str]:
    """The text in Latin letters, twice: with the vowels that are written, and with guessed ones.

    Nothing for English, and for a text that has Latin letters already.
    """
    if re.search("[a-z]", text, re.IGNORECASE):
        return []
    words = normalise(text).split()
    if language == "fa":
        return _twice(words, _PERSIAN_WORDS, _PERSIAN_LETTERS)
    if language == "ar":
        spelt, guessed = _twice(words, _ARABIC_WORDS, _ARABIC_LETTERS)
        return [spelt, guessed, guessed.translate(_PLAIN_DIGITS)]
    return []


def _twice(words: list[str], known: Mapping[str, str], letters: Mapping[str, str]) -> list[str]:
    sounds = [[letters.get(letter, letter) for letter in word] for word in words]
    spelt = [
        known.get(word) or _final_e("".join(of)) for word, of in zip(words, sounds, strict=True)
    ]
    guessed = [
        known.get(word) or _final_e(_with_vowels(of))
        for word, of in zip(words, sounds, strict=True)
    ]
    return [" ".join(spelt), " ".join(guessed)]


def _with_vowels(sounds: list[str]) -> str:
    """Between two consonants there mostly is an "a" or an "e" that is not written."""
    spoken = ""
    for place, sound in enumerate(sounds):
        spoken += sound
        following = sounds[place + 1] if place + 1 < len(sounds) else ""
        if _is_consonant(sound) and _is_consonant(following) and place % 2 == 0:
            spoken += "e" if following in ("sh", "s", "h") else "a"
    return spoken


def _is_consonant(sound: str) -> bool:
    return bool(sound) and sound.isascii() and sound.isalnum() and sound[0] not in _VOWELS


def _final_e(word: str) -> str:
    return re.sub(r"(?<=[^aeiou])h$", "e", word) if len(word) > 3 else word
