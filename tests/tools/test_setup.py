import os
import subprocess
import sys
from pathlib import Path

from tools.places import ROOT
from tools.setup import is_new_enough

OLD_PYTHON = """
import runpy, sys
sys.version_info = (3, 9, 2)
sys.argv = ["setup.py", "--help"]
runpy.run_path({path!r}, run_name="__main__")
"""


def test_this_python_is_new_enough_and_a_missing_one_is_not() -> None:
    assert is_new_enough(sys.executable)
    assert not is_new_enough("python-that-is-not-there")


def test_an_old_python_says_what_is_needed_when_there_is_no_newer_one(tmp_path: Path) -> None:
    answer = run_as_old_python(path=str(tmp_path))
    assert answer.returncode == 1
    assert "Peyk needs Python 3.11 or newer, and this is 3.9." in answer.stderr


def test_an_old_python_hands_over_to_a_newer_one_on_the_path(tmp_path: Path) -> None:
    (tmp_path / "python3.12").symlink_to(sys.executable)
    answer = run_as_old_python(path=str(tmp_path))
    assert answer.returncode == 0
    assert "--then" in answer.stdout


def run_as_old_python(path: str) -> subprocess.CompletedProcess[str]:
    code = OLD_PYTHON.format(path=str(ROOT / "tools" / "setup.py"))
    return subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
