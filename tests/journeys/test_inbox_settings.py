"""An admin dresses an inbox in the console, sees it beside at once, and on pages after saving."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import FrameLocator, Page, expect

from tests.faults.gateway_process import EMAIL, PASSWORD
from tests.journeys.axe import findings
from tests.journeys.conftest import SCREENSHOTS, OpenPage
from tests.journeys.elsewhere import Elsewhere, visit

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(180)]
SOON = 15_000.0


async def test_what_an_admin_chooses_is_previewed_saved_and_shown_on_pages(
    site: Elsewhere, open_page: OpenPage
) -> None:
    page = await open_page(viewport={"width": 1440, "height": 1000}, locale="en")
    await open_settings(page, site.gateway)
    preview = page.frame_locator(".preview iframe")
    await expect(preview.get_by_role("dialog")).to_be_visible(timeout=SOON)

    await page.get_by_label("Colour code").fill("#ffe600")
    await expect(page.get_by_role("group", name="How well the colour is seen")).to_contain_text(
        "Hard to see"
    )
    await page.get_by_role("button", name=re.compile("Use .* instead")).click()
    await expect(page.get_by_text("Hard to see")).to_have_count(0)
    await page.get_by_label("Colour code").fill("#7a1f5c")
    await page.get_by_role("radio", name="Picture and words").check()
    await page.get_by_role("radio", name="Start of the line").check()
    await page.get_by_label("Title").fill("Nilgoon studio")
    await page.get_by_label("Greeting", exact=True).fill("Welcome to the studio")
    await page.get_by_label("Words on the button").fill("Ask the studio")
    await page.get_by_role("checkbox", name="العربية").uncheck()
    await expect(preview.get_by_role("heading", name="Nilgoon studio")).to_be_visible(timeout=SOON)
    assert await accent_of(preview) == "#7a1f5c"
    await page.get_by_label("Moment").select_option("waiting")
    await expect(preview.get_by_role("dialog")).to_contain_text("2", timeout=SOON)

    await page.get_by_text("People are always there").click()
    await page.get_by_label("Time zone").select_option("Asia/Tehran")
    monday = page.get_by_role("group", name="Monday")
    friday = page.get_by_role("group", name="Friday")
    until = re.compile("until$")
    await monday.get_by_label(until).fill("08:00")
    await expect(monday).to_contain_text("The end must come after the beginning.")
    save = page.get_by_role("button", name="Save", exact=True)
    await expect(save).to_be_disabled()
    await expect(page.get_by_text("Something still has to be put right above.")).to_be_visible()
    await monday.get_by_label(until).fill("00:00")
    await monday.get_by_role("button", name="Copy to all open days").click()
    await page.get_by_label("Sites that may show this chat").fill(f"{site.origin}/page")
    await save.click()
    await expect(page.get_by_text("Everything is saved.")).to_be_visible(timeout=SOON)
    assert await findings(page, "main") == []
    await keep(page, "en-inbox-settings")

    await page.reload()
    await expect(page.get_by_label("Title")).to_have_value("Nilgoon studio", timeout=SOON)
    await expect(friday.get_by_label(until)).to_have_value("00:00")
    await expect(page.get_by_label("Sites that may show this chat")).to_have_value(site.origin)

    visitor = await open_page(viewport={"width": 1280, "height": 800}, locale="ar")
    await visit(visitor, site)
    host, launcher = visitor.locator("peyk-chat"), visitor.locator("peyk-chat .launcher")
    await expect(host).to_have_attribute("lang", "en")
    await expect(launcher).to_have_text("Ask the studio")
    box = await launcher.bounding_box()
    assert box is not None
    assert box["x"] < 200
    await launcher.click()
    await expect(visitor.get_by_text("Welcome to the studio")).to_be_visible(timeout=SOON)


@pytest.mark.parametrize(
    ("language", "scheme", "size", "title"),
    [
        ("fa", "dark", (1440, 1000), "ساعت‌های کاری"),
        ("ar", "light", (390, 844), "ساعات العمل"),
        ("en", "dark", (360, 740), "Hours"),
    ],
    ids=["fa-dark", "ar-phone", "en-phone"],
)
async def test_the_page_is_whole_in_each_language_and_size(
    site: Elsewhere,
    open_page: OpenPage,
    language: str,
    scheme: str,
    size: tuple[int, int],
    title: str,
) -> None:
    page = await open_page(
        viewport={"width": size[0], "height": size[1]}, color_scheme=scheme, locale=language
    )
    await open_settings(page, site.gateway)
    await expect(page.get_by_role("heading", name=title)).to_be_visible(timeout=SOON)
    await page.locator(".inbox-part .switch").nth(1).click()
    await expect(page.locator(".hours-day")).to_have_count(7)
    assert await findings(page, "main") == []
    beyond = await page.locator("main").evaluate("(main) => main.scrollWidth - main.clientWidth")
    assert beyond <= 0
    await keep(page, f"{language}-inbox-settings-{size[0]}")


async def open_settings(page: Page, gateway: str) -> None:
    await page.goto(f"{gateway}/console/settings/inboxes")
    await page.locator("input[type=email]").fill(EMAIL)
    await page.locator("input[type=password]").fill(PASSWORD)
    await page.keyboard.press("Enter")
    await page.locator(".card h2 a").first.click(timeout=SOON)


async def accent_of(preview: FrameLocator) -> str:
    """The colour that the real chat in the preview is dressed in."""
    color: str = await preview.locator("peyk-chat").evaluate(
        "(host) => getComputedStyle(host).getPropertyValue('--accent').trim()"
    )
    return color


async def keep(page: Page, name: str) -> None:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    await page.screenshot(path=SCREENSHOTS / f"{name}.png")
