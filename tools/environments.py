"""The two Python environments: ours, and Rasa's with a Python of its own."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tools.command import Command
from tools.places import PYTHON, RASA, RASA_PYTHON, REQUIREMENTS, ROOT, UV, VENV
from tools.stamps import fingerprint
from tools.step import Step

OUR_FILES = (REQUIREMENTS / "dev.txt", REQUIREMENTS / "setup.txt", ROOT / "pyproject.toml")
RASA_FILES = (RASA / "requirements.txt", RASA / ".python-version")

# What the caller's shell has chosen must not choose for us: an activated environment, or the
# Python that pyenv started us with, which would hide the 3.10 that Rasa needs.
FORGET = {"VIRTUAL_ENV": "", "PYENV_VERSION": "", "UV_NO_PROGRESS": "1"}


def our_environment() -> Step:
    return Step(
        name="python",
        title="Python packages",
        made_from=lambda: fingerprint(ROOT, OUR_FILES, version_of_this_python()),
        is_there=lambda: PYTHON.exists() and UV.exists() and (VENV / "bin" / "peyk").exists(),
        commands=_our_commands,
    )


def rasa_environment() -> Step:
    return Step(
        name="rasa",
        title="Rasa and its Python 3.10 packages (the longest download)",
        made_from=lambda: fingerprint(ROOT, RASA_FILES),
        is_there=RASA_PYTHON.exists,
        commands=_rasa_commands,
    )


def version_of_this_python() -> str:
    return f"{sys.version_info.major}.{sys.version_info.minor}"


def is_python(path: Path, version: str) -> bool:
    """Whether a Python of this version stands there and runs."""
    question = f"import sys; sys.exit('%d.%d' % sys.version_info[:2] != '{version}')"
    try:
        return subprocess.run([path, "-c", question], capture_output=True).returncode == 0
    except OSError:
        return False


def _our_commands(was_finished: bool) -> Iterator[Command]:
    if not (was_finished and is_python(PYTHON, version_of_this_python())):
        yield _here(sys.executable, "-m", "venv", "--clear", str(VENV))
    setup = str(REQUIREMENTS / "setup.txt")
    if not UV.exists():
        yield _here(
            str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check",
            "--require-hashes", "-r", setup,
        )  # fmt: skip
    dev = str(REQUIREMENTS / "dev.txt")
    yield _uv("pip", "sync", "--require-hashes", "--python", str(PYTHON), dev, setup)
    # Ours last, for the sync takes away what no requirement names.
    yield _uv(
        "pip", "install", "--no-deps", "--no-build-isolation", "--offline",
        "--python", str(PYTHON), "--editable", str(ROOT),
    )  # fmt: skip


def _rasa_commands(was_finished: bool) -> Iterator[Command]:
    if not (was_finished and is_python(RASA_PYTHON, "3.10")):
        yield _uv("venv", "--clear", "--python", "3.10", ".venv", cwd=RASA)
    # Compiled now: TensorFlow's first import would otherwise take a quarter of a minute.
    yield _uv(
        "pip", "sync", "--require-hashes", "--compile-bytecode",
        "--python", str(RASA_PYTHON), "requirements.txt", cwd=RASA,
    )  # fmt: skip


def _here(*argv: str) -> Command:
    return Command(argv=argv, cwd=ROOT)


def _uv(*argv: str, cwd: Path = ROOT) -> Command:
    return Command(argv=(str(UV), *argv), cwd=cwd, env={**FORGET, "PYENV_DIR": str(cwd)})
