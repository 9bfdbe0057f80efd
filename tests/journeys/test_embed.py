"""The chat on pages of others: under their policies, beside their styles, at no cost to them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.async_api import Request, expect

from tests.journeys.conftest import OpenPage
from tests.journeys.elsewhere import BY_HOST, DYNAMIC, STRICT, Elsewhere, change_inbox, visit

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(180)]
SOON = 15_000.0

_STYLES = """
(inside) => {
  const root = inside ? document.querySelector("peyk-chat").shadowRoot : document;
  const named = (element) => element.tagName + "." + (element.getAttribute("class") ?? "");
  return [...root.querySelectorAll("*")]
    .filter((element) => inside || element.tagName !== "PEYK-CHAT" && element.tagName !== "SCRIPT")
    .map((element) => [named(element), Object.fromEntries(
      [...getComputedStyle(element)].map((name) => [name, getComputedStyle(element)[name]]))]);
}
"""

_SHIFTS = """
() => new Promise((resolve) => {
  const shifts = [];
  new PerformanceObserver((list) => shifts.push(...list.getEntries().map((one) => one.value)))
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => resolve(shifts), 300);
})
"""


@pytest.mark.parametrize("policy", [STRICT, BY_HOST, DYNAMIC], ids=["nonce", "host", "dynamic"])
async def test_the_chat_works_under_a_strict_policy(
    site: Elsewhere, open_page: OpenPage, policy: str
) -> None:
    site.policy = policy
    page = await open_page(viewport={"width": 1280, "height": 800})
    blocked: list[str] = []
    page.on("console", lambda said: blocked.append(said.text) if said.type == "error" else None)
    await visit(page, site)
    await page.locator("peyk-chat .launcher").click()
    entry = page.get_by_role("textbox", name="Your message")
    await entry.fill("Is the blue one in stock?")
    await entry.press("Enter")
    await expect(page.locator("peyk-chat .customer .foot").first).to_be_visible(timeout=SOON)
    await page.locator("peyk-chat .menu summary").click()
    await page.locator("peyk-chat select").select_option("fa")
    await expect(page.locator("peyk-chat")).to_have_attribute("dir", "rtl", timeout=SOON)
    await expect(page.get_by_role("textbox", name="پیام شما")).to_be_visible(timeout=SOON)
    assert [said for said in blocked if "favicon" not in said] == []


async def test_the_panel_comes_with_the_first_opening_and_compressed(
    site: Elsewhere, open_page: OpenPage
) -> None:
    page = await open_page()
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))
    await visit(page, site)
    await page.wait_for_timeout(2_500)
    ours = [
        each.url.removeprefix(site.gateway) for each in asked if each.url.startswith(site.gateway)
    ]
    assert ours == ["/widget.js", "/chat/v1/inboxes/demo"]
    await page.locator("peyk-chat .launcher").click()
    await expect(page.get_by_role("dialog")).to_be_visible(timeout=SOON)
    scripts = [each for each in asked if each.url.endswith(".js") and site.gateway in each.url]
    assert len(scripts) == 3
    encodings = [await encoding_of(each) for each in scripts]
    assert set(encodings) <= {"br", "gzip"}


async def test_the_page_keeps_its_styles_and_its_layout(
    site: Elsewhere, open_page: OpenPage
) -> None:
    page = await open_page(viewport={"width": 1280, "height": 800})
    site.with_chat = False
    await page.goto(site.url)
    before = await page.evaluate(_STYLES, False)
    globals_before = set(await page.evaluate("() => Object.keys(window)"))
    site.with_chat = True
    await visit(page, site)
    await page.locator("peyk-chat .launcher").click()
    await expect(page.get_by_role("dialog")).to_be_visible(timeout=SOON)
    await page.evaluate("() => document.getElementById('told').replaceChildren()")
    after = await page.evaluate(_STYLES, False)
    assert differences(before, after) == []
    assert await page.evaluate(_SHIFTS) == []
    assert set(await page.evaluate("() => Object.keys(window)")) - globals_before == set()
    assert await page.evaluate("() => document.adoptedStyleSheets.length") == 0


async def test_the_pages_styles_do_not_reach_the_chat(site: Elsewhere, open_page: OpenPage) -> None:
    looks = []
    for with_styles in (False, True):
        site.with_styles = with_styles
        page = await open_page(viewport={"width": 1280, "height": 800})
        await visit(page, site)
        await page.locator("peyk-chat .launcher").click()
        await expect(page.get_by_role("dialog")).to_be_visible(timeout=SOON)
        await page.wait_for_timeout(800)
        looks.append(await page.evaluate(_STYLES, True))
    assert differences(*looks) == []


async def test_a_site_that_is_not_allowed_sees_no_button_and_its_developer_why(
    site: Elsewhere, open_page: OpenPage
) -> None:
    await change_inbox(site.gateway, {"allowed_sites": ["https://shop.example"]})
    page = await open_page()
    async with page.expect_console_message(lambda said: "Peyk" in said.text) as told:
        await page.goto(site.url)
    assert "shows no chat: The gateway answered 403" in (await told.value).text
    await expect(page.locator("peyk-chat")).to_have_count(0)

    await change_inbox(site.gateway, {"allowed_sites": [site.origin]})
    await visit(page, site)


async def encoding_of(request: Request) -> str | None:
    response = await request.response()
    assert response is not None
    return await response.header_value("content-encoding")


def differences(before: Any, after: Any) -> list[str]:
    """What is styled otherwise, told shortly."""
    names = [[name for name, _ in styles] for styles in (before, after)]
    if names[0] != names[1]:
        return [f"other elements: {json.dumps(names)[:500]}"]
    return [
        f"{name}: {prop} {style[prop]} → {other[prop]}"
        for (name, style), (_, other) in zip(before, after, strict=True)
        for prop in style
        if style[prop] != other.get(prop)
    ][:40]
