import os
import sys
import time
from pathlib import Path

import pytest

from tools.command import Command, run

LOUD_PARENT = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
print(child.pid, flush=True)
time.sleep(60)
"""


def python(code: str, cwd: Path, **env: str) -> Command:
    return Command(argv=(sys.executable, "-c", code), cwd=cwd, env=env)


def test_a_command_gives_its_status_and_what_it_wrote(tmp_path: Path) -> None:
    code = "import os, sys; print(os.environ['A']); print('bad', file=sys.stderr); sys.exit(3)"
    outcome = run(python(code, tmp_path, A="from us"), tick=lambda line: None)
    assert outcome.status == 3
    assert sorted(outcome.output.splitlines()) == ["bad", "from us"]


def test_only_the_last_lines_are_kept(tmp_path: Path) -> None:
    outcome = run(python("for n in range(3000): print(n)", tmp_path), tick=lambda line: None)
    assert outcome.output.splitlines()[-1] == "2999"
    assert len(outcome.output.splitlines()) == 1000


def test_a_long_command_ticks_with_its_last_line(tmp_path: Path) -> None:
    heard: list[str] = []
    run(python("print('at work', flush=True); import time; time.sleep(1)", tmp_path), heard.append)
    assert "at work" in heard


def test_an_interrupt_ends_the_command_and_its_children(tmp_path: Path) -> None:
    pids: list[int] = []

    def interrupt_once_heard(line: str) -> None:
        if line:
            pids.append(int(line))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(python(LOUD_PARENT, tmp_path), interrupt_once_heard)
    assert ends_soon(pids[0])


def test_what_a_command_leaves_in_the_background_is_ended_with_it(tmp_path: Path) -> None:
    code = LOUD_PARENT.replace("time.sleep(60)\n", "sys.exit()\n").replace(
        "[sys.executable", "stdout=subprocess.DEVNULL, args=[sys.executable"
    )
    outcome = run(python(code, tmp_path), tick=lambda line: None)
    assert outcome.status == 0
    assert ends_soon(int(outcome.output))


def ends_soon(pid: int) -> bool:
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        if not is_running(pid):
            return True
        time.sleep(0.05)
    return False


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (ProcessLookupError, FileNotFoundError):
        return False
    return state != "Z"
