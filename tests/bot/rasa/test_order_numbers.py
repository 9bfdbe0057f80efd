from __future__ import annotations

import pytest

from bot.rasa.peyk_rasa.order_numbers import canonical, find


@pytest.mark.parametrize(
    "text",
    [
        "PK-1001", "pk 1001", "Pk1001", "PK–1001", "pk_1001", "PK-۱۰۰۱", "pk ١٠٠١", "PK- 1 0 0 1",
        "1001", "۱۰۰۱", "١٠٠١", "شماره سفارش ۱۰۰۱ است", "my order 1001.", "where is 1001?",
        "پی کی ۱۰۰۱", "پی‌کی-۱۰۰۱", "order PK-1001, please", "#1001", "سفارش۱۰۰۱رو",
    ],
)  # fmt: skip
def test_the_number_is_found_in_every_spelling(text: str) -> None:
    assert [found.value for found in find(text)] == ["PK-1001"]


@pytest.mark.parametrize(
    "text",
    [
        "", "hello", "12", "2000 toman", "$1500"[1:] + " dollars", "۵۰۰۰ تومان", "1500 درهم",
        "09121234567", "12:3000", "1,500", "1000000000", "3.1415", "2024-11-21", "۱۵۰۰ هزار تومان",
    ],
)  # fmt: skip
def test_other_numbers_are_not_order_numbers(text: str) -> None:
    assert find(text) == []


def test_a_marked_number_wins_over_bare_ones() -> None:
    assert [found.value for found in find("since 1399 I wait for PK-1002")] == ["PK-1002"]


def test_the_place_in_the_text_is_told() -> None:
    text = "سفارش pk-۱۰۰۱ من"
    (found,) = find(text)
    assert text[found.start : found.end] == "pk-۱۰۰۱"


@pytest.mark.parametrize("value", ["PK-1001", "1001", "۱۰۰۱", " pk ۱۰ ۰۱ ", 1001])
def test_a_number_is_kept_as_the_shop_writes_it(value: object) -> None:
    assert canonical(value) == "PK-1001"


@pytest.mark.parametrize("value", ["PK-12", "", "PK-", "123456789", None, "abc"])
def test_what_cannot_be_a_number_is_none(value: object) -> None:
    assert canonical(value) is None
