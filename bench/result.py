"""What a measurement found, and the file that keeps it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

import orjson

FILE = Path(__file__).parent / "results.json"


@dataclass(frozen=True, kw_only=True)
class Result:
    """One figure. `compared_with` says against what, `target` what it should reach."""

    name: str
    value: float
    unit: str
    better: Literal["higher", "lower"]
    compared_with: str | None = None
    target: float | None = None


def keep(results: Sequence[Result], file: Path = FILE) -> None:
    """Put these in the place of what the file says under the same names."""
    kept = orjson.loads(file.read_bytes()) if file.exists() else []
    fresh = {each.name: asdict(each) for each in results}
    old = {each["name"]: each for each in kept}
    merged = [*(old | fresh).values()]
    file.write_bytes(orjson.dumps(merged, option=orjson.OPT_INDENT_2) + b"\n")


def table(results: Sequence[Result]) -> str:
    """The figures, one a line, for people."""
    width = max(len(each.name) for each in results)
    return "\n".join(_line(each, width) for each in results)


def _line(result: Result, width: int) -> str:
    line = f"{result.name:<{width}}  {result.value:>10,.2f} {result.unit:<5}"
    if result.target is not None:
        sign = "≥" if result.better == "higher" else "≤"
        line += f"  target {sign} {result.target:g}"
    if result.compared_with:
        line += f"  ({result.compared_with})"
    return line
