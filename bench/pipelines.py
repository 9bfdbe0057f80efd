"""`python -m bench.pipelines`: four ways for the bot to understand, measured alike.

Trains each of bench/pipelines/*.yml on the demo shop's data and lets it guess what the held-back
examples mean, as they are and misspelt; then serves all of them and takes turns with each.
Prints a table and keeps it in pipelines.json. Names of pipelines as arguments measure only
those, and `serving` only the second part.
"""

from __future__ import annotations

import json
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from itertools import islice
from pathlib import Path

from bench.examples import LANGUAGES, Example, held_back, held_back_messy
from bench.judging import Guess, accuracy, auroc, refusals, threshold_that_catches
from bench.messy import messy, with_arabic_keyboard
from bench.serving import PROJECT, PYTHON, Served, serve

CONFIGS = Path(__file__).parent / "pipelines"
FILE = Path(__file__).parent / "pipelines.json"
PIPELINES = ("default", "diet", "counts", "trilingual")
TURNS = 100

Figures = dict[str, float]


def main(names: Sequence[str]) -> None:
    kept: dict[str, Figures] = json.loads(FILE.read_text()) if FILE.exists() else {}
    for name in [name for name in names or PIPELINES if name != "serving"]:
        print(f"{name} …", file=sys.stderr, flush=True)
        kept[name] = kept.get(name, {}) | understanding(name)
        FILE.write_text(json.dumps(kept, indent=2) + "\n")
    if not names or "serving" in names:
        for name, figures in serving().items():
            kept[name] = kept.get(name, {}) | figures
        FILE.write_text(json.dumps(kept, indent=2) + "\n")
    print(table(kept))


def understanding(name: str) -> Figures:
    """How long one pipeline learns, and how well it then understands."""
    with tempfile.TemporaryDirectory() as folder:
        data = _data(name, Path(folder))
        started, used = time.monotonic(), _cpu_of_children()
        model = _train(CONFIGS / f"{name}.yml", data, Path(folder))
        took = {
            "training_s": time.monotonic() - started,
            "training_cpu_s": _cpu_of_children() - used,
        }
        return {**took, **_understanding(model)}


def serving() -> dict[str, Figures]:
    """How soon each is ready, its memory, and its turns, asked of all in turn in one run.

    None of this depends on how long a model has learnt: one epoch is enough here.
    """
    with ExitStack() as stack:
        servers = {name: stack.enter_context(_served(name)) for name in PIPELINES}
        texts = [each.text for each in held_back(PROJECT / "heldout")][::7][:TURNS]
        took: dict[str, list[float]] = {name: [] for name in PIPELINES}
        for text in [*texts[:5], *texts]:
            for name, server in servers.items():
                took[name].append(server.turn_ms(text))
        return {
            name: {
                "ready_s": server.ready_s,
                "memory_mb": server.memory_mb(),
                "turn_p50_ms": statistics.median(took[name][5:]),
            }
            for name, server in servers.items()
        }


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


def _cpu_of_children() -> float:
    """What they used, whatever else the machine had to do."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


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
        "parse_p50_cpu_ms": statistics.median(took),
    }


def _guess(model: Path, examples: list[Example]) -> tuple[list[Guess], list[float]]:
    texts = json.dumps([example.text for example in examples])
    lines = _run("parse", "--model", str(model), given=texts).splitlines()
    told = [json.loads(line) for line in lines]
    guesses = [
        Guess(example=example, ranking=tuple(map(tuple, each["ranking"])), nearest=each["nearest"])
        for example, each in zip(examples, told, strict=True)
    ]
    return guesses, [each["cpu_ms"] for each in told]


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


@contextmanager
def _served(name: str) -> Iterator[Served]:
    """A server of this pipeline, ready to be asked."""
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "config.yml"
        text = (CONFIGS / f"{name}.yml").read_text("utf-8")
        config.write_text(re.sub(r"epochs: \d+", "epochs: 1", text), "utf-8")
        model = _train(config, _data(name, Path(folder)), Path(folder))
        with serve(model) as served:
            yield served


if __name__ == "__main__":
    main(sys.argv[1:])
