"""Trains the bot: `python -m peyk_rasa.train` writes models/<id>.tar.gz and prints its path."""

import argparse
import logging
import shutil
import sys
import tempfile
import time
from contextlib import redirect_stdout
from datetime import datetime, timezone
from pathlib import Path

from . import environment

environment.prepare()

from rasa.model_training import train as train_model  # noqa: E402
from rasa.shared.exceptions import RasaException  # noqa: E402
from rasa.shared.importers.importer import TrainingDataImporter  # noqa: E402

from .checking import problems_of  # noqa: E402


class Untrainable(Exception):
    """The training data does not make a bot; the message says why."""


def main() -> None:
    """Reads the command line, trains, prints the model's path; exits 1 with the reason if not."""
    parser = argparse.ArgumentParser(prog="peyk_rasa.train", description=__doc__)
    parser.add_argument("--config", type=Path, default=Path("config.yml"))
    parser.add_argument("--domain", type=Path, default=Path("domain"))
    parser.add_argument("--data", type=Path, action="append", metavar="FOLDER_OR_FILE")
    parser.add_argument("--models", type=Path, default=Path("models"))
    arguments = parser.parse_args()
    data = arguments.data or [Path("data")]
    environment.log_to_stderr()
    logging.getLogger("rasa.engine.training").setLevel(logging.INFO)
    started = time.monotonic()
    try:
        model = train(arguments.config, arguments.domain, data, arguments.models)
    except Untrainable as exc:
        sys.exit(f"The bot cannot be trained:\n{exc}")
    _tell(f"Trained in {time.monotonic() - started:.0f} s.")
    print(model)


def train(config: Path, domain: Path, data: list[Path], models: Path) -> Path:
    """Trains a model of these files; raises Untrainable."""
    _tell("Checking the training data …")
    try:
        _check(config, domain, data)
        _tell("Training …")
        return _trained(config, domain, data, models)
    except RasaException as exc:
        raise Untrainable(str(exc)) from exc
    except SystemExit as exc:
        raise Untrainable("Rasa gave up on it; its reason stands above.") from exc


def _check(config: Path, domain: Path, data: list[Path]) -> None:
    missing = [str(path) for path in (config, domain, *data) if not path.exists()]
    if missing:
        raise Untrainable(f"{', '.join(missing)}: no such file or folder.")
    importer = TrainingDataImporter.load_from_config(
        str(config), str(domain), [str(path) for path in data]
    )
    problems = problems_of(importer)
    if problems:
        raise Untrainable("\n".join(problems))


def _trained(config: Path, domain: Path, data: list[Path], models: Path) -> Path:
    """The model appears under its name only when it is whole."""
    with tempfile.TemporaryDirectory() as folder:
        name = datetime.now(timezone.utc).strftime("%Y%m%d-%H%M%S")
        with redirect_stdout(sys.stderr):
            result = train_model(
                str(domain), str(config), [str(path) for path in data],
                output=folder, force_training=True, fixed_model_name=name,
            )  # fmt: skip
        if result.code != 0 or result.model is None:
            raise Untrainable(f"Rasa ended with code {result.code}; its reason stands above.")
        models.mkdir(parents=True, exist_ok=True)
        partial = models / f".{name}.partial"
        shutil.copyfile(result.model, partial)
        return partial.rename(models / f"{name}.tar.gz").resolve()


def _tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
