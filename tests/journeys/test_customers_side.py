"""What a customer has of the chat beside talking: hours, an address, a rating, the past."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect

from tests.faults.gateway_process import GatewayProcess
from tests.journeys.conftest import SCREENSHOTS, OpenPage
from tests.journeys.shop import Admin, admin_of

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(240)]
SOON = 15_000.0

NIGHT: dict[str, Any] = {"timezone": "Asia/Tehran", "weekly": {}, "closed_on": []}


@pytest.mark.parametrize(
    ("language", "scheme", "size", "nobody", "thanks"),
    [
        ("en", "light", (1280, 800), "Nobody is here right now", "Thank you!"),
        ("fa", "dark", (390, 844), "اکنون کسی اینجا نیست", "سپاسگزاریم!"),
        ("ar", "light", (360, 640), "لا أحد هنا الآن", "شكرًا لك!"),
    ],
)
async def test_a_customer_comes_at_night_and_rates_the_answer(
    without_bot: GatewayProcess,
    open_page: OpenPage,
    language: str,
    scheme: str,
    size: tuple[int, int],
    nobody: str,
    thanks: str,
) -> None:
    page = await open_page(
        viewport={"width": size[0], "height": size[1]}, color_scheme=scheme, locale=language
    )
    async with admin_of(without_bot) as admin:
        (inbox, *_) = (await admin.call("GET", "/inboxes"))["items"]
        settings = {**inbox["settings"], "hours": NIGHT}
        await admin.call("PATCH", f"/inboxes/{inbox['id']}", {"settings": settings})

        await open_chat(page, without_bot, language)
        await say(page, "PK-1001?")
        await expect(page.locator("peyk-chat .strip strong")).to_have_text(nobody, timeout=SOON)
        await keep(page, f"{language}-nobody-here")
        await page.locator("peyk-chat input[type=email]").fill("sara@example.com")
        await page.keyboard.press("Enter")
        await expect(page.locator("peyk-chat p.strip")).to_contain_text("sara@example.com")
        await expect(page.locator("peyk-chat input[type=email]")).to_have_count(0)

        conversation = await answered(admin)
        await expect(page.locator("peyk-chat .line.agent .text")).to_have_text(ANSWER, timeout=SOON)
        await admin.call("POST", f"/conversations/{conversation}/resolve", {})
        stars = page.locator("peyk-chat .rating [role=group] button")
        await stars.nth(3).click(timeout=SOON)
        await expect(page.locator("peyk-chat .rating [role=status]")).to_have_text(thanks)
        await expect(stars.nth(3)).to_have_attribute("aria-pressed", "true")
        await page.locator("peyk-chat .rating textarea").fill("زود جواب دادید")
        await page.locator("peyk-chat .rating .primary").click()
        await expect(page.locator("peyk-chat .rating textarea")).to_have_count(0, timeout=SOON)
        await keep(page, f"{language}-rated")

        told = (await admin.call("GET", f"/conversations/{conversation}/events"))["items"]
        given = {each["kind"]: each["data"] for each in told}
        assert given["address_left"] == {"email": "sara@example.com"}
        assert (given["rated"]["score"], given["rated"]["comment"]) == (4, "زود جواب دادید")


async def test_the_conversation_can_be_taken_along(
    without_bot: GatewayProcess, open_page: OpenPage, tmp_path: Path
) -> None:
    page = await open_page(locale="fa")
    await open_chat(page, without_bot, "fa")
    await page.locator("peyk-chat .menu summary").click()
    await expect(taking_along(page)).to_be_disabled()
    await say(page, "<b>سفارش</b> PK-1001")
    await expect(page.locator("peyk-chat .mark.sent").first).to_be_visible(timeout=SOON)
    if await page.locator("peyk-chat .menu[open]").count() == 0:
        await page.locator("peyk-chat .menu summary").click()
    async with page.expect_download(timeout=SOON) as coming:
        await taking_along(page).click()
    await (await coming.value).save_as(tmp_path / "saved.html")
    text = (tmp_path / "saved.html").read_text()
    assert '<html lang="fa" dir="rtl">' in text
    assert "&lt;b&gt;سفارش&lt;/b&gt; PK-1001" in text


async def test_what_was_said_before_comes_on_scrolling_back_without_a_jump(
    without_bot: GatewayProcess, open_page: OpenPage
) -> None:
    page = await open_page(viewport={"width": 1280, "height": 800})
    await open_chat(page, without_bot, "en")
    for number in range(3):
        await say(page, f"question {number}")
    lines = page.locator("peyk-chat .line.customer .text")
    await expect(lines).to_have_count(3, timeout=SOON)
    await expect(page.locator("peyk-chat .mark.pending")).to_have_count(0, timeout=SOON)
    async with admin_of(without_bot) as admin:
        conversation = await answered(admin)
        for number in range(110):
            await admin.call(
                "POST", f"/conversations/{conversation}/replies", {"text": f"line {number}"}
            )
    await page.reload()
    texts = page.locator("peyk-chat .log .text")
    await expect(texts.last).to_have_text("line 109", timeout=SOON)
    count = await texts.count()
    assert count in (50, 100), "a page at a time, never all of it"
    log = page.locator("peyk-chat .log")
    first = await texts.first.inner_text()
    await log.evaluate("log => { log.scrollTop = 40; }")
    await expect(texts.nth(count)).to_be_attached(timeout=SOON)
    shown = page.locator("peyk-chat .log .text", has_text=re.compile(f"^{first}$"))
    place, frame = await shown.bounding_box(), await log.bounding_box()
    assert place is not None
    assert frame is not None
    assert frame["y"] - 60 < place["y"] < frame["y"] + 200
    await log.evaluate("log => { log.scrollTop = 0; }")
    await expect(lines.first).to_have_text("question 0", timeout=SOON)
    await expect(page.locator("peyk-chat .greeting")).to_have_count(1)
    assert await texts.count() == len(set(await texts.all_inner_texts()))


ANSWER = "Sara here: it left this morning."


async def answered(admin: Admin) -> str:
    """The conversation that waits, after somebody took and answered it."""
    (waiting, *_) = (await admin.call("GET", "/conversations?state=waiting"))["items"]
    id = str(waiting["id"])
    await admin.call("POST", f"/conversations/{id}/claim")
    await admin.call("POST", f"/conversations/{id}/replies", {"text": ANSWER})
    return id


async def open_chat(page: Page, gateway: GatewayProcess, language: str) -> None:
    await page.goto(f"{gateway.url}/?lang={language}")
    await page.locator("peyk-chat button").first.click(timeout=SOON)
    await expect(page.locator("peyk-chat .composer textarea")).to_be_visible(timeout=SOON)


async def say(page: Page, text: str) -> None:
    entry = page.locator("peyk-chat .composer textarea")
    await entry.fill(text)
    await entry.press("Enter")


def taking_along(page: Page) -> Locator:
    return page.locator("peyk-chat .menu > div > button").last


async def keep(page: Page, name: str) -> None:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    await page.screenshot(path=SCREENSHOTS / f"{name}.png")
