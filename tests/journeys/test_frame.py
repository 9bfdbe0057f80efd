"""The console's frame in a browser: by keyboard alone, heard from elsewhere, whole after a cut."""

from __future__ import annotations

import re
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.faults.gateway_process import EMAIL, PASSWORD, GatewayProcess
from tests.journeys.conftest import OpenPage
from tests.journeys.shop import admin_of, customer_writes, shop

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(180)]
SOON = 20_000.0

LISTENING = """
window.heard = 0;
window.shown = [];
window.away = false;
document.hasFocus = () => !window.away;
const start = OscillatorNode.prototype.start;
OscillatorNode.prototype.start = function (at) { window.heard++; return start.call(this, at); };
window.Notification = class {
  static permission = "granted";
  static requestPermission = async () => "granted";
  constructor(title, { body }) { window.shown.push([title, body]); }
  close() {}
};
"""
"""Writes down what a person would hear, and see outside of the page."""


@pytest.fixture
async def gateway() -> AsyncIterator[GatewayProcess]:
    with tempfile.TemporaryDirectory(prefix="journey") as folder:
        async with shop(Path(folder)) as gateway:
            yield gateway


async def signed_in(gateway: GatewayProcess, open_page: OpenPage, **options: Any) -> Page:
    """By keyboard alone."""
    page = await open_page(viewport={"width": 1280, "height": 800}, locale="en", **options)
    await page.add_init_script(LISTENING)
    await page.goto(f"{gateway.url}/console/waiting")
    await expect(page.get_by_label("Email")).to_be_focused(timeout=SOON)
    await page.keyboard.type(EMAIL)
    await page.keyboard.press("Tab")
    await page.keyboard.type(PASSWORD)
    await page.keyboard.press("Enter")
    await expect(page.locator(".list")).to_be_visible(timeout=SOON)
    await expect(page.locator(".banner--lost")).to_have_count(0, timeout=SOON)
    return page


async def command(page: Page, text: str) -> None:
    """Do what the command bar finds first for a text."""
    await page.keyboard.press("Control+k")
    await expect(page.get_by_role("combobox", name="Go to or do")).to_be_focused(timeout=SOON)
    await page.keyboard.type(text)
    first = page.get_by_role("option").first
    await expect(first).to_contain_text(re.compile(re.escape(text.split()[0]), re.I), timeout=SOON)
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("dialog")).to_have_count(0, timeout=SOON)


async def test_an_agent_works_by_keyboard_alone(
    gateway: GatewayProcess, open_page: OpenPage
) -> None:
    page = await signed_in(gateway, open_page)
    await page.keyboard.press("c")
    await expect(page.locator(".handoff")).to_be_visible(timeout=SOON)
    await command(page, "Note")
    await page.keyboard.type("a customer of many years")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("log")).to_contain_text("of many years", timeout=SOON)
    await page.keyboard.press("Escape")
    await command(page, "Contacts")
    await expect(page).to_have_url(re.compile("/console/contacts$"), timeout=SOON)
    await command(page, "Mina")
    await expect(page).to_have_url(re.compile("/console/all/"), timeout=SOON)
    await command(page, "Presence: Away")
    await expect(page.locator(".flyout__face")).to_contain_text("Away", timeout=SOON)
    await command(page, "Theme: Dark")
    await expect(page.locator("html")).to_have_attribute("data-theme", "dark", timeout=SOON)
    await command(page, "Language: فارسی")
    await expect(page.locator("html")).to_have_attribute("dir", "rtl", timeout=SOON)
    async with admin_of(gateway) as admin:
        me = await admin.call("GET", "/me")
    assert (me["presence"], me["locale"]) == ("away", "fa")
    assert me["preferences"]["theme"] == "dark"


async def test_a_waiting_conversation_is_heard_seen_and_counted_as_the_agent_set_it(
    gateway: GatewayProcess, open_page: OpenPage
) -> None:
    page = await signed_in(gateway, open_page)
    await expect(page).to_have_title(re.compile(r"^\(4\) Waiting"), timeout=SOON)
    await command(page, "Settings: Preferences")
    await page.get_by_role("switch", name="Notification: a conversation begins to wait").press(" ")
    await page.evaluate("window.away = true")
    await customer_writes(gateway, "anybody there?", name="Roya")
    await expect(page).to_have_title(re.compile(r"^\(5\) Preferences"), timeout=SOON)
    assert [title for title, _ in await page.evaluate("window.shown")] == [
        "\u2068Roya\u2069 is waiting"
    ]
    heard = await page.evaluate("window.heard")
    assert heard > 0
    await page.get_by_role("switch", name="Sound: a conversation begins to wait").press(" ")
    await customer_writes(gateway, "hello again", name="Roya")
    await expect(page).to_have_title(re.compile(r"^\(6\)"), timeout=SOON)
    assert await page.evaluate("window.heard") == heard
    await page.reload()
    sound = page.get_by_role("switch", name="Sound: a conversation begins to wait")
    await expect(sound).not_to_be_checked(timeout=SOON)


async def test_at_the_capacity_claim_next_says_why_it_gives_no_more(
    gateway: GatewayProcess, open_page: OpenPage
) -> None:
    page = await signed_in(gateway, open_page)
    async with admin_of(gateway) as admin:
        await admin.call("PATCH", "/me", {"capacity": 1})
    await page.keyboard.press("c")
    face = page.locator(".flyout__face")
    await expect(face).to_contain_text("1/1", timeout=SOON)
    await page.keyboard.press("c")
    await expect(page.locator(".notice")).to_contain_text("You hold 1 and take 1", timeout=SOON)
    await face.click()
    await page.get_by_role("button", name="Capacity + 1").click()
    await page.keyboard.press("Escape")
    await page.keyboard.press("c")
    await expect(face).to_contain_text("2/2", timeout=SOON)


async def test_what_happened_while_offline_is_there_after_the_return(
    gateway: GatewayProcess, open_page: OpenPage
) -> None:
    page = await signed_in(gateway, open_page)
    await page.context.set_offline(True)
    await expect(page.locator(".banner--lost")).to_contain_text("Offline", timeout=SOON)
    await customer_writes(gateway, "while you were away", name="Roya")
    await page.wait_for_timeout(500)
    await expect(page.locator(".list")).not_to_contain_text("Roya")
    await page.context.set_offline(False)
    await expect(page.locator(".list")).to_contain_text("Roya", timeout=SOON)
    await expect(page.locator(".banner--lost, .banner--behind")).to_have_count(0, timeout=SOON)
