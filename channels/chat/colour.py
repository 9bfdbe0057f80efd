"""What an inbox's one colour becomes, so that all that the widget writes with it can be read.

Here, and not in the widget, so that pages need not carry it. The console shows colours while
they are chosen by the same rule, in web/shared/colour.ts.
"""

from __future__ import annotations

from pydantic import BaseModel

READABLE = 4.5
"""WCAG's contrast of texts."""

WHITE, BLACK = "#ffffff", "#000000"
GROUND = {WHITE: "#131a19", BLACK: "#ffffff"}
SOFT = {WHITE: "#212b29", BLACK: "#f1f5f4"}
TINT = {WHITE: 0.3, BLACK: 0.13}
"""What texts stand on, by the end of the scale to which they go: as in the widget's style sheet."""

STRONG = 0.22
STEP = 0.04


class Theme(BaseModel):
    """`on` is the text on the accent, `strong` a step away from it; links stand on the panel."""

    strong: str
    on: str
    link_light: str
    link_dark: str


def theme(accent: str) -> Theme:
    on = WHITE if contrast(accent, WHITE) >= READABLE else BLACK
    return Theme(
        strong=mix(BLACK if on == WHITE else WHITE, accent, STRONG),
        on=on,
        link_light=_readable(accent, BLACK),
        link_dark=_readable(accent, WHITE),
    )


def contrast(one: str, other: str) -> float:
    """WCAG's contrast of two colours, from 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def mix(one: str, other: str, share: float) -> str:
    """So much of the one colour in the other, from 0 to 1."""
    pairs = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{int(a * share + b * (1 - share) + 0.5):02x}" for a, b in pairs)


def grounds(accent: str, end: str) -> tuple[str, ...]:
    """All that texts stand on which go to this end of the scale."""
    return GROUND[end], SOFT[end], mix(accent, GROUND[end], TINT[end])


def _readable(accent: str, end: str) -> str:
    """The colour itself, or as little of the way towards `end` as makes a text in it readable."""
    share = 0.0
    while share < 1:
        found = mix(end, accent, share)
        if all(contrast(found, ground) >= READABLE for ground in grounds(accent, end)):
            return found
        share += STEP
    return end


def _luminance(colour: str) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (value / 255 for value in _channels(colour))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _channels(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))
