"""What a page may do with the chat on it: open, close, listen, name its visitor, describe him."""

from __future__ import annotations

import time
from typing import Any

import jwt
import pytest
from playwright.async_api import Page, expect

from gateway.ids import new_id
from tests.faults.agent_at_work import agent_at_work
from tests.journeys.conftest import OpenPage
from tests.journeys.elsewhere import Elsewhere, change_inbox, visit

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(180)]
SOON = 15_000.0
SECRET = "a secret of the shop, thirty-two bytes and more"


async def test_what_is_asked_before_the_chat_is_there_is_done_when_it_is(
    site: Elsewhere, open_page: OpenPage
) -> None:
    page = await open_page()
    asks = "(window.Peyk ??= []).push((chat) => chat.open());"
    await page.add_init_script(asks)
    await visit(page, site)
    await expect(page.get_by_role("dialog")).to_be_visible(timeout=SOON)
    assert (await told(page))[:2] == [
        {"name": "ready", "inbox": "demo", "locale": "en"},
        {"name": "opened"},
    ]


async def test_the_page_opens_closes_hides_and_knows(site: Elsewhere, open_page: OpenPage) -> None:
    page = await open_page()
    await visit(page, site)
    panel = page.get_by_role("dialog")
    await page.locator("#ask").click()
    await expect(panel).to_be_visible(timeout=SOON)
    assert await page.evaluate("() => Peyk.isOpen") is True
    await page.locator("#bye").click()
    await expect(panel).not_to_be_visible()
    assert await page.evaluate("() => Peyk.isOpen") is False
    await page.evaluate("() => Peyk.toggle()")
    await expect(panel).to_be_visible()
    await expect(panel.get_by_role("textbox")).to_be_focused(timeout=SOON)
    await page.keyboard.press("Escape")
    await expect(panel).not_to_be_visible()
    await page.wait_for_function("() => window.told.length >= 5")
    assert [each["name"] for each in await told(page)] == [
        "ready", "opened", "closed", "opened", "closed",
    ]  # fmt: skip

    launcher = page.locator("peyk-chat .launcher")
    await page.evaluate("() => Peyk.hide()")
    await expect(launcher).not_to_be_visible()
    await page.evaluate("() => Peyk.show()")
    await expect(launcher).to_be_visible()


async def test_the_page_hears_what_is_said_and_counts_what_is_unread(
    site: Elsewhere, open_page: OpenPage
) -> None:
    page = await open_page()
    await visit(page, site)
    await page.evaluate("() => Peyk.open()")
    await say(page, "Is anybody there?")
    async with agent_at_work(site.gateway) as agent:
        await until(page, "state", state="waiting")
        (id,) = await agent.waiting()
        await agent.call("POST", f"/conversations/{id}/claim", {})
        await until(page, "state", state="with_agent")
        await page.evaluate("() => Peyk.close()")
        await agent.call("POST", f"/conversations/{id}/replies", {"text": "Yes, I am."})
        heard = await until(page, "message", text="Yes, I am.")
        await until(page, "unread", count=1)
    assert heard["author"]["kind"] == "agent"
    assert await page.evaluate("() => Peyk.unread") == 1
    label = await page.locator("peyk-chat .launcher").get_attribute("aria-label")
    assert label == "Open chat: 1 new"
    said = [each["text"] for each in await told(page) if each["name"] == "message"]
    assert said.count("Is anybody there?") == 1
    await page.evaluate("() => Peyk.open()")
    await until(page, "unread", count=0)


async def test_who_does_not_listen_any_more_hears_nothing(
    site: Elsewhere, open_page: OpenPage
) -> None:
    page = await open_page()
    await visit(page, site)
    heard = await page.evaluate(
        """async () => {
          const heard = [];
          const later = () => heard.push("late");
          const stop = Peyk.on("opened", () => heard.push("returned"));
          const off = () => heard.push("off");
          Peyk.on("opened", off);
          Peyk.on("opened", () => heard.push("kept"));
          Peyk.on("ready", later);
          stop();
          Peyk.off("opened", off);
          Peyk.open();
          await new Promise((resolve) => setTimeout(resolve, 300));
          return heard;
        }"""
    )
    assert heard == ["late", "kept"] or heard == ["kept", "late"]


async def test_a_page_names_its_visitor_and_a_signed_out_visitor_sees_nothing_of_him(
    site: Elsewhere, open_page: OpenPage
) -> None:
    await change_inbox(site.gateway, {"identity": {"alg": "HS256", "key": SECRET}})
    page = await open_page()
    await visit(page, site)
    await page.evaluate("(token) => Peyk.identify(token)", signed("sara", "Sara"))
    await page.evaluate("() => Peyk.open()")
    await say(page, "My order, please")
    async with agent_at_work(site.gateway) as agent:
        await until(page, "state", state="waiting")
        (id,) = await agent.waiting()
        conversation = await agent.call("GET", f"/conversations/{id}")
        assert conversation["contact"]["name"] == "Sara"
        assert conversation["contact"]["proof"] == "signed"
        await page.evaluate("() => Peyk.setAttributes({ plan: 'pro', cart: 3 })")
        await page.locator("#cart").fill("4")
        await page.keyboard.press("Tab")
        wanted = {"page.plan": "pro", "page.cart": 4}
        contact: dict[str, Any] = {}
        for _ in range(50):
            contact = await agent.call("GET", f"/contacts/{conversation['contact']['id']}")
            if contact["attributes"] == wanted:
                break
            await page.wait_for_timeout(100)
        assert contact["attributes"] == wanted

    await page.evaluate("() => Peyk.identify(null)")
    log = page.get_by_role("log")
    await expect(log.get_by_text("My order, please")).to_have_count(0, timeout=SOON)
    await page.evaluate("(token) => Peyk.identify(token)", signed("sara", "Sara"))
    await expect(log.get_by_text("My order, please")).to_be_visible(timeout=SOON)


async def test_the_page_chooses_language_and_scheme(site: Elsewhere, open_page: OpenPage) -> None:
    page = await open_page(color_scheme="light", locale="en")
    await visit(page, site)
    host = page.locator("peyk-chat")
    await page.evaluate("() => Peyk.open()")
    await expect(page.get_by_role("textbox", name="Your message")).to_be_visible(timeout=SOON)
    await page.evaluate("() => Peyk.setLocale('ar-EG')")
    await expect(page.get_by_role("textbox", name="رسالتك")).to_be_visible(timeout=SOON)
    await expect(host).to_have_attribute("dir", "rtl")
    await page.evaluate("() => Peyk.setLocale('de')")
    await expect(host).to_have_attribute("lang", "ar")
    assert await ground(page) == "rgb(255, 255, 255)"
    await page.evaluate("() => Peyk.setScheme('dark')")
    assert await ground(page) == "rgb(19, 26, 25)"


async def say(page: Page, text: str) -> None:
    entry = page.get_by_role("textbox", name="Your message")
    await entry.fill(text)
    await entry.press("Enter")


async def told(page: Page) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = await page.evaluate("() => window.told")
    return found


async def until(page: Page, name: str, **values: Any) -> dict[str, Any]:
    """What the page was told, once it has been told that."""
    wanted = {"name": name, **values}
    for _ in range(150):
        for each in await told(page):
            if wanted.items() <= each.items():
                return each
        await page.wait_for_timeout(100)
    raise AssertionError(f"never told {wanted}: {await told(page)}")


async def ground(page: Page) -> str:
    color: str = await page.get_by_role("dialog").evaluate(
        "(panel) => getComputedStyle(panel).backgroundColor"
    )
    return color


def signed(subject: str, name: str) -> str:
    claims = {"sub": subject, "name": name, "jti": new_id(), "exp": int(time.time()) + 300}
    return jwt.encode(claims, SECRET, algorithm="HS256")
