"""An agent writes: drafts, canned replies, undo, quotes, pictures, retries, and others beside.

In a browser before a real gateway, once in each direction, light and dark, desktop and phone.
"""

from __future__ import annotations

import asyncio
import base64
import re
import sqlite3
import struct
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import aiohttp
import pytest
from playwright.async_api import Locator, Page, expect

from tests.faults.agent_at_work import AgentAtWork, agent_at_work
from tests.faults.gateway_process import EMAIL, PASSWORD, GatewayProcess
from tests.journeys.axe import findings
from tests.journeys.conftest import SCREENSHOTS, OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(240)]
SOON = 15_000.0
OMID = "omid@example.com"


@dataclass(frozen=True, kw_only=True)
class Screen:
    """How the agent's console is set."""

    language: str
    scheme: str
    size: tuple[int, int]

    @property
    def name(self) -> str:
        return f"writing-{self.language}-{self.scheme}"

    @property
    def options(self) -> dict[str, Any]:
        width, height = self.size
        return {
            "viewport": {"width": width, "height": height},
            "color_scheme": self.scheme,
            "locale": self.language,
        }


WIDE = Screen(language="en", scheme="light", size=(1440, 900))
PHONE = Screen(language="fa", scheme="dark", size=(390, 844))


class Shop:
    """A gateway with a customer who wrote, and the API of the agent who is to answer."""

    def __init__(self, gateway: GatewayProcess, api: AgentAtWork, visitor: Visitor) -> None:
        self.gateway = gateway
        self.api = api
        self.visitor = visitor
        self.conversation = ""

    async def messages(self) -> list[dict[str, Any]]:
        page = await self.api.call("GET", f"/conversations/{self.conversation}/messages?since=0")
        items: list[dict[str, Any]] = page["items"]
        return items

    async def texts(self) -> list[str]:
        return [each["text"] for each in await self.messages()]

    def fail(self, message: str) -> None:
        """As if a network had refused it: customers of the web chat fetch, so nothing fails."""
        database = sqlite3.connect(self.gateway.data_dir / "peyk.db", timeout=10)
        with closing(database), database:
            database.execute(
                "UPDATE deliveries SET state = 'failed', error = 'refused', attempts = 2"
                " WHERE message_id = ?",
                (message,),
            )


class Visitor:
    def __init__(self, session: aiohttp.ClientSession, url: str, token: str) -> None:
        self._session = session
        self._url = url
        self._headers = {"Authorization": f"Bearer {token}"}

    async def say(self, text: str, *pictures: str) -> None:
        files = [await self._upload(name) for name in pictures]
        body = {"client_id": str(uuid4()), "text": text, "attachments": files}
        async with self._session.post(
            f"{self._url}/chat/v1/messages", json=body, headers=self._headers
        ) as answer:
            assert answer.status < 300, await answer.text()

    async def _upload(self, name: str) -> str:
        form = aiohttp.FormData()
        form.add_field("file", picture(), filename=name, content_type="image/png")
        async with self._session.post(
            f"{self._url}/chat/v1/attachments", data=form, headers=self._headers
        ) as answer:
            return str((await answer.json())["id"])


@asynccontextmanager
async def shop(gateway: GatewayProcess) -> AsyncIterator[Shop]:
    async with aiohttp.ClientSession() as session, agent_at_work(gateway.url) as api:
        key = (await api.call("GET", "/inboxes"))["items"][0]["key"]
        async with session.post(
            f"{gateway.url}/chat/v1/sessions", json={"inbox": key, "name": "Mina", "locale": "en"}
        ) as answer:
            token = (await answer.json())["token"]
        it = Shop(gateway, api, Visitor(session, gateway.url, token))
        await it.visitor.say("My lamp has a crack.", "front.png", "side.png")
        it.conversation = await first_waiting(api)
        yield it


@pytest.mark.parametrize("screen", [WIDE, PHONE], ids=lambda each: each.name)
async def test_what_an_agent_writes_is_kept_filled_called_back_and_sent(
    without_bot: GatewayProcess, open_page: OpenPage, screen: Screen
) -> None:
    async with shop(without_bot) as it:
        await it.api.call("POST", "/canned-replies", canned())
        await it.api.call("POST", f"/conversations/{it.conversation}/claim", {})
        page = await open_page(**screen.options)
        await open_conversation(page, it)

        # What is begun is there after a reload, and in another browser.
        await write(page, "half a sentence")
        other = await open_page(**screen.options)
        await expect_draft(it, "half a sentence")
        await page.reload()
        await expect(entry(page)).to_have_value("half a sentence", timeout=SOON)
        await open_conversation(other, it)
        await expect(entry(other)).to_have_value("half a sentence", timeout=SOON)

        # Two windows at once: nothing is lost, the agent chooses.
        await write(other, "another thought")
        await expect_draft(it, "another thought")
        await write(page, "a third one")
        await expect(page.locator(".other-draft")).to_contain_text("another thought", timeout=SOON)
        await keep(page, screen, "two-drafts")
        await page.locator(".other-draft button").first.click()
        await expect(entry(page)).to_have_value("another thought")

        # A canned reply, filled; called back while it is held; then sent.
        await write(page, "")
        await entry(page).press_sequentially("/hel")
        await expect(page.get_by_role("option")).to_have_count(1, timeout=SOON)
        await keep(page, screen, "canned")
        assert await findings(page, ".main") == []
        await page.keyboard.press("Enter")
        await expect(entry(page)).to_have_value("Hello Mina, Admin here.")
        await page.keyboard.press("Enter")
        await expect(page.locator(".held")).to_be_visible()
        await keep(page, screen, "held")
        await page.keyboard.press("Control+z")
        await expect(entry(page)).to_have_value("Hello Mina, Admin here.")
        assert "Hello Mina, Admin here." not in await it.texts()
        await page.keyboard.press("Enter")
        await page.locator(".held .button").last.click()
        await expect(page.locator(".pending")).to_have_count(0, timeout=SOON)
        assert (await it.texts()).count("Hello Mina, Admin here.") == 1

        # Files by paste and by drop, emoji by keys.
        await bring_file(page, "paste", "pasted.png")
        await bring_file(page, "drop", "dropped.png")
        await expect(page.locator(".files__picture")).to_have_count(2, timeout=SOON)
        for _ in range(2):
            await page.locator(".files__one .button").first.click()
        await page.locator(".composer__emoji").click()
        await page.keyboard.press("ArrowDown")
        await page.keyboard.press("Enter")
        await expect(entry(page)).to_have_value("😍")

        # A quote to answer and to jump to.
        asked = page.locator(".message--customer").first
        await asked.hover()
        await asked.locator(".message__actions button").first.click()
        await write(page, "Is it the shade?")
        await page.keyboard.press("Enter")
        await page.locator(".held .button").last.click()
        quote = page.locator(".message--agent .quoted").last
        await expect(quote).to_contain_text("My lamp has a crack.", timeout=SOON)
        await quote.click()
        await expect(asked).to_have_class(re.compile("message--found"))

        # Pictures large, and back by the keyboard.
        await asked.locator(".attachments__show").first.click()
        await expect(page.locator(".lightbox")).to_have_attribute("aria-label", "front.png")
        await page.keyboard.press("ArrowLeft" if screen.language == "fa" else "ArrowRight")
        await expect(page.locator(".lightbox")).to_have_attribute("aria-label", "side.png")
        assert await findings(page, ".main") == []
        await page.keyboard.press("Escape")
        await expect(page.locator(".lightbox")).to_have_count(0)

        # What did not get out, sent again.
        it.fail((await it.messages())[-1]["id"])
        await page.reload()
        await expect(page.locator(".trouble")).to_contain_text("refused", timeout=SOON)
        await keep(page, screen, "failed")
        assert await findings(page, ".main") == []
        await page.locator(".trouble button").click()
        await expect(page.locator(".trouble")).to_have_count(0, timeout=SOON)
        events = (await it.api.call("GET", f"/conversations/{it.conversation}/events"))["items"]
        assert "delivery_retried" in [each["kind"] for each in events]


async def test_others_are_seen_and_a_claim_leaves_the_draft(
    without_bot: GatewayProcess, open_page: OpenPage
) -> None:
    async with shop(without_bot) as it:
        await it.api.call("POST", "/agents", agent("Omid", OMID))
        boss, omid = await open_page(**WIDE.options), await open_page(**PHONE.options)
        await open_conversation(boss, it)
        await open_conversation(omid, it, OMID)
        await expect(boss.locator(".viewers")).to_contain_text("Omid", timeout=SOON)
        await expect(omid.locator(".viewers__faces")).to_be_visible()

        await omid.locator(".closed .button--primary").click()
        await write(omid, "I will look into it")
        await expect(boss.locator(".viewers--writing")).to_contain_text("Omid", timeout=SOON)
        await keep(boss, WIDE, "others")

        # Taken over: he is told at once who has it, and keeps what he wrote.
        await boss.locator(".closed .button--primary").click()
        await expect(omid.locator(".closed")).to_contain_text("Admin", timeout=SOON)
        await expect(omid.locator(".closed blockquote")).to_have_text("I will look into it")
        await keep(omid, PHONE, "taken-over")
        assert await findings(omid, ".main") == []
        await omid.locator(".closed__kept button").click()
        await omid.locator(".composer__send").click()
        await expect(boss.locator(".message--note")).to_contain_text("look into it", timeout=SOON)

        # One key resolves; one press takes it back.
        await boss.locator("main").focus()
        await boss.keyboard.press("e")
        await expect(boss.locator(".head .state--resolved")).to_be_visible(timeout=SOON)
        await boss.locator(".notice button").first.click()
        await expect(boss.locator(".head .state--with_agent")).to_be_visible(timeout=SOON)


async def test_what_came_since_is_marked_and_what_was_before_opens_in_place(
    without_bot: GatewayProcess, open_page: OpenPage
) -> None:
    async with shop(without_bot) as it:
        path = f"/conversations/{it.conversation}"
        await it.api.call("POST", f"{path}/claim", {})
        await it.api.call("POST", f"{path}/resolve", {})
        age(it)
        await it.visitor.say("And now the switch is broken too.")
        it.conversation = await first_waiting(it.api)
        last = (await it.messages())[-1]["seq"]
        await it.api.call("POST", f"/conversations/{it.conversation}/seen", {"seq": last})
        await it.visitor.say("Are you there?")

        page = await open_page(**WIDE.options)
        await open_conversation(page, it)
        mark = page.locator(".unread + .message")
        await expect(mark).to_contain_text("Are you there?", timeout=SOON)
        await page.locator(".before").click()
        earlier = page.locator(".earlier-one")
        await expect(earlier).to_contain_text("My lamp has a crack.", timeout=SOON)
        await keep(page, WIDE, "earlier")
        assert await findings(page, ".main") == []


async def open_conversation(page: Page, it: Shop, email: str = EMAIL) -> None:
    await page.goto(f"{it.gateway.url}/console/all/{it.conversation}")
    await page.locator("input[type=email]").fill(email)
    await page.locator("input[type=password]").fill(PASSWORD)
    await page.keyboard.press("Enter")
    await expect(page.locator(".transcript")).to_be_visible(timeout=SOON)


async def bring_file(page: Page, how: str, name: str) -> None:
    """As a browser tells of a picture that is pasted, or dropped on the conversation."""
    await page.evaluate(_BRING, [how, name, base64.b64encode(picture()).decode()])


_BRING = """
([how, name, content]) => {
  const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
  const brought = new DataTransfer();
  brought.items.add(new File([bytes], name, { type: "image/png" }));
  const said = { bubbles: true, cancelable: true };
  const composer = document.getElementById("composer");
  if (how === "paste") {
    composer.dispatchEvent(new ClipboardEvent("paste", { ...said, clipboardData: brought }));
  } else {
    for (const type of ["dragenter", "dragover", "drop"]) {
      composer.dispatchEvent(new DragEvent(type, { ...said, dataTransfer: brought }));
    }
  }
}
"""


def entry(page: Page) -> Locator:
    return page.locator("#composer")


async def write(page: Page, text: str) -> None:
    await entry(page).fill(text)


async def expect_draft(it: Shop, text: str) -> None:
    """It is on the server a moment after the last key."""
    path = f"/conversations/{it.conversation}/draft"
    for _ in range(100):
        if (await it.api.call("GET", path))["reply"] == text:
            return
        await asyncio.sleep(0.1)
    raise AssertionError(f"the draft never was {text!r}")


async def first_waiting(api: AgentAtWork) -> str:
    for _ in range(100):
        if waiting := await api.waiting():
            return waiting[0]
        await asyncio.sleep(0.1)
    raise AssertionError("nobody waits")


def age(it: Shop) -> None:
    """A resolved conversation that is too old to go on: the next words begin another."""
    database = sqlite3.connect(it.gateway.data_dir / "peyk.db", timeout=10)
    with closing(database), database:
        database.execute("UPDATE conversations SET resolved_at = '2020-01-01 00:00:00.000000'")


def canned() -> dict[str, str]:
    text = "Hello {{contact.name|there}}, {{agent.name}} here."
    return {"shortcut": "hello", "title": "Greeting", "text": text}


def agent(name: str, email: str) -> dict[str, str]:
    return {"name": name, "email": email, "role": "agent", "password": PASSWORD}


def picture() -> bytes:
    """A small PNG."""
    rows = b"".join(b"\0" + bytes([120, 160, 90] * 48) for _ in range(48))
    parts = [
        (b"IHDR", struct.pack(">IIBBBBB", 48, 48, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    ]
    chunks = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


async def keep(page: Page, screen: Screen, name: str) -> None:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    await page.screenshot(path=SCREENSHOTS / f"{screen.name}-{name}.png")
