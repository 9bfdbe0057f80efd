"""The lists of requirements agree, and a machine's own addresses stay out of them."""

import re
import tomllib
from pathlib import Path

import pytest

from tools.lock import LOCKS
from tools.places import REQUIREMENTS, ROOT

SOURCES = [source for source, _ in LOCKS]


def test_the_project_names_the_same_requirements_as_run_in() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert sorted(project["dependencies"]) == sorted(wanted(REQUIREMENTS / "run.in"))


def test_the_development_pins_agree_with_the_running_ones() -> None:
    run, dev = pins(REQUIREMENTS / "run.txt"), pins(REQUIREMENTS / "dev.txt")
    assert run.items() <= dev.items()


def test_the_environments_two_lists_never_name_two_versions() -> None:
    setup, dev = pins(REQUIREMENTS / "setup.txt"), pins(REQUIREMENTS / "dev.txt")
    assert {name: setup[name] for name in setup.keys() & dev.keys()} == {
        name: dev[name] for name in setup.keys() & dev.keys()
    }


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.parent.name + "/" + path.name)
def test_all_that_is_wanted_is_pinned(source: Path) -> None:
    pinned = pins(source.with_suffix(".txt"))
    for requirement in wanted(source):
        assert re.split(r"[\[<>=~!]", requirement)[0].strip() in pinned


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.parent.name + "/" + path.name)
def test_every_pin_has_a_hash_and_no_file_names_an_index(source: Path) -> None:
    text = source.with_suffix(".txt").read_text()
    blocks = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    assert blocks
    assert all("--hash=sha256:" in block for block in blocks)
    assert not re.search(r"https?://|file://|--index|--find-links|/home/|/root/", text)


def wanted(source: Path) -> list[str]:
    lines = (line.strip() for line in source.read_text().splitlines())
    return [line for line in lines if line and not line.startswith(("#", "-"))]


def pins(compiled: Path) -> dict[str, str]:
    found = re.findall(r"^([a-z0-9-]+)==([^ ;\\]+)", compiled.read_text(), flags=re.MULTILINE)
    return dict(found)
