"""What Lighthouse says of the demo shop's page with the chat on it, on desktop and phone.

Needs Chromium, and Node with npm; Lighthouse itself is pinned in `lighthouse/`.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

from bench.databases import sqlite_url
from bench.gateway import NO_BOT, gateway
from bench.result import Result

FOLDER = Path(__file__).parent / "lighthouse"
CHROMIUM = "/usr/bin/chromium"
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-background-networking"
FORMS = ("desktop", "phone")
JUDGED = ("performance", "accessibility", "best-practices")
TARGETS = {"performance": 95.0, "accessibility": 95.0}
RUNS = 3


async def measure() -> list[Result]:
    await _install()
    with tempfile.TemporaryDirectory(prefix="peyk-bench-") as folder:
        async with gateway(Path(folder), sqlite_url(Path(folder)), NO_BOT) as url:
            return [result for form in FORMS for result in await _measure(url, form)]


async def _install() -> None:
    npm = shutil.which("npm")
    if npm is None:
        raise SystemExit("Lighthouse needs Node with npm on the PATH.")
    if not (FOLDER / "node_modules").exists():
        await _run(npm, "ci", "--no-audit", "--no-fund")


async def _measure(url: str, form: str) -> list[Result]:
    reports = [await _report(url, form) for _ in range(RUNS)]
    found = [
        Result(
            name=f"the demo page on a {form}: {category}",
            value=median(100 * each["categories"][category]["score"] for each in reports),
            unit="/100",
            better="higher",
            target=TARGETS.get(category),
        )
        for category in JUDGED
    ]
    return [*found, _shift(reports, form)]


def _shift(reports: list[dict[str, Any]], form: str) -> Result:
    return Result(
        name=f"the demo page on a {form}: cumulative layout shift",
        value=median(each["audits"]["cumulative-layout-shift"]["numericValue"] for each in reports),
        unit="",
        better="lower",
        target=0.0,
    )


async def _report(url: str, form: str) -> dict[str, Any]:
    preset = ["--preset=desktop"] if form == "desktop" else []
    said = await _run(
        str(FOLDER / "node_modules" / ".bin" / "lighthouse"), f"{url}/", "--quiet",
        "--output=json", f"--chrome-flags={FLAGS}", f"--only-categories={','.join(JUDGED)}",
        *preset,
    )  # fmt: skip
    report: dict[str, Any] = json.loads(said)
    return report


async def _run(*command: str) -> bytes:
    process = await asyncio.create_subprocess_exec(
        *command,
        cwd=FOLDER,
        stdout=asyncio.subprocess.PIPE,
        env={**os.environ, "CHROME_PATH": CHROMIUM, "PUPPETEER_SKIP_DOWNLOAD": "1"},
    )
    said, _ = await process.communicate()
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    return said
