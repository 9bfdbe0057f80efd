"""The command: what it says when it cannot start, in words and without a traceback."""

from __future__ import annotations

import contextlib
import os
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

PEYK = str(Path(sys.executable).with_name("peyk"))
NO_RASA = {"PEYK_RASA_URL": "http://127.0.0.1:9", "PEYK_RASA_TOKEN": "x", "PEYK_PORT": "0"}


def peyk(*arguments: str, folder: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run it where there is no `peyk.toml`, with these settings alone."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("PEYK_")}
    return subprocess.run(
        [PEYK, *arguments],
        cwd=folder,
        env={**plain, "PEYK_DATA_DIR": str(folder / "data"), **NO_RASA, **settings},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def refused(ended: subprocess.CompletedProcess[str]) -> str:
    """What it said when it refused to start; on one line, as a wide screen would show it."""
    assert ended.returncode == 1, ended.stderr
    assert "Traceback" not in ended.stderr, ended.stderr
    return " ".join(ended.stderr.split())


def test_it_says_its_version(tmp_path: Path) -> None:
    ended = peyk("version", folder=tmp_path)
    assert ended.returncode == 0
    assert ended.stdout.strip()


def test_migrating_makes_the_database_and_ends(tmp_path: Path) -> None:
    for _ in range(2):
        ended = peyk("migrate", folder=tmp_path)
        assert ended.returncode == 0, ended.stderr
    assert (tmp_path / "data" / "peyk.db").exists()


def test_a_taken_port_is_named_and_nothing_is_touched(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        said = refused(peyk("serve", folder=tmp_path, PEYK_PORT=port))
    assert "PEYK_PORT" in said
    assert f"127.0.0.1:{port}" in said
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("command", ["serve", "migrate"])
def test_a_data_folder_that_cannot_be_made_is_named(tmp_path: Path, command: str) -> None:
    (tmp_path / "file").write_text("not a folder")
    said = refused(peyk(command, folder=tmp_path, PEYK_DATA_DIR=str(tmp_path / "file" / "data")))
    assert "PEYK_DATA_DIR" in said
    assert "file/data" in said


@pytest.mark.parametrize("command", ["serve", "migrate"])
def test_a_data_folder_that_cannot_be_written_is_named(tmp_path: Path, command: str) -> None:
    """A folder of the kernel's, as even root cannot write there."""
    said = refused(peyk(command, folder=tmp_path, PEYK_DATA_DIR="/proc/self"))
    assert "PEYK_DATA_DIR" in said
    assert "/proc/self" in said


@pytest.mark.parametrize("command", ["serve", "migrate"])
def test_a_file_that_is_no_database_is_named(tmp_path: Path, command: str) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "peyk.db").write_bytes(b"this is no database at all" * 100)
    said = refused(peyk(command, folder=tmp_path))
    assert "peyk.db" in said
    assert "not a database" in said


def test_a_database_of_a_later_version_is_left_alone(tmp_path: Path) -> None:
    assert peyk("migrate", folder=tmp_path).returncode == 0
    with contextlib.closing(sqlite3.connect(tmp_path / "data" / "peyk.db")) as database:
        database.execute("UPDATE alembic_version SET version_num = 'ffff'")
        database.commit()
    said = refused(peyk("serve", folder=tmp_path))
    assert "not made by this version of Peyk" in said
    assert "peyk.db" in said


@pytest.mark.parametrize("command", ["serve", "migrate"])
def test_a_database_out_of_reach_is_named_without_its_password(
    tmp_path: Path, command: str
) -> None:
    url = "postgresql://peyk:hidden-word@127.0.0.1:9/peyk"
    said = refused(peyk(command, folder=tmp_path, PEYK_DATABASE_URL=url))
    assert "PEYK_DATABASE_URL" in said
    assert "127.0.0.1:9" in said
    assert "hidden-word" not in said


def test_all_wrong_settings_are_named_together(tmp_path: Path) -> None:
    said = refused(
        peyk(
            "serve", folder=tmp_path, PEYK_PORT="80a", PEYK_BOT_DEADLINE_S="-1",
            PEYK_LOG_LEVEL="loud", PEYK_DATABASE_URL="mysql://x", PEYK_NATS_URL="nats://x",
        )
    )  # fmt: skip
    for name in ("PORT", "BOT_DEADLINE_S", "LOG_LEVEL", "DATABASE_URL", "NATS_URL"):
        assert f"PEYK_{name}:" in said
    assert not (tmp_path / "data").exists()


def test_a_wrong_line_in_the_file_is_named_with_those_in_the_environment(tmp_path: Path) -> None:
    (tmp_path / "peyk.toml").write_text('bot_at_once = "many"\nno_such_setting = 1\n')
    said = refused(peyk("serve", folder=tmp_path, PEYK_LOG_FORMAT="xml"))
    for name in ("BOT_AT_ONCE", "NO_SUCH_SETTING", "LOG_FORMAT"):
        assert f"PEYK_{name}:" in said


def test_a_file_that_is_no_toml_is_named(tmp_path: Path) -> None:
    (tmp_path / "peyk.toml").write_text("host = \n")
    assert "peyk.toml" in refused(peyk("serve", folder=tmp_path))


def test_without_a_trained_bot_it_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "rasa").mkdir()
    said = refused(
        peyk("serve", folder=tmp_path, PEYK_RASA_URL="", PEYK_RASA_DIR=str(tmp_path / "rasa"))
    )
    assert "make setup" in said
