"""Parses texts with a model: `python -m peyk_rasa.parse --model PATH < texts.json`.

Reads a JSON list of texts, prints one JSON object a line: what was understood, and how
long it took. For measuring a model before it is put to work.
"""

import argparse
import asyncio
import json
import sys
import time
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

from . import environment

environment.prepare()

from rasa.core.agent import load_agent  # noqa: E402
from rasa.core.channels.channel import UserMessage  # noqa: E402
from rasa.core.processor import MessageProcessor  # noqa: E402

from .normalise import without_leading_slashes  # noqa: E402


def main() -> None:
    """Reads the command line and the texts, prints what was understood."""
    parser = argparse.ArgumentParser(prog="peyk_rasa.parse", description=__doc__)
    parser.add_argument("--model", type=Path, required=True)
    arguments = parser.parse_args()
    environment.log_to_stderr()
    texts = json.load(sys.stdin)
    out = sys.stdout
    with redirect_stdout(sys.stderr):
        asyncio.run(parse(arguments.model, texts, out))


async def parse(model: Path, texts: list[str], out: Any) -> None:
    """Parses the texts one after the other."""
    agent = await load_agent(model_path=str(model))
    if agent.processor is None:
        sys.exit(f"There is no model at {model}.")
    for text in texts:
        print(json.dumps(await _parsed(text, agent.processor)), file=out, flush=True)


async def _parsed(text: str, processor: MessageProcessor) -> dict[str, Any]:
    started, used = time.perf_counter(), time.process_time()
    data = await processor.parse_message(UserMessage(without_leading_slashes(text) or "?"))
    took = {"ms": 1000 * (time.perf_counter() - started)}
    took["cpu_ms"] = 1000 * (time.process_time() - used)
    ranking = [(guess["name"], float(guess["confidence"])) for guess in data["intent_ranking"]]
    return {"ranking": ranking, "nearest": data.get("nearest"), **took}


if __name__ == "__main__":
    main()
