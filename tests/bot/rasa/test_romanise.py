from __future__ import annotations

from bot.rasa.peyk_rasa.romanise import romanised


def test_persian_is_written_the_way_finglish_is() -> None:
    assert "salam sefaresham kojast" in romanised("سلام سفارشم کجاست؟", "fa")
    assert romanised("می‌خوام لغو کنم", "fa")[0] == "mikham laghv konam"


def test_arabic_is_written_with_digits_for_its_own_sounds_and_without() -> None:
    spellings = romanised("وين الشحنة حقتي", "ar")
    assert spellings[0].startswith("wen ")
    assert any("7" in spelling for spelling in spellings)
    assert any(not any(letter.isdigit() for letter in spelling) for spelling in spellings)


def test_no_letter_of_either_alphabet_is_left() -> None:
    for text, language in (("پژواک چگونه ژاله غصه", "fa"), ("ضياء ظهر ثوب غداً ؤئأإآةى", "ar")):
        for spelling in romanised(text, language):
            assert spelling.isascii()


def test_english_and_what_has_latin_letters_already_are_left_alone() -> None:
    assert romanised("where is it", "en") == []
    assert romanised("salam kojast", "fa") == []
    assert romanised("سفارش PK-1001", "fa") == []
