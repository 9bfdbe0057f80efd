"""The processes as the gateway keeps them: quick to start and stop, never orphans."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.rasa, pytest.mark.timeout(300)]

PROJECT = Path(__file__).parents[3] / "bot" / "rasa"
PYTHON = str(PROJECT / ".venv" / "bin" / "python")


def test_it_ends_quickly_when_told_to(start_rasa: Callable[[str], Any], dead_url: str) -> None:
    rasa = start_rasa(dead_url)
    assert rasa.say("hello").intent == "greet"
    rasa.process.send_signal(signal.SIGTERM)
    assert rasa.process.wait(timeout=10) is not None


@pytest.mark.parametrize("after_s", [0.5, 8.0])
@pytest.mark.parametrize("module", ["serve", "run_actions"])
def test_it_ends_when_its_parent_was_killed(
    module: str, after_s: float, model: Path, tmp_path: Path
) -> None:
    arguments = ["--port", str(_free_port())]
    arguments += ["--model", str(model)] if module == "serve" else []
    command = [PYTHON, "-m", f"peyk_rasa.{module}", *arguments]
    pid_file = tmp_path / "pid"
    parent = subprocess.Popen([sys.executable, "-c", _PARENT, str(pid_file), *command], cwd=PROJECT)
    with parent:
        _until(pid_file.exists, 10.0)
        _until(lambda: bool(pid_file.read_text()), 10.0)
        child = int(pid_file.read_text())
        time.sleep(after_s)
        assert _lives(child)
        parent.kill()
    _until(lambda: not _lives(child), 30.0)


_PARENT = """
import os, subprocess, sys
os.environ["PEYK_RASA_TOKEN"] = "x"
os.environ["PEYK_ACTIONS_URL"] = "http://127.0.0.1:1"
child = subprocess.Popen(sys.argv[2:])
open(sys.argv[1], "w").write(str(child.pid))
child.wait()
"""


def test_a_missing_model_is_said_in_a_sentence(tmp_path: Path) -> None:
    ended = _run("serve", "--port", "1", "--model", str(tmp_path / "none.tar.gz"))
    assert ended.returncode == 1
    assert "There is no model at" in ended.stderr


def test_a_missing_token_is_said_in_a_sentence(model: Path) -> None:
    ended = _run("serve", "--port", "1", "--model", str(model), token="")
    assert ended.returncode == 1
    assert "PEYK_RASA_TOKEN and PEYK_ACTIONS_URL must be set" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_the_log_never_holds_a_customers_words(model: Path, tmp_path: Path, dead_url: str) -> None:
    import json
    import urllib.request

    port, log = _free_port(), tmp_path / "log"
    environment = {**os.environ, "PEYK_RASA_TOKEN": "x", "PEYK_ACTIONS_URL": dead_url}
    command = [PYTHON, "-m", "peyk_rasa.serve", "--port", str(port), "--model", str(model)]
    with (
        log.open("wb") as out,
        subprocess.Popen(command, cwd=PROJECT, env=environment, stdout=out, stderr=out) as process,
    ):
        try:
            _until(lambda: _open(port), 60.0)
            for text in ("xylophone hello", "where is my order xylophone PK-1001", "/xylophone{"):
                body = json.dumps(
                    {"conversation": "c", "turn": "turn-7", "channel": "chat", "text": text}
                )
                request = urllib.request.Request(
                    f"http://127.0.0.1:{port}/webhooks/peyk/turn",
                    data=body.encode(),
                    headers={"Authorization": "Bearer x"},
                )
                with urllib.request.urlopen(request) as answer:
                    assert answer.status == 200
        finally:
            process.terminate()
    said = log.read_text()
    assert "turn-7" in said
    assert "xylophone" not in said
    assert "1001" not in said


def test_bad_data_is_refused_with_its_reasons(
    train: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "en.yml").write_text(
        'version: "3.1"\nnlu:\n- intent: lonely\n  examples: |\n    - just one\n'
        "- intent: greet\n  examples: |\n    - hello\n    - same words\n"
        "- intent: goodbye\n  examples: |\n    - bye\n    - same words\n"
    )
    (tmp_path / "domain.yml").write_text(
        'version: "3.1"\nintents: [greet, goodbye]\nactions: [utter_nothing]\n'
    )
    arguments = ("--data", str(tmp_path / "data"), "--domain", str(tmp_path / "domain.yml"))
    ended = train(*arguments, "--models", str(tmp_path / "models"))
    assert ended.returncode == 1
    assert "The intent lonely has examples but stands in no domain file." in ended.stderr
    assert "The intent lonely has only 1 example" in ended.stderr
    assert "“same words” stands under goodbye and greet" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert not (tmp_path / "models").exists()


@pytest.mark.parametrize("text", ["nlu: [", 'version: "3.1"\nnlu:\n- intent: 5\n  x: [', ""])
def test_data_that_cannot_be_read_is_refused(
    train: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path, text: str
) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "en.yml").write_text(text)
    ended = train("--data", str(tmp_path / "data"), "--models", str(tmp_path / "models"))
    assert ended.returncode == 1
    assert "The bot cannot be trained" in ended.stderr
    assert "Traceback" not in ended.stderr


def _run(module: str, *arguments: str, token: str = "x") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [PYTHON, "-m", f"peyk_rasa.{module}", *arguments],
        cwd=PROJECT,
        env={**os.environ, "PEYK_RASA_TOKEN": token, "PEYK_ACTIONS_URL": token},
        capture_output=True,
        text=True,
        check=False,
    )


def _lives(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def _until(holds: Callable[[], bool], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(0.1)


def _open(port: int) -> bool:
    import socket

    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0


def _free_port() -> int:
    import socket

    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port
