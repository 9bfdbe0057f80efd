"""The demo shop's model, trained when there is none or when what it is made from changed."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tools.command import Command
from tools.places import RASA, RASA_PYTHON, ROOT
from tools.stamps import fingerprint
from tools.step import Step

PACKAGE = RASA / "peyk_rasa"
CONFIG = RASA / "config.yml"
TEXTS = (CONFIG, RASA / "domain", RASA / "data", RASA / "requirements.txt")


def demo_model() -> Step:
    return Step(
        name="model",
        title="Training the demo model",
        made_from=lambda: fingerprint(ROOT, [*TEXTS, *training_modules(PACKAGE, CONFIG)]),
        is_there=lambda: any((RASA / "models").glob("*.tar.gz")),
        commands=_train,
    )


def training_modules(package: Path, config: Path) -> set[Path]:
    """The modules that a training runs: `train`, the components that the config names, and all
    they import. A change to the others, the channel for one, leaves the model as it is.
    """
    named = re.findall(rf"^\s*- name: {package.name}\.(\w+)\.", config.read_text(), re.MULTILINE)
    found: set[Path] = set()
    to_see = {package / f"{name}.py" for name in ("train", *named)}
    while to_see:
        module = to_see.pop()
        found.add(module)
        to_see |= _imported(module) - found
    return found


def _imported(module: Path) -> set[Path]:
    """The package's own modules that this one imports: `from . import x`, `from .x import y`."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(module.read_text())):
        if isinstance(node, ast.ImportFrom) and node.level == 1:
            names |= {node.module.split(".")[0]} if node.module else {n.name for n in node.names}
    paths = {module.parent / f"{name}.py" for name in names}
    return {path for path in paths if path.exists()}


def _train(was_finished: bool) -> Iterator[Command]:
    yield Command(argv=(str(RASA_PYTHON), "-m", "peyk_rasa.train"), cwd=RASA)
