"""`make bench`: run the measurements, print their figures, keep them in results.json.

ARGS="turn messages" runs some of them only.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable, Mapping

from bench import finding, long_list, messages, page, store, turn
from bench.result import FILE, Result, keep, table

MEASUREMENTS: Mapping[str, Callable[[], Awaitable[list[Result]]]] = {
    "turn": turn.measure,
    "messages": messages.measure,
    "store": store.measure,
    "list": long_list.measure,
    "search": finding.measure,
    "page": page.measure,
}


async def main(names: list[str]) -> None:
    for name in names or MEASUREMENTS:
        print(f"\n{name} …", flush=True)
        results = await MEASUREMENTS[name]()
        keep(results)
        print(table(results), flush=True)
    print(f"\nKept in {FILE.name}; how to read it stands in README.md beside it.")


if __name__ == "__main__":
    unknown = set(sys.argv[1:]) - set(MEASUREMENTS)
    if unknown:
        sys.exit(f"There is no measurement {', '.join(unknown)}: {', '.join(MEASUREMENTS)}")
    asyncio.run(main(sys.argv[1:]))
