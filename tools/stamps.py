"""Stamps remember what a step was made from, so that it is done again only when that changed."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

SKIPPED_FOLDERS = frozenset({"node_modules", "dist", "__pycache__", ".venv", "models"})


def fingerprint(root: Path, paths: Iterable[Path], *facts: str) -> str:
    """A hash of these files' names and contents, the same on every machine, plus some facts.

    A folder stands for all files below it; a missing path counts as missing.
    """
    whole = hashlib.sha256()
    for path in sorted(paths):
        for file in _files(path):
            whole.update(f"{file.relative_to(root).as_posix()}\0".encode())
            whole.update(_digest(file))
    for fact in facts:
        whole.update(f"\0{fact}\0".encode())
    return whole.hexdigest()


class Stamps:
    """The stamps of one checkout, one small file for each step."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def is_current(self, step: str, made_from: str) -> bool:
        try:
            return self._path(step).read_text() == made_from
        except OSError:
            return False

    def has(self, step: str) -> bool:
        return self._path(step).exists()

    def put(self, step: str, made_from: str) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        self._path(step).write_text(made_from)

    def drop(self, step: str) -> None:
        self._path(step).unlink(missing_ok=True)

    def keep_only_for(self, place: Path) -> None:
        """Drop every stamp if the checkout was moved here: environments name their own place."""
        if not self.is_current("place", str(place)):
            for stamp in self._folder.glob("*.stamp"):
                stamp.unlink()
            self.put("place", str(place))

    def _path(self, step: str) -> Path:
        return self._folder / f"{step}.stamp"


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    found = []
    for child in sorted(path.iterdir()):
        if child.name.startswith(".") or child.name in SKIPPED_FOLDERS:
            continue
        found += _files(child)
    return found


def _digest(file: Path) -> bytes:
    try:
        return hashlib.sha256(file.read_bytes()).digest()
    except OSError:
        return b"missing"
