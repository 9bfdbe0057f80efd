"""`make check`: every check in turn, all failures told, none hidden behind the first."""

import sys
from dataclasses import dataclass, field
from pathlib import Path

from tools import node
from tools.command import Command, run
from tools.places import PYTHON, ROOT, VENV, WEB
from tools.progress import Progress


@dataclass(frozen=True, kw_only=True)
class Check:
    title: str
    argv: tuple[str, ...]
    cwd: Path = ROOT
    env: dict[str, str] = field(default_factory=dict)


def checks() -> list[Check]:
    def ours(title: str, program: str, *arguments: str) -> Check:
        return Check(title=title, argv=(str(VENV / "bin" / program), *arguments))

    return [
        ours("Python format (ruff format)", "ruff", "format", "--check", "."),
        ours("Python rules (ruff check)", "ruff", "check", "."),
        ours("Python types (mypy)", "mypy"),
        ours("Import borders (import-linter)", "lint-imports"),
        Check(
            title="Web types and tests (tsc, vitest)",
            argv=("npm", "run", "check"),
            cwd=WEB,
            env={"PATH": node.search_path()},
        ),
    ]


def main(all_checks: list[Check]) -> int:
    progress = Progress(sys.stdout, len(all_checks))
    failed = [check.title for check in all_checks if not _passes(check, progress)]
    if failed:
        print("\nFailed: " + "; ".join(failed))
    return 1 if failed else 0


def _passes(check: Check, progress: Progress) -> bool:
    progress.begin(check.title)
    outcome = run(Command(argv=check.argv, cwd=check.cwd, env=check.env), progress.tick)
    if outcome.status == 0:
        progress.end("ok")
    else:
        progress.end("FAILED")
        print(outcome.output)
    return outcome.status == 0


if __name__ == "__main__":
    assert PYTHON.exists(), "run `make setup` first"
    sys.exit(main(checks()))
