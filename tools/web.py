"""The web part: its packages, and the pages and scripts built from its sources."""

from collections.abc import Iterator
from pathlib import Path

from tools import node
from tools.command import Command
from tools.places import ROOT, WEB
from tools.stamps import fingerprint
from tools.step import Step

BUILT = (WEB / "dist" / "widget" / "widget.js", WEB / "dist" / "console" / "index.html")
LOCK = (WEB / "package.json", WEB / "package-lock.json")


def web_packages() -> Step:
    return Step(
        name="web-packages",
        title="Web packages",
        made_from=lambda: fingerprint(ROOT, LOCK),
        is_there=(WEB / "node_modules").is_dir,
        commands=lambda was_finished: _npm("ci", "--no-audit", "--no-fund"),
    )


def web_build() -> Step:
    return Step(
        name="web-build",
        title="Widget, console and demo shop",
        made_from=lambda: fingerprint(ROOT, [*LOCK, *_sources()]),
        is_there=lambda: all(page.exists() for page in BUILT),
        commands=lambda was_finished: _npm("run", "build"),
    )


def _sources() -> list[Path]:
    return [p for p in WEB.iterdir() if p.name not in {"node_modules", "dist"}]


def _npm(*argv: str) -> Iterator[Command]:
    yield Command(argv=("npm", *argv), cwd=WEB, env={"PATH": node.search_path()})
