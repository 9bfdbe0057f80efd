"""The chat for everybody: axe in every state, by keyboard, without motion, enlarged, on phones."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Page, expect

from channels.chat.colour import theme
from tests.faults.gateway_process import GatewayProcess
from tests.journeys.axe import findings
from tests.journeys.conftest import OpenPage
from tests.journeys.elsewhere import Elsewhere, visit

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(400)]
SOON = 15_000.0

SCENES = ("welcome", "bot", "waiting", "agent", "away", "resolved", "lost")
SIZES = {"desktop": (1280, 800), "phone": (390, 844)}
ACCENTS = ("#0f766e", "#ffe600", "#0a1f44", "#808080")
TEXTS = {
    "title": "نیلگون Nilgoon 1001",
    "subtitle": "We usually answer within minutes",
    "launcher": "Chat with Nilgoon",
}


def inbox(accent: str, launcher: str = "icon") -> dict[str, Any]:
    return {
        "name": "Nilgoon",
        "appearance": {
            "accent": accent,
            "position": "end",
            "launcher": launcher,
            "scheme": "auto",
            "offset": 20,
        },
        "theme": theme(accent).model_dump(),
        "locale": "en",
        "locales": ["en", "fa", "ar"],
        "texts": {"en": TEXTS, "fa": TEXTS, "ar": TEXTS},
        "greeting": {},
        "rating": True,
    }


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("locale", ["en", "fa", "ar"])
async def test_no_state_of_the_chat_hinders_anybody(
    without_bot: GatewayProcess, open_page: OpenPage, locale: str, size: str
) -> None:
    width, height = SIZES[size]
    page = await open_page(viewport={"width": width, "height": height}, reduced_motion="reduce")
    await page.goto(f"{without_bot.url}/console/preview.html")
    found: dict[str, list[str]] = {}
    for scheme in ("light", "dark"):
        for scene in SCENES:
            await show(page, inbox(ACCENTS[0]), locale, scheme, scene)
            found[f"{scheme} {scene}"] = await findings(page, "peyk-chat")
        await show(page, inbox(ACCENTS[0], "text"), locale, scheme, "welcome", is_open=False)
        found[f"{scheme} closed"] = await findings(page, "peyk-chat")
    assert {state: each for state, each in found.items() if each} == {}


async def test_every_colour_that_an_inbox_may_have_is_read_well(
    without_bot: GatewayProcess, open_page: OpenPage
) -> None:
    page = await open_page(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    await page.goto(f"{without_bot.url}/console/preview.html")
    found: dict[str, list[str]] = {}
    for accent in ACCENTS:
        for scheme in ("light", "dark"):
            for scene in ("waiting", "agent"):
                await show(page, inbox(accent), "en", scheme, scene)
                found[f"{accent} {scheme} {scene}"] = await findings(page, "peyk-chat")
    assert {state: each for state, each in found.items() if each} == {}


async def test_the_chat_is_used_by_keyboard_alone(site: Elsewhere, open_page: OpenPage) -> None:
    page = await open_page(viewport={"width": 1280, "height": 800})
    await visit(page, site)
    for _ in range(10):
        await page.keyboard.press("Tab")
        if await focused(page) == "launcher":
            break
    assert await focused(page) == "launcher"
    await page.keyboard.press("Enter")
    entry = page.get_by_role("textbox", name="Your message")
    await expect(entry).to_be_focused(timeout=SOON)
    await page.keyboard.type("By keyboard")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("log").get_by_text("By keyboard")).to_be_visible(timeout=SOON)
    stops = []
    for _ in range(12):
        await page.keyboard.press("Shift+Tab")
        stops.append(await label(page))
    assert "Close chat" in stops
    await entry.focus()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).not_to_be_visible()
    assert await focused(page) == "launcher"
    assert (await label(page)).startswith("Open chat")


async def test_on_a_phone_the_keyboard_stays_in_the_chat(
    site: Elsewhere, open_page: OpenPage
) -> None:
    page = await open_page(viewport={"width": 390, "height": 844})
    await visit(page, site)
    await page.locator("peyk-chat .launcher").click()
    await expect(page.get_by_role("textbox", name="Your message")).to_be_focused(timeout=SOON)
    for _ in range(15):
        await page.keyboard.press("Tab")
        inside = "() => document.activeElement?.tagName === 'PEYK-CHAT'"
        assert await page.evaluate(inside)


async def test_who_wants_no_motion_gets_none(
    without_bot: GatewayProcess, open_page: OpenPage
) -> None:
    page = await open_page(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    await page.goto(f"{without_bot.url}/console/preview.html")
    for scene in ("bot", "lost", "waiting"):
        await show(page, inbox(ACCENTS[0]), "en", "light", scene, wait=0)
        longest = await page.locator("peyk-chat").evaluate(
            """(host) => Math.max(0, ...host.shadowRoot.getAnimations()
                 .map((each) => each.effect.getComputedTiming().activeDuration))"""
        )
        assert longest <= 10, scene


@pytest.mark.parametrize(
    ("width", "height"), [(640, 400), (320, 256)], ids=["200 percent", "400 percent"]
)
async def test_enlarged_nothing_is_cut_off(
    without_bot: GatewayProcess, open_page: OpenPage, width: int, height: int
) -> None:
    """A browser that enlarges a page of 1280 by 800 gives it fewer pixels of its own."""
    page = await open_page(viewport={"width": width, "height": height}, reduced_motion="reduce")
    await page.goto(f"{without_bot.url}/console/preview.html")
    for scene in SCENES:
        await show(page, inbox(ACCENTS[0]), "en", "light", scene)
        panel = await page.get_by_role("dialog").bounding_box()
        assert panel is not None
        assert (panel["x"], panel["width"]) == (0, width)
        assert 0 <= panel["y"] <= panel["y"] + panel["height"] <= height
        for name in ("textbox", "button"):
            target = page.get_by_role(name, name="message" if name == "textbox" else "Close chat")
            box = await target.first.bounding_box()
            assert box is not None, (scene, name)
            assert 0 <= box["x"] <= box["x"] + box["width"] <= width, (scene, name)
            assert 0 <= box["y"] <= box["y"] + box["height"] <= height, (scene, name)
        beyond = await page.locator("peyk-chat .log").evaluate(
            "(log) => log.scrollWidth - log.clientWidth"
        )
        assert beyond <= 0, scene


async def test_the_on_screen_keyboard_leaves_the_entry_in_sight(
    site: Elsewhere, open_page: OpenPage
) -> None:
    """iOS slides the page up under its keyboard and says so only to the visual viewport."""
    page = await open_page(viewport={"width": 390, "height": 844})
    await page.add_init_script(
        """const seen = Object.assign(new EventTarget(), { height: 844, offsetTop: 0, scale: 1 });
           Object.defineProperty(window, "visualViewport", { value: seen });"""
    )
    await visit(page, site)
    await page.locator("peyk-chat .launcher").click()
    panel = page.get_by_role("dialog")
    await expect(panel).to_be_visible(timeout=SOON)
    await page.wait_for_timeout(400)
    await page.evaluate(
        """() => { Object.assign(visualViewport, { height: 420, offsetTop: 96 });
                   visualViewport.dispatchEvent(new Event("resize")); }"""
    )
    box = await panel.bounding_box()
    entry = await page.get_by_role("textbox", name="Your message").bounding_box()
    assert box is not None
    assert entry is not None
    assert (box["y"], box["height"]) == (96, 420)
    assert 96 < entry["y"] < entry["y"] + entry["height"] <= 516


async def show(
    page: Page,
    dress: dict[str, Any],
    locale: str,
    scheme: str,
    scene: str,
    *,
    is_open: bool = True,
    wait: float = 250,
) -> None:
    """In the page that previews the chat, which shows the real one in any state."""
    what = {
        "inbox": dress,
        "locale": locale,
        "scheme": scheme,
        "scene": scene,
        "open": is_open,
    }
    await page.evaluate("(what) => postMessage(what, location.origin)", what)
    panel = page.locator("peyk-chat .panel")
    if is_open:
        await expect(panel).to_be_visible(timeout=SOON)
        await expect(page.locator("peyk-chat")).to_have_attribute("lang", locale)
    else:
        await expect(panel).not_to_be_visible(timeout=SOON)
    await page.wait_for_timeout(wait)


async def focused(page: Page) -> str:
    """The class of what has the focus in the chat, if that has it."""
    name: str = await page.evaluate(
        "() => document.activeElement?.shadowRoot?.activeElement?.className ?? ''"
    )
    return name


async def label(page: Page) -> str:
    said: str = await page.evaluate(
        """() => { const one = document.activeElement?.shadowRoot?.activeElement;
                   return one?.getAttribute("aria-label") ?? one?.textContent ?? ""; }"""
    )
    return said
