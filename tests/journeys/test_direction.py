"""Texts of both directions in one chat: what is read first stands first, whatever stands beside it.

Measured where the letters are on the screen, in Chromium, in a page of each direction.
"""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from tests.faults.gateway_process import GatewayProcess
from tests.journeys.conftest import SCREENSHOTS, OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(240)]
SOON = 15_000.0

TEXTS = [
    ("تست فارسی و English با هم", "rtl", ["تست", "فارسی", "English", "با", "هم"]),
    ("English first, سپس فارسی here", "ltr", ["English", "first", "here"]),
    ("سفارش PK-1001-7 رسید؟", "rtl", ["سفارش", "PK-1001-7", "رسید"]),
    ("کد 2026-12-03 را دیدید", "rtl", ["کد", "2026-12-03", "را", "دیدید"]),
    ("۱۲۳۴ تومان و 5678 تومان", "rtl", ["۱۲۳۴", "5678"]),
    ("ببینید https://shop.example/orders/PK-1001?a=1&b=2 را", "rtl", ["ببینید", "https", "را"]),
    ("🙂 سلام (hello) دنیا 👋🏽", "rtl", ["سلام", "hello", "دنیا"]),
    ("الطلب PK-1001 لم يصل بعد", "rtl", ["الطلب", "PK-1001", "بعد"]),
    ("Order PK-1001 for سارا, thanks", "ltr", ["Order", "PK-1001", "for", "سارا", "thanks"]),
]
"""A text, its direction by its first strong letter, and its words in the order of reading."""

LEFT_TO_RIGHT = ["PK-1001-7", "2026-12-03", "https://shop.example/orders/PK-1001?a=1&b=2", "۱۲۳۴"]
"""What reads from left to right even amid Persian: its letters stand in the order typed."""

PLACES = """(element, [text, word]) => {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const at = text.indexOf(word);
  const places = [];
  for (let node = walker.nextNode(), from = 0; node; node = walker.nextNode()) {
    for (let i = 0; i < node.length; i += 1) {
      if (from + i < at || from + i >= at + word.length) continue;
      const range = document.createRange();
      range.setStart(node, i);
      range.setEnd(node, i + 1);
      const box = range.getBoundingClientRect();
      places.push([box.x, box.y]);
    }
    from += node.length;
  }
  return places;
}"""
"""Where each letter of a word is on the screen."""


@pytest.mark.parametrize(("language", "scheme"), [("en", "light"), ("fa", "dark"), ("ar", "light")])
async def test_each_message_is_read_in_its_own_direction(
    without_bot: GatewayProcess, open_page: OpenPage, language: str, scheme: str
) -> None:
    page = await open_page(viewport={"width": 1280, "height": 900}, color_scheme=scheme)
    await page.goto(f"{without_bot.url}/?lang={language}")
    await page.locator("peyk-chat button").first.click(timeout=SOON)
    entry = page.locator("peyk-chat .composer textarea")
    for text, _, _ in TEXTS:
        await entry.fill(text)
        await entry.press("Enter")
    bubbles = page.locator("peyk-chat .line.customer .text")
    await expect(bubbles).to_have_count(len(TEXTS), timeout=SOON)
    for number, (text, direction, words) in enumerate(TEXTS):
        bubble = bubbles.nth(number)
        assert await bubble.evaluate("element => element.textContent") == text
        found = await bubble.evaluate("element => getComputedStyle(element).direction")
        assert found == direction, text
        assert await _order(page, number, text, words) == words, text
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    await page.screenshot(path=SCREENSHOTS / f"{language}-directions.png")


async def test_codes_and_addresses_are_never_turned_round(
    without_bot: GatewayProcess, open_page: OpenPage
) -> None:
    page = await open_page(viewport={"width": 1280, "height": 900})
    await page.goto(f"{without_bot.url}/?lang=fa")
    await page.locator("peyk-chat button").first.click(timeout=SOON)
    entry = page.locator("peyk-chat .composer textarea")
    said = [f"پیش {code} پس" for code in LEFT_TO_RIGHT]
    for text in said:
        await entry.fill(text)
        await entry.press("Enter")
    bubbles = page.locator("peyk-chat .line.customer .text")
    await expect(bubbles).to_have_count(len(said), timeout=SOON)
    for number, code in enumerate(LEFT_TO_RIGHT):
        places = await bubbles.nth(number).evaluate(PLACES, [said[number], code])
        lines: dict[float, list[float]] = {}
        for x, y in places:
            lines.setdefault(round(y), []).append(x)
        assert [xs == sorted(xs) for xs in lines.values()] == [True] * len(lines), code


async def test_what_is_being_written_turns_with_its_first_letter(
    without_bot: GatewayProcess, open_page: OpenPage
) -> None:
    page = await open_page()
    await page.goto(f"{without_bot.url}/?lang=fa")
    await page.locator("peyk-chat button").first.click(timeout=SOON)
    entry = page.locator("peyk-chat .composer textarea")
    for text, direction in (("", "rtl"), ("hello سلام", "ltr"), ("سلام hello", "rtl")):
        await entry.fill(text)
        found = await entry.evaluate("element => getComputedStyle(element).direction")
        assert (text, found) == (text, direction)


async def test_our_own_words_keep_their_direction_around_a_foreign_name(
    without_bot: GatewayProcess, open_page: OpenPage
) -> None:
    """The team's name is Latin, the sentence Persian: it begins at the right all the same."""
    page = await open_page(viewport={"width": 1280, "height": 900})
    await page.goto(f"{without_bot.url}/?lang=fa")
    await page.locator("peyk-chat button").first.click(timeout=SOON)
    line = page.locator("peyk-chat .header [role=status]")
    await expect(line).not_to_be_empty(timeout=SOON)
    assert await line.evaluate("element => getComputedStyle(element).direction") == "rtl"
    entry = page.locator("peyk-chat .composer textarea")
    await entry.fill("سلام")
    await entry.press("Enter")
    clock = page.locator("peyk-chat .foot time").first
    await expect(clock).to_be_visible(timeout=SOON)
    shown = await clock.inner_text()
    assert set(shown) <= set("۰۱۲۳۴۵۶۷۸۹:٫ "), shown


async def _order(page: Page, number: int, text: str, words: list[str]) -> list[str]:
    """The words as they are read: line by line, then by where they begin in that direction."""
    bubble = page.locator("peyk-chat .line.customer .text").nth(number)
    is_rtl = await bubble.evaluate("element => getComputedStyle(element).direction") == "rtl"
    begins: list[tuple[float, float, str]] = []
    for word in words:
        places = await bubble.evaluate(PLACES, [text, word])
        across = [x for x, _ in places]
        edge = -max(across) if is_rtl else min(across)
        begins.append((round(places[0][1] / 10), edge, word))
    return [word for _, _, word in sorted(begins)]
