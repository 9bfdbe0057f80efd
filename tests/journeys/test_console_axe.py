"""Every page and state of the console: axe finds nothing serious, and nothing runs out sideways.

In each language, light and dark, on a desk and on a phone of 360 px.
"""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.faults.gateway_process import EMAIL, PASSWORD, GatewayProcess
from tests.journeys.axe import findings
from tests.journeys.conftest import SCREENSHOTS, OpenPage
from tests.journeys.shop import Admin, admin_of, shop

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]

SOON = 20_000.0
DESK = (1280, 800)
PHONE = (360, 740)
PAGES = [
    "start", "waiting", "mine", "unassigned", "all", "resolved", "snoozed", "search",
    "contacts", "settings/queues", "settings/agents", "settings/inboxes", "settings/rules",
    "settings/canned", "settings/tokens", "settings/preferences", "settings/account",
]  # fmt: skip


@pytest.fixture
async def gateway() -> AsyncIterator[GatewayProcess]:
    with tempfile.TemporaryDirectory(prefix="journey") as folder:
        async with shop(Path(folder)) as gateway:
            yield gateway


@dataclass
class Look:
    """One screen in one language and scheme, and what was found on it so far."""

    page: Page
    gateway: GatewayProcess
    name: str
    found: list[str] = field(default_factory=list)

    async def go(self, path: str) -> None:
        await self.page.goto(f"{self.gateway.url}/console/{path}")
        whole = self.page.locator("#main:visible, .list:visible").first
        await expect(whole).to_be_visible(timeout=SOON)
        await expect(self.page.locator(".loading")).to_have_count(0, timeout=SOON)

    async def at(self, state: str, *, picture: bool = False) -> None:
        """Look at what is on the screen now."""
        # Colours on their way to others are nobody's reading.
        await self.page.wait_for_timeout(250)
        self.found += [f"{state}: {each}" for each in await findings(self.page)]
        wide = await self.page.evaluate("document.scrollingElement.scrollWidth - innerWidth")
        if wide > 0:
            self.found.append(f"{state}: {wide} px run out sideways")
        if picture:
            SCREENSHOTS.mkdir(parents=True, exist_ok=True)
            await self.page.screenshot(path=SCREENSHOTS / f"console-{self.name}-{state}.png")


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "fa", "ar"])
async def test_nothing_on_any_page_hinders(
    gateway: GatewayProcess,
    open_page: OpenPage,
    language: str,
    scheme: str,
    size: tuple[int, int],
) -> None:
    page = await open_page(
        viewport={"width": size[0], "height": size[1]}, color_scheme=scheme, locale=language
    )
    look = Look(page, gateway, f"{language}-{scheme}-{size[0]}")
    await sign_in(look)
    async with admin_of(gateway) as admin:
        await admin.call("PATCH", "/me", {"locale": language})
        claimed = await furnish(admin)
        await all_pages(look)
        await the_frame(look)
        await one_conversation(look, claimed)
        await forms(look)
    assert "\n".join(look.found) == ""


async def sign_in(look: Look) -> None:
    await look.page.goto(f"{look.gateway.url}/console/")
    await expect(look.page.locator("input[type=password]")).to_be_visible(timeout=SOON)
    await look.at("sign-in")
    await look.page.locator("input[type=email]").fill(EMAIL)
    await look.page.locator("input[type=password]").fill("not the password")
    await submit(look.page)
    await expect(look.page.get_by_role("alert")).to_be_visible(timeout=SOON)
    await look.at("wrong-password")
    await look.page.locator("input[type=password]").fill(PASSWORD)
    await submit(look.page)
    await expect(look.page.locator(".steps")).to_be_visible(timeout=SOON)


async def submit(page: Page) -> None:
    async with page.expect_response("**/api/v1/session"):
        await page.locator("button[type=submit]").click()


async def furnish(admin: Admin) -> str:
    """An agent with a capacity, a second queue, a rule and a token; one conversation claimed."""
    sara = {"name": "Sara Ahmadi", "email": "sara@example.com", "password": "correct horse"}
    await admin.call("POST", "/agents", {**sara, "capacity": 4})
    await admin.call("POST", "/queues", {"name": "Orders"})
    await admin.call("POST", "/rules", {"kind": "words", "value": "lawyer", "enabled": True})
    await admin.call("POST", "/tokens", {"name": "Weekly report"})
    return str((await admin.call("POST", "/conversations/next", {}))["id"])


async def all_pages(look: Look) -> None:
    for path in PAGES:
        await look.go(path)
        await look.at(path.replace("/", "-"), picture=path in ("start", "contacts"))
    await look.page.goto(f"{look.gateway.url}/console/contacts")
    await look.page.locator(".card--link").first.click()
    await expect(look.page.locator(".person")).to_be_visible(timeout=SOON)
    await look.at("contact", picture=True)
    await look.go("contacts")
    await look.page.locator("input[type=search]").fill("nobody at all")
    await expect(look.page.locator(".empty")).to_be_visible(timeout=SOON)
    await look.at("contacts-not-found")


async def press_until(page: Page, key: str, shown: str) -> None:
    """Right after a dialog a key may still be the dialog's."""
    for _ in range(5):
        await page.keyboard.press(key)
        with contextlib.suppress(AssertionError):
            await expect(page.locator(shown)).to_be_visible(timeout=SOON / 5)
            return
    raise AssertionError(f"{key} does not show {shown}")


async def the_frame(look: Look) -> None:
    page = look.page
    await look.go("waiting")
    if await page.locator(".list .only-folded").is_visible():
        await page.locator(".list .only-folded").click()
    await page.locator(".flyout__face").click()
    await look.at("me", picture=True)
    await page.keyboard.press("Escape")
    await look.go("waiting")
    await page.keyboard.press("Control+k")
    await page.keyboard.type("mina")
    await expect(page.get_by_role("option").first).to_be_visible(timeout=SOON)
    await look.at("command", picture=True)
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0, timeout=SOON)
    await press_until(page, "?", ".sheet")
    await look.at("shortcuts")
    await page.keyboard.press("Escape")
    await page.context.set_offline(True)
    await expect(page.locator(".banner--lost")).to_be_visible(timeout=SOON)
    await look.at("offline", picture=True)
    await page.context.set_offline(False)
    await expect(page.locator(".banner--lost")).to_have_count(0, timeout=SOON)


async def one_conversation(look: Look, id: str) -> None:
    page = look.page
    await look.go(f"mine/{id}")
    await expect(page.locator(".handoff")).to_be_visible(timeout=SOON)
    await look.at("conversation", picture=True)
    for key, verb in (("t", "transfer"), ("z", "snooze")):
        await page.locator("body").press(key)
        await expect(page.get_by_role("dialog")).to_be_visible(timeout=SOON)
        await look.at(verb)
        await page.keyboard.press("Escape")


async def forms(look: Look) -> None:
    page = look.page
    await look.go("settings/agents")
    await page.locator(".settings__head .button--primary").click()
    await page.locator("dialog .button--primary").click()
    await expect(page.locator("dialog [aria-invalid=true]").first).to_be_focused(timeout=SOON)
    await look.at("agent-refused")
    await page.locator("dialog input").nth(0).fill("Neda")
    await page.locator("dialog input[type=email]").fill("neda@example.com")
    await page.locator("dialog .button--primary").click()
    await expect(page.locator("dialog .copyable").first).to_be_visible(timeout=SOON)
    await look.at("invitation")
    await look.go("settings/tokens")
    await page.locator(".card .button--bare").first.click()
    await expect(page.get_by_role("dialog")).to_be_visible(timeout=SOON)
    await look.at("token-delete")
