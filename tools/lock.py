"""`make lock`: pin every requirement with its hashes, for all platforms and Pythons we run on."""

import subprocess
import sys
from pathlib import Path

from tools.places import RASA, REQUIREMENTS, UV

LOCKS: tuple[tuple[Path, str], ...] = (
    (REQUIREMENTS / "setup.in", "3.11"),
    (REQUIREMENTS / "node.in", "3.11"),
    (REQUIREMENTS / "run.in", "3.11"),
    (REQUIREMENTS / "dev.in", "3.11"),
    (RASA / "requirements.in", "3.10"),
)


def main(arguments: list[str]) -> None:
    for source, python in LOCKS:
        subprocess.run(command(source, python, arguments), cwd=source.parent, check=True)


def command(source: Path, python: str, arguments: list[str]) -> list[str]:
    # Neither an index nor a folder of this machine may end up in the file.
    return [
        str(UV), "pip", "compile", "--quiet", "--universal", "--generate-hashes",
        "--python-version", python, "--no-emit-index-url", "--no-emit-find-links",
        "--custom-compile-command", "make lock", *arguments,
        source.name, "--output-file", source.with_suffix(".txt").name,
    ]  # fmt: skip


if __name__ == "__main__":
    main(sys.argv[1:])
