"""Whatever colour an inbox has, what is written with it can be read."""

from __future__ import annotations

from itertools import product

import pytest

from channels.chat.colour import BLACK, READABLE, WHITE, contrast, grounds, mix, theme

CUBE = ["#{:02x}{:02x}{:02x}".format(*each) for each in product(range(0, 256, 51), repeat=3)]


def test_contrast_is_that_of_wcag() -> None:
    assert contrast(BLACK, WHITE) == contrast(WHITE, BLACK) == pytest.approx(21)
    assert contrast("#767676", WHITE) == pytest.approx(4.54, abs=0.01)
    assert mix(WHITE, BLACK, 0.5) == "#808080"


def test_text_can_be_read_wherever_a_colour_is_used() -> None:
    for accent in CUBE:
        made = theme(accent)
        assert min(contrast(made.on, accent), contrast(made.on, made.strong)) >= READABLE, accent
        for link, end in ((made.link_light, BLACK), (made.link_dark, WHITE)):
            assert min(contrast(link, each) for each in grounds(accent, end)) >= READABLE, accent


@pytest.mark.parametrize(
    ("accent", "said"),
    [
        ("#0f766e", ("#0c5c56", "#ffffff", "#0f766e", "#65a7a2")),
        ("#ffe600", ("#ffec38", "#000000", "#7a6e00", "#ffe600")),
        ("#0a1f44", ("#081835", "#ffffff", "#0a1f44", "#8993a5")),
    ],
)
def test_the_console_shows_the_same_colours(accent: str, said: tuple[str, ...]) -> None:
    made = theme(accent)
    assert (made.strong, made.on, made.link_light, made.link_dark) == said
