"""A whole Peyk, and real browsers before it. Screenshots are kept in `build/screenshots`."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Page, async_playwright

from tests.faults.gateway_process import GatewayProcess, gateway_process
from tests.faults.processes import ROOT
from tests.journeys.elsewhere import Elsewhere, elsewhere

CHROMIUM = Path("/usr/bin/chromium")
SCREENSHOTS = ROOT / "build" / "screenshots"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]

OpenPage = Callable[..., Awaitable[Page]]


@pytest.fixture(scope="module")
def chromium() -> Path:
    """Where Chromium is; without it the test fails and says what to install."""
    if not CHROMIUM.exists():
        pytest.fail(
            f"There is no {CHROMIUM}. On Debian: apt-get install chromium fonts-noto-core",
            pytrace=False,
        )
    return CHROMIUM


@pytest.fixture
async def gateway() -> AsyncIterator[GatewayProcess]:
    """`peyk serve` on embedded defaults, with the bot ready."""
    with tempfile.TemporaryDirectory(prefix="journey") as folder:
        async with gateway_process(Path(folder), web_dir=str(ROOT / "web" / "dist")) as gateway:
            await gateway.until_bot_is_ready()
            yield gateway


@pytest.fixture
async def without_bot() -> AsyncIterator[GatewayProcess]:
    """A gateway whose bot is not there: customers go to people at once."""
    with tempfile.TemporaryDirectory(prefix="journey") as folder:
        settings = {"web_dir": str(ROOT / "web" / "dist"), "rasa_url": "http://127.0.0.1:9"}
        async with gateway_process(Path(folder), **settings) as gateway:
            yield gateway


@pytest.fixture
async def site(without_bot: GatewayProcess) -> AsyncIterator[Elsewhere]:
    """Somebody's website with the chat on its page."""
    async with elsewhere(without_bot.url) as site:
        yield site


@pytest.fixture
async def browser(chromium: Path) -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        await browser.close()


@pytest.fixture
async def open_page(browser: Browser) -> AsyncIterator[OpenPage]:
    """Opens pages that share nothing; an error in any of them fails the test."""
    errors: list[str] = []
    async with AsyncExitStack() as stack:

        async def open_one(**options: Any) -> Page:
            context = await browser.new_context(**options)
            stack.push_async_callback(context.close)
            page = await context.new_page()
            page.on("pageerror", lambda error: errors.append(str(error)))
            return page

        yield open_one
    assert errors == []
