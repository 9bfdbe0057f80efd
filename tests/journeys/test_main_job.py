"""The main job, in real browsers: a bot answers, a person takes over and gives back.

Once in each language, on desktop and phone, light and dark, in both directions.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from playwright.async_api import Locator, Page, expect

from tests.faults.gateway_process import EMAIL, PASSWORD, GatewayProcess
from tests.journeys.conftest import SCREENSHOTS, OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.rasa, pytest.mark.slow, pytest.mark.timeout(240)]
SOON = 15_000.0
"""Milliseconds: the machine may be busy with other things."""


@dataclass(frozen=True, kw_only=True)
class Tongue:
    """What people say and read in one language, and how their screens are set."""

    language: str
    direction: str
    customer_screen: tuple[int, int]
    scheme: str
    hello: str
    welcome: str
    where: str
    asks: str
    number: str
    returns: str
    returns_answer: str
    person: str
    message: str
    to_bot: str
    give_back: str
    resolve: str
    answer: str


ENGLISH = Tongue(
    language="en", direction="ltr", customer_screen=(1280, 800), scheme="light",
    hello="hello", welcome="welcome to Nilgoon", where="where is my order", number="PK-1001",
    asks="What is your order number",
    returns="can I return a shirt?", returns_answer="14 days", person="Talk to a person",
    message="Your message",
    to_bot="To the bot", give_back="Return to the bot", resolve="Resolve",
    answer="Hello, Admin here. Your lamp left Shiraz this morning.",
)  # fmt: skip
PERSIAN = Tongue(
    language="fa", direction="rtl", customer_screen=(390, 844), scheme="dark",
    hello="سلام", welcome="به نیلگون خوش آمدید", where="سفارشم کجاست", number="۱۰۰۱",
    asks="شمارهٔ سفارشتان",
    returns="میشه پیراهن رو پس بدم؟", returns_answer="۱۴ روز", person="گفتگو با پاسخگو",
    message="پیام شما",
    to_bot="به ربات", give_back="برگرداندن به ربات", resolve="حل شد",
    answer="سلام، چراغ شما امروز صبح از شیراز راه افتاد (PK-1001).",
)  # fmt: skip
ARABIC = Tongue(
    language="ar", direction="rtl", customer_screen=(1280, 800), scheme="light",
    hello="مرحبا", welcome="وسهلًا بك في نيلغون", where="وين طلبي", number="1001",
    asks="ما رقم طلبك",
    returns="كيف أرجع قميص؟", returns_answer="14 يومًا", person="التحدث إلى موظف",
    message="رسالتك",
    to_bot="إلى الروبوت", give_back="إعادة إلى الروبوت", resolve="إنهاء",
    answer="مرحبًا، خرج المصباح من شيراز صباح اليوم.",
)  # fmt: skip


@pytest.mark.parametrize("tongue", [ENGLISH, PERSIAN, ARABIC], ids=lambda each: each.language)
async def test_a_customer_chats_the_bot_answers_and_a_person_takes_over(
    gateway: GatewayProcess, open_page: OpenPage, tongue: Tongue
) -> None:
    width, height = tongue.customer_screen
    customer = await open_page(
        viewport={"width": width, "height": height}, color_scheme=tongue.scheme,
        locale=tongue.language,
    )  # fmt: skip
    agent = await open_page(
        viewport={"width": 1440, "height": 900}, color_scheme=tongue.scheme,
        locale=tongue.language,
    )  # fmt: skip

    await open_chat(customer, gateway, tongue)
    await say(customer, tongue, tongue.hello)
    await hears(customer, tongue.welcome)
    await keep(customer, tongue, "1-welcome")
    await say(customer, tongue, tongue.where)
    await hears(customer, tongue.asks)
    await say(customer, tongue, tongue.number)
    await hears(customer, "Simorgh Express")
    await keep(customer, tongue, "2-order")
    await customer.get_by_role("button", name=tongue.person, exact=True).last.click()

    await sign_in(agent, gateway)
    await expect(agent.locator("html")).to_have_attribute("dir", tongue.direction)
    await agent.keyboard.press("c")
    await expect(agent.get_by_text("Walnut desk lamp").first).to_be_visible(timeout=SOON)
    for known in (tongue.hello, tongue.where, tongue.number):
        await expect(agent.get_by_text(known, exact=True).first).to_be_attached()
    await keep(agent, tongue, "3-claimed")

    await write_reply(agent, tongue.answer)
    await hears(customer, tongue.answer)
    await expect(customer.get_by_text(re.compile("Admin")).first).to_be_visible(timeout=SOON)
    await keep(customer, tongue, "4-answered")

    await agent.get_by_role("button", name=tongue.to_bot).first.click()
    dialog = agent.get_by_role("dialog")
    await dialog.get_by_role("button", name=tongue.give_back).click()
    await expect(dialog).to_have_count(0, timeout=SOON)
    await say(customer, tongue, tongue.returns)
    await hears(customer, tongue.returns_answer)
    await keep(customer, tongue, "5-bot-again")

    await agent.keyboard.press("Shift+E")
    await dialog.get_by_role("button", name=tongue.resolve, exact=True).click()
    await expect(dialog).to_have_count(0, timeout=SOON)
    await keep(agent, tongue, "6-resolved")
    await keep(customer, tongue, "6-resolved-customer")


async def open_chat(page: Page, gateway: GatewayProcess, tongue: Tongue) -> None:
    await page.goto(f"{gateway.url}/?lang={tongue.language}")
    await expect(page.locator("html")).to_have_attribute("dir", tongue.direction)
    await page.locator("peyk-chat button, [data-peyk] button").first.click(timeout=SOON)
    await expect(entry(page, tongue)).to_be_visible(timeout=SOON)


async def say(page: Page, tongue: Tongue, text: str) -> None:
    await entry(page, tongue).fill(text)
    await entry(page, tongue).press("Enter")


async def hears(page: Page, text: str) -> None:
    await expect(page.get_by_role("log").get_by_text(text).last).to_be_visible(timeout=SOON)


def entry(page: Page, tongue: Tongue) -> Locator:
    return page.get_by_role("textbox", name=tongue.message)


async def sign_in(page: Page, gateway: GatewayProcess) -> None:
    await page.goto(f"{gateway.url}/console")
    await page.locator("input[type=email]").fill(EMAIL)
    await page.locator("input[type=password]").fill(PASSWORD)
    await page.keyboard.press("Enter")
    await expect(page.locator("input[type=password]")).to_have_count(0, timeout=SOON)


async def write_reply(page: Page, text: str) -> None:
    await page.keyboard.press("r")
    await page.locator("textarea:focus").fill(text)
    await page.keyboard.press("Enter")


async def keep(page: Page, tongue: Tongue, name: str) -> None:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    await page.screenshot(path=SCREENSHOTS / f"{tongue.language}-{name}.png")
