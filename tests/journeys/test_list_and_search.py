"""The list and search in a browser: live and still, seen and unread, found however typed."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect

from tests.faults.gateway_process import EMAIL, PASSWORD, GatewayProcess
from tests.journeys.axe import findings
from tests.journeys.conftest import SCREENSHOTS, OpenPage
from tests.journeys.shop import customer_writes, shop

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(180)]
SOON = 20_000.0
DESK = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}


@pytest.fixture
async def gateway() -> AsyncIterator[GatewayProcess]:
    with tempfile.TemporaryDirectory(prefix="journey") as folder:
        async with shop(Path(folder)) as gateway:
            yield gateway


async def console(
    gateway: GatewayProcess, open_page: OpenPage, path: str, language: str, **options: Any
) -> Page:
    page = await open_page(viewport=options.pop("viewport", DESK), locale=language, **options)
    credentials = {"email": EMAIL, "password": PASSWORD}
    await page.request.post(f"{gateway.url}/api/v1/session", data=credentials)
    await page.goto(f"{gateway.url}/console/{path}")
    return page


def rows(page: Page) -> Locator:
    return page.locator("[data-row]")


async def keep(page: Page, name: str) -> None:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    await page.screenshot(path=SCREENSHOTS / f"{name}.png")


async def test_rows_hold_still_under_the_pointer_and_come_when_it_leaves(
    gateway: GatewayProcess, open_page: OpenPage
) -> None:
    page = await console(gateway, open_page, "all", "en")
    await expect(rows(page)).to_have_count(4, timeout=SOON)
    first = await rows(page).first.get_attribute("data-row")
    await rows(page).nth(1).hover()
    await customer_writes(gateway, "somebody new", name="Nora", locale="en")
    await expect(page.locator(".pill")).to_be_visible(timeout=SOON)
    assert await rows(page).first.get_attribute("data-row") == first
    await keep(page, "list-held-en")
    await page.mouse.move(900, 600)
    await expect(rows(page).first).to_contain_text("Nora", timeout=SOON)


async def test_what_was_looked_at_is_not_unread_any_more(
    gateway: GatewayProcess, open_page: OpenPage
) -> None:
    page = await console(gateway, open_page, "waiting", "ar", color_scheme="dark")
    await expect(rows(page).locator(".row__unread")).to_have_count(4, timeout=SOON)
    await keep(page, "list-unread-ar-dark")
    await rows(page).first.click()
    await expect(rows(page).locator(".row__unread")).to_have_count(3, timeout=SOON)
    await page.wait_for_timeout(1500)
    await page.goto(f"{gateway.url}/console/waiting")
    await expect(rows(page).locator(".row__unread")).to_have_count(3, timeout=SOON)


async def test_a_view_is_saved_and_stays(gateway: GatewayProcess, open_page: OpenPage) -> None:
    page = await console(gateway, open_page, "waiting", "en")
    await page.get_by_role("button", name="Save a view").click()
    await page.get_by_label("Name").fill("Persian")
    await page.get_by_label("Language").last.select_option("fa")
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(rows(page)).to_have_count(1, timeout=SOON)
    await page.reload()
    await expect(page.locator(".list h1")).to_have_text("Persian", timeout=SOON)
    await expect(rows(page)).to_have_count(1, timeout=SOON)
    assert await findings(page) == []


@pytest.mark.parametrize(
    ("language", "screen", "scheme", "asked", "hit"),
    [
        ("en", DESK, "light", "pk-100", "PK"),
        ("fa", DESK, "dark", "سفارشم كجاست", "کجاست"),
        ("ar", PHONE, "light", "اين طلبى", "أين"),
    ],
)
async def test_it_is_found_however_it_was_typed_and_leads_to_the_message(
    gateway: GatewayProcess,
    open_page: OpenPage,
    language: str,
    screen: dict[str, int],
    scheme: str,
    asked: str,
    hit: str,
) -> None:
    page = await console(
        gateway, open_page, "search", language, viewport=screen, color_scheme=scheme
    )
    await page.get_by_role("searchbox").fill(asked)
    found = page.locator(".hit")
    await expect(found.first.locator("mark").filter(has_text=hit).first).to_be_visible(timeout=SOON)
    await keep(page, f"search-{language}-{scheme}")
    assert await findings(page) == []
    wide = "() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    assert await page.evaluate(wide)
    await found.first.click()
    await expect(page.locator(".message--found")).to_be_visible(timeout=SOON)
    await page.go_back()
    await expect(page.get_by_role("searchbox")).to_have_value(asked, timeout=SOON)
