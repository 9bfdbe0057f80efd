"""`python -m bench.pipelines`: four ways for the bot to understand, measured alike.

Trains each of bench/pipelines/*.yml on the demo shop's data, lets it guess what the held-back
examples mean, as they are and misspelt, then serves it and takes turns with it. Prints a table
and keeps it in pipelines.json. Names of pipelines as arguments measure only those.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

from bench.examples import LANGUAGES, Example, held_back, held_back_messy
from bench.judging import Guess, accuracy, auroc, refusals, threshold_that_catches
from bench.messy import messy, with_arabic_keyboard

ROOT = Path(__file__).parents[1]
PROJECT = ROOT / "bot" / "rasa"
PYTHON = PROJECT / ".venv" / "bin" / "python"
CONFIGS = Path(__file__).parent / "pipelines"
FILE = Path(__file__).parent / "pipelines.json"
PIPELINES = ("default", "diet", "counts", "trilingual")
TURNS = 100

Figures = dict[str, float]


def main(names: Sequence[str]) -> None:
    kept: dict[str, Figures] = json.loads(FILE.read_text()) if FILE.exists() else {}
    for name in names or PIPELINES:
        print(f"{name} …", file=sys.stderr, flush=True)
        kept[name] = measure(name)
        FILE.write_text(json.dumps(kept, indent=2) + "\n")
    print(table(kept))


def measure(name: str) -> Figures:
    """Everything about one pipeline."""
    with tempfile.TemporaryDirectory() as folder:
        data = _data(name, Path(folder))
        started = time.monotonic()
        model = _train(CONFIGS / f"{name}.yml", data, Path(folder))
        trained = time.monotonic() - started
        return {"training_s": trained, **_understanding(model), **_serving(model)}


def table(kept: dict[str, Figures]) -> str:
    """One line a figure, one column a pipeline."""
    columns = [name for name in PIPELINES if name in kept]
    figures = list(dict.fromkeys(figure for name in columns for figure in kept[name]))
    head = f"{'':<34}" + "".join(f"{name:>12}" for name in columns)
    lines = [
        f"{figure:<34}" + "".join(f"{_shown(kept[name].get(figure)):>12}" for name in columns)
        for figure in figures
    ]
    return "\n".join([head, *lines])


def _shown(value: float | None) -> str:
    if value is None or value != value:
        return "–"
    return f"{value:.3f}" if abs(value) < 10 else f"{value:,.1f}"


def _data(name: str, folder: Path) -> list[Path]:
    """TED learns from stories and not from rules: for the default, rules are told as stories."""
    if name != "default":
        return [PROJECT / "data"]
    rules = (PROJECT / "data" / "rules.yml").read_text("utf-8")
    stories = folder / "stories.yml"
    stories.write_text(as_stories(rules), "utf-8")
    return [PROJECT / "data", stories]


def as_stories(rules: str) -> str:
    """The rules without a condition or a form, three in a row to a story."""
    bodies = [
        body.partition("steps:\n")[2].rstrip()
        for body in re.split(r"^- rule: .*$", rules, flags=re.MULTILINE)[1:]
        if "active_loop" not in body
    ]
    rows = [bodies[place : place + 3] for place in range(len(bodies))]
    told = [f"- story: Story {n}\n  steps:\n" + "\n".join(row) for n, row in enumerate(rows)]
    without_remarks = re.sub(r"^#.*$", "", "\n".join(told), flags=re.MULTILINE)
    return f'version: "3.1"\nstories:\n{without_remarks}\n'


def _train(config: Path, data: list[Path], folder: Path) -> Path:
    arguments = ["--config", str(config), "--models", str(folder)]
    for path in data:
        arguments += ["--data", str(path)]
    trained = _run("train", *arguments)
    return Path(trained.strip().splitlines()[-1])


def _run(module: str, *arguments: str, given: str = "") -> str:
    command = [str(PYTHON), "-m", f"peyk_rasa.{module}", *arguments]
    ended = subprocess.run(
        command, cwd=PROJECT, input=given, capture_output=True, text=True, check=False
    )
    if ended.returncode != 0:
        sys.exit(f"{' '.join(command)} failed:\n{ended.stderr[-3000:]}")
    return ended.stdout


def _understanding(model: Path) -> Figures:
    clean = held_back(PROJECT / "heldout")
    untidy = [replace(each, text=messy(each.text, each.language)) for each in clean]
    persian = [each for each in clean if each.language == "fa"]
    arabic_keyboard = [replace(each, text=with_arabic_keyboard(each.text)) for each in persian]
    sets = [clean, untidy, arabic_keyboard, held_back_messy(PROJECT / "heldout")]
    guesses, took = _guess(model, [example for each in sets for example in each])
    told = iter(guesses)
    first, second, third, fourth = (list(islice(told, len(each))) for each in sets)
    return {
        **_by_language("accuracy", first),
        **_by_language("misspelt_accuracy", second),
        "accuracy_fa_on_arabic_keyboard": accuracy(third),
        "accuracy_of_messy_lines": accuracy(fourth),
        **_in_latin_letters(first),
        **_out_of_scope(first),
        "parse_p50_ms": statistics.median(took),
    }


def _guess(model: Path, examples: list[Example]) -> tuple[list[Guess], list[float]]:
    texts = json.dumps([example.text for example in examples])
    lines = _run("parse", "--model", str(model), given=texts).splitlines()
    told = [json.loads(line) for line in lines]
    guesses = [
        Guess(example=example, ranking=tuple(map(tuple, each["ranking"])), nearest=each["nearest"])
        for example, each in zip(examples, told, strict=True)
    ]
    return guesses, [each["ms"] for each in told]


def _by_language(name: str, guesses: list[Guess]) -> Figures:
    return {
        f"{name}_{language}": accuracy([g for g in guesses if g.example.language == language])
        for language in LANGUAGES
    }


def _in_latin_letters(guesses: list[Guess]) -> Figures:
    latin = [guess for guess in guesses if guess.example.in_latin_letters]
    return {
        f"accuracy_{language}_in_latin_letters": accuracy(
            [guess for guess in latin if guess.example.language == language]
        )
        for language in ("fa", "ar")
    }


def _out_of_scope(guesses: list[Guess]) -> Figures:
    chosen = refusals(guesses, threshold_that_catches(guesses))
    return {
        "out_of_scope_auroc": auroc(guesses),
        "threshold": chosen.threshold,
        "out_of_scope_caught": chosen.caught,
        "in_scope_refused": chosen.refused,
        "refused_right_in_first_three": chosen.right_in_first_three,
    }


def _serving(model: Path) -> Figures:
    token = secrets.token_hex(8)
    with _served(model, token) as (port, ready_s, pid):
        texts = [each.text for each in held_back(PROJECT / "heldout")][::7][:TURNS]
        for text in texts[:10]:
            _turn(port, token, text)
        took = [_turn(port, token, text) for text in texts]
        return {
            "ready_s": ready_s,
            "memory_mb": _memory_mb(pid),
            "turn_p50_ms": statistics.median(took),
        }


@contextmanager
def _served(model: Path, token: str) -> Iterator[tuple[int, float, int]]:
    port = _free_port()
    command = [str(PYTHON), "-m", "peyk_rasa.serve", "--port", str(port), "--model", str(model)]
    nobody = f"http://127.0.0.1:{_free_port()}"
    environment = {**os.environ, "PEYK_RASA_TOKEN": token, "PEYK_ACTIONS_URL": nobody}
    started = time.monotonic()
    with subprocess.Popen(
        command, cwd=PROJECT, env=environment, stderr=subprocess.DEVNULL
    ) as process:
        try:
            _wait_for(port, token)
            yield port, time.monotonic() - started, process.pid
        finally:
            process.terminate()


def _wait_for(port: int, token: str, within_s: float = 600.0) -> None:
    deadline = time.monotonic() + within_s
    while time.monotonic() < deadline:
        try:
            _ask(port, token, "health", None)
        except (OSError, urllib.error.HTTPError):
            time.sleep(0.1)
        else:
            return
    sys.exit("Rasa did not become ready.")


def _turn(port: int, token: str, text: str) -> float:
    body = {"conversation": "bench", "turn": text[:50], "channel": "chat", "text": text}
    started = time.perf_counter()
    _ask(port, token, "turn", json.dumps(body).encode())
    return 1000 * (time.perf_counter() - started)


def _ask(port: int, token: str, path: str, body: bytes | None) -> Any:
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/webhooks/peyk/{path}",
        data=body,
        headers={"Authorization": f"Bearer {token}"},
    )
    with urllib.request.urlopen(request, timeout=120) as answer:
        return json.load(answer)


def _memory_mb(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    match = re.search(r"VmRSS:\s+(\d+) kB", status)
    return int(match[1]) / 1024 if match else float("nan")


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


if __name__ == "__main__":
    main(sys.argv[1:])
