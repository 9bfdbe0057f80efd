"""A hundred cut connections during traffic: both screens show what the store holds.

`PEYK_CUTS` sets how many. Customer and agent write in their own browsers all the while, and
a program answers as the agent besides, so that something happens while a page is away.
"""

from __future__ import annotations

import asyncio
import os
import random
import re
import sys
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from playwright.async_api import Page, expect

from tests.faults.cutting_proxy import CuttingProxy, cutting_proxy
from tests.faults.gateway_process import EMAIL, PASSWORD, GatewayProcess, gateway_process
from tests.faults.processes import ROOT
from tests.journeys.conftest import OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(600)]

CUTS = int(os.environ.get("PEYK_CUTS", "100"))
NOBODY = "http://127.0.0.1:9"
SOON = 15_000.0
SAID = re.compile(r"\b[abc]-\d{4}\b")
SAME_WITHIN_S = 60.0
QUIET_S = 4.0
BACK_WITHIN_S = 40.0


async def test_after_a_hundred_reconnects_both_screens_show_what_is_stored(
    open_page: OpenPage, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = {"web_dir": str(ROOT / "web" / "dist"), "rasa_url": NOBODY}
    async with (
        gateway_process(tmp_path, **settings) as gateway,
        cutting_proxy(gateway.port) as proxy,
        _program(gateway) as api,
    ):
        customer, agent = (
            await open_page(),
            await open_page(viewport={"width": 1280, "height": 800}),
        )
        customers, agents = _count_connections(customer), _count_connections(agent)
        await _open_chat(customer, proxy)
        conversation = await _claimed(api)
        await _open_console(agent, proxy, conversation)
        async with _traffic(customer, agent, api, conversation):
            await _cut(proxy, customers, agents)
        stored = await _until_both_show_all(customer, agent, api, conversation)
    with capsys.disabled():
        sys.stdout.write(
            f"\n{len(customers)} and {len(agents)} connections of customer and agent, "
            f"{len(stored)} messages, in order and once on both screens\n"
        )
    assert min(len(customers), len(agents)) >= CUTS
    assert len(stored) == len(set(stored)) > CUTS


def _count_connections(page: Page) -> list[str]:
    """Grows by one whenever the page has come back far enough to be told where it stands."""
    ready: list[str] = []

    def hear(frame: str | bytes) -> None:
        if '"type":"ready"' in str(frame).replace(" ", ""):
            ready.append(str(frame))

    page.on("websocket", lambda socket: socket.on("framereceived", hear))
    return ready


async def _open_chat(page: Page, proxy: CuttingProxy) -> None:
    await page.goto(f"{proxy.url}/?lang=en")
    await page.locator("peyk-chat button, [data-peyk] button").first.click(timeout=SOON)
    await _type(page, "c-0000")
    await expect(page.get_by_role("log").get_by_text("c-0000")).to_be_visible(timeout=SOON)


async def _type(page: Page, text: str) -> None:
    entry = page.get_by_role("textbox", name="Your message")
    await entry.fill(text)
    await entry.press("Enter")


async def _open_console(page: Page, proxy: CuttingProxy, conversation: str) -> None:
    await page.goto(f"{proxy.url}/console/all/{conversation}")
    await page.locator("input[type=email]").fill(EMAIL)
    await page.locator("input[type=password]").fill(PASSWORD)
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("log").get_by_text("c-0000")).to_be_visible(timeout=SOON)


@asynccontextmanager
async def _program(gateway: GatewayProcess) -> AsyncIterator[aiohttp.ClientSession]:
    """The agent's own program, on a connection that nobody cuts."""
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(f"{gateway.url}/api/v1/", cookie_jar=jar) as session:
        who = {"email": EMAIL, "password": PASSWORD}
        async with session.post("session", json=who) as answer:
            session.headers["X-CSRF-Token"] = (await answer.json())["csrf_token"]
        yield session


async def _claimed(api: aiohttp.ClientSession) -> str:
    async with asyncio.timeout(30):
        while True:
            async with api.get("conversations") as answer:
                if found := (await answer.json())["items"]:
                    break
            await asyncio.sleep(0.2)
    id = str(found[0]["id"])
    async with api.post(f"conversations/{id}/claim", json={}) as answer:
        assert answer.status == 200, await answer.text()
    return id


@asynccontextmanager
async def _traffic(
    customer: Page, agent: Page, api: aiohttp.ClientSession, conversation: str
) -> AsyncIterator[None]:
    """Until the end of the block; no mistake in it is passed over."""
    writers = [
        asyncio.create_task(_customer_writes(customer)),
        asyncio.create_task(_agent_writes(agent)),
        asyncio.create_task(_program_writes(api, conversation)),
    ]
    try:
        yield
        for each in writers:
            assert not each.done(), each.exception()
    finally:
        for each in writers:
            each.cancel()
        await asyncio.gather(*writers, return_exceptions=True)


async def _customer_writes(page: Page) -> None:
    for n in range(1, 10_000):
        await _type(page, f"c-{n:04}")
        await asyncio.sleep(random.uniform(0.2, 0.8))


async def _agent_writes(page: Page) -> None:
    for n in range(1, 10_000):
        entry = page.locator(".composer textarea")
        await entry.fill(f"a-{n:04}")
        await entry.press("Enter")
        await asyncio.sleep(random.uniform(0.5, 1.5))


async def _program_writes(api: aiohttp.ClientSession, conversation: str) -> None:
    for n in range(1, 10_000):
        async with api.post(
            f"conversations/{conversation}/replies", json={"text": f"b-{n:04}"}
        ) as answer:
            assert answer.status == 200, await answer.text()
        await asyncio.sleep(random.uniform(0.3, 1.0))


async def _cut(proxy: CuttingProxy, *ready: list[str]) -> None:
    """So often, each time both are connected again, most often while they catch up."""
    for n in range(CUTS):
        await asyncio.sleep(random.uniform(0.0, 0.4))
        before = [len(each) for each in ready]
        proxy.cut()
        await _until_both_are_back(ready, before, n)


async def _until_both_are_back(ready: Sequence[list[str]], before: list[int], n: int) -> None:
    started = time.monotonic()
    while any(len(each) <= known for each, known in zip(ready, before, strict=True)):
        back = [len(each) - known for each, known in zip(ready, before, strict=True)]
        assert time.monotonic() - started < BACK_WITHIN_S, f"cut {n}: customer, agent {back}"
        await asyncio.sleep(0.02)


async def _until_both_show_all(
    customer: Page, agent: Page, api: aiohttp.ClientSession, conversation: str
) -> list[str]:
    """What is stored, once both show it and nothing more comes."""
    started = time.monotonic()
    while True:
        stored = await _stored(api, conversation)
        shown = {"customer": await _shown(customer), "agent": await _shown(agent)}
        if all(each == stored for each in shown.values()):
            await asyncio.sleep(QUIET_S)
            if await _stored(api, conversation) == stored:
                return stored
        elif time.monotonic() - started > SAME_WITHIN_S:
            assert shown == dict.fromkeys(shown, stored)
        await asyncio.sleep(0.5)


async def _shown(page: Page) -> list[str]:
    """Only what a bubble says, from the oldest on."""
    return SAID.findall(await page.get_by_role("log").inner_text())


async def _stored(api: aiohttp.ClientSession, conversation: str) -> list[str]:
    texts: list[str] = []
    since: Any = 0
    while since is not None:
        async with api.get(
            f"conversations/{conversation}/messages", params={"since": since}
        ) as answer:
            page = await answer.json()
        texts += [each["text"] for each in page["items"]]
        since = page["next"]
    return [text for text in texts if SAID.fullmatch(text)]
