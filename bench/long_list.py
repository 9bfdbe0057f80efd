"""The console's list in a real browser: 10,000 who wait, 50 changes a second.

The browser does what an agent does (scrolls, points, changes views, opens conversations)
while a probe in the page notes how long each frame took. Then it goes on for some minutes,
and what the page keeps in memory is looked at.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from playwright.async_api import Browser, CDPSession, Page, async_playwright

from bench.changes import Changes, crowd_with_writers, working_agent
from bench.databases import sqlite_url
from bench.gateway import NO_BOT, gateway
from bench.result import Result
from gateway.clock import utc_now
from gateway.first_start import prepare
from gateway.hub import LocalHub
from gateway.store import inboxes
from gateway.store.store import opened

CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
WAITING = 10_000
WRITERS = 500
PER_S = 50
RUNS = 7
MINUTES = float(os.environ.get("PEYK_BENCH_MINUTES", "10"))
LOOK_EVERY_S = 20.0
LONG_MS = 50
EMAIL, PASSWORD = "admin@example.com", "correct horse battery staple"

PROBE = """() => {
  const frames = []; let last = performance.now();
  const note = (now) => { frames.push(now - last); last = now; requestAnimationFrame(note); };
  requestAnimationFrame(note);
  window.takeFrames = () => frames.splice(0);
}"""


async def measure() -> list[Result]:
    with tempfile.TemporaryDirectory(prefix="peyk-bench-") as folder:
        async with _scene(Path(folder)) as (page, changes):
            inspector = await page.context.new_cdp_session(page)
            rest = [await _run(page, inspector, _rest) for _ in range(3)]
            async with changes.going_on(PER_S):
                await _work(page)
                runs = [await _run(page, inspector, _work) for _ in range(RUNS)]
                heaps = await _hold_on(page, inspector)
            return [*_frames(runs, rest), *_memory(heaps), _rate(changes)]


@dataclass(frozen=True, kw_only=True)
class Run:
    """How long each frame took, and which part of the time the page was at work."""

    frames: list[float]
    busy: float


@asynccontextmanager
async def _scene(folder: Path) -> AsyncIterator[tuple[Page, Changes]]:
    os.environ["PEYK_ADMIN_EMAIL"], os.environ["PEYK_ADMIN_PASSWORD"] = EMAIL, PASSWORD
    url = sqlite_url(folder)
    async with opened(url, LocalHub()) as store:
        await prepare(store, utc_now, demo=True)
        async with store.read() as connection:
            (inbox,) = await inboxes.list_inboxes(connection)
        came, writers = await crowd_with_writers(store, inbox, WAITING, WRITERS)
        agent = await working_agent(store)
    async with gateway(folder, url, NO_BOT) as address, _browser() as browser:
        writing = {each.conversation for each in writers.values()}
        others = [each.conversation for each in came if each.conversation not in writing]
        changes = Changes(address, inbox, writers, agent, others)
        yield await _console(browser, address), changes


@asynccontextmanager
async def _browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        await browser.close()


async def _console(browser: Browser, address: str) -> Page:
    """Signed in, the whole list before the eyes, the probe set."""
    page = await browser.new_page(viewport={"width": 1440, "height": 900}, locale="en")
    said = {"email": EMAIL, "password": PASSWORD}
    answer = await page.request.post(f"{address}/api/v1/session", data=said)
    if not answer.ok:
        raise RuntimeError(f"could not sign in: {await answer.text()}")
    await page.goto(f"{address}/console/waiting")
    await page.locator("[data-row]").nth(5).wait_for()
    await page.evaluate(PROBE)
    return page


async def _run(page: Page, inspector: CDPSession, work: Callable[[Page], Awaitable[None]]) -> Run:
    await inspector.send("Performance.enable")
    await page.evaluate("() => window.takeFrames()")
    before = await _metrics(inspector)
    await work(page)
    after = await _metrics(inspector)
    frames: list[float] = await page.evaluate("() => window.takeFrames()")
    took = after["Timestamp"] - before["Timestamp"]
    return Run(frames=frames, busy=(after["TaskDuration"] - before["TaskDuration"]) / took)


async def _metrics(inspector: CDPSession) -> dict[str, float]:
    told = await inspector.send("Performance.getMetrics")
    return {each["name"]: each["value"] for each in told["metrics"]}


async def _rest(page: Page) -> None:
    """Nothing happens: what the machine does to frames by itself."""
    await asyncio.sleep(10)


async def _work(page: Page) -> None:
    """What an agent does in a quarter of a minute."""
    rows = page.locator(".list__scroll")
    await page.mouse.move(400, 500)
    for _ in range(40):
        await page.mouse.wheel(0, 420)
        await asyncio.sleep(0.05)
    await page.mouse.move(900, 500)
    await asyncio.sleep(2)
    await rows.evaluate("(box) => box.scrollTo({ top: 0 })")
    for view in ("All", "Unassigned", "Waiting"):
        await page.locator(".nav__item", has_text=view).first.click()
        await asyncio.sleep(1)
    await page.mouse.move(400, 400)
    await asyncio.sleep(2)
    await page.locator("[data-row]").nth(3).click()
    await asyncio.sleep(1)
    for _ in range(5):
        await page.keyboard.press("j")
        await asyncio.sleep(0.3)
    await page.mouse.move(900, 500)
    await asyncio.sleep(2)


async def _hold_on(page: Page, inspector: CDPSession) -> list[float]:
    """For some minutes: what is in use after a collection, in megabytes, look by look."""
    await inspector.send("HeapProfiler.enable")
    until = time.monotonic() + MINUTES * 60
    heaps: list[float] = []
    while time.monotonic() < until:
        await _work(page)
        await page.evaluate("() => window.takeFrames()")
        await asyncio.sleep(max(0.0, LOOK_EVERY_S - 17))
        heaps.append(await _heap(inspector))
    return heaps


async def _heap(inspector: CDPSession) -> float:
    await inspector.send("HeapProfiler.collectGarbage")
    usage: dict[str, Any] = await inspector.send("Runtime.getHeapUsage")
    return float(usage["usedSize"]) / 1_000_000


def _frames(runs: list[Run], rest: list[Run]) -> list[Result]:
    """Beside each figure stands that of the same page at rest: what the machine itself does."""

    def figure(name: str, unit: str, of: Callable[[Run], float], target: float | None) -> Result:
        scene = f"{WAITING:,} waiting, {PER_S} changes/s, {len(runs)} runs of an agent's work"
        at_rest = f"the same page at rest {median(of(run) for run in rest):,.1f}"
        value = median(of(run) for run in runs)
        return _result(f"list: {name}", value, unit, f"{at_rest}; {scene}", target)

    return [
        figure("longest frame of a run", "ms", lambda run: max(run.frames), LONG_MS),
        figure("frames over 50 ms", "%", _long_share, None),
        figure("99 of 100 frames are shorter than", "ms", _p99, None),
        figure("time the page's thread is busy", "%", lambda run: run.busy * 100, None),
    ]


def _long_share(run: Run) -> float:
    return 100 * sum(frame > LONG_MS for frame in run.frames) / len(run.frames)


def _p99(run: Run) -> float:
    return sorted(run.frames)[int(len(run.frames) * 0.99)]


def _memory(heaps: list[float]) -> list[Result]:
    """Its first and last thirds: a leak grows, work to and fro does not."""
    third = max(1, len(heaps) // 3)
    early, late = median(heaps[:third]), median(heaps[-third:])
    scene = f"{MINUTES:g} minutes, {PER_S} changes/s, {len(heaps)} looks"
    return [
        _result("list: heap, first third", early, "MB", scene),
        _result("list: heap, last third", late, "MB", scene, round(early * 1.1, 1)),
    ]


def _rate(changes: Changes) -> Result:
    about = f"{changes.made:,} acknowledged, {changes.refused:,} refused"
    return Result(
        name="list: changes acknowledged",
        value=changes.made / max(1, changes.made + changes.refused) * 100,
        unit="%",
        better="higher",
        compared_with=about,
    )


def _result(name: str, value: float, unit: str, scene: str, target: float | None = None) -> Result:
    return Result(
        name=name,
        value=round(value, 1),
        unit=unit,
        better="lower",
        compared_with=scene,
        target=target,
    )
