import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from tools.command import Command
from tools.house import StepFailed, set_up, steps
from tools.stamps import Stamps, fingerprint
from tools.step import Step


@pytest.fixture
def stamps(tmp_path: Path) -> Stamps:
    return Stamps(tmp_path / ".setup")


@pytest.fixture
def step(tmp_path: Path) -> Step:
    """Copies `in` to `out`, and counts how often in `count`."""
    (tmp_path / "in").write_text("first")

    def commands(was_finished: bool) -> Iterator[Command]:
        yield shell(tmp_path, "cp in out")
        yield shell(tmp_path, "echo again >> count")

    return Step(
        name="copy",
        title="Copying",
        made_from=lambda: fingerprint(tmp_path, [tmp_path / "in"]),
        is_there=(tmp_path / "out").exists,
        commands=commands,
    )


def test_a_second_set_up_does_nothing(tmp_path: Path, step: Step, stamps: Stamps) -> None:
    set_up([step], stamps)
    set_up([step], stamps)
    assert times_done(tmp_path) == 1


def test_a_step_is_done_again_when_its_input_changed(
    tmp_path: Path, step: Step, stamps: Stamps
) -> None:
    set_up([step], stamps)
    (tmp_path / "in").write_text("second")
    set_up([step], stamps)
    assert (tmp_path / "out").read_text() == "second"
    assert times_done(tmp_path) == 2


def test_a_step_is_done_again_when_what_it_made_is_gone(
    tmp_path: Path, step: Step, stamps: Stamps
) -> None:
    set_up([step], stamps)
    (tmp_path / "out").unlink()
    set_up([step], stamps)
    assert (tmp_path / "out").exists()


def test_a_failed_step_is_told_with_its_output_and_not_stamped(
    tmp_path: Path, step: Step, stamps: Stamps
) -> None:
    def failing(was_finished: bool) -> Iterator[Command]:
        yield shell(tmp_path, "cp in out; echo no luck; exit 4")

    with pytest.raises(StepFailed) as failure:
        set_up([replace(step, commands=failing)], stamps)
    assert failure.value.outcome.status == 4
    assert failure.value.outcome.output == "no luck"
    assert step.is_due(stamps)


def test_a_step_hears_whether_its_earlier_run_was_finished(
    tmp_path: Path, step: Step, stamps: Stamps
) -> None:
    heard: list[bool] = []

    def listening(was_finished: bool) -> Iterator[Command]:
        heard.append(was_finished)
        yield shell(tmp_path, f"cp in out; exit {1 if len(heard) == 2 else 0}")

    listener = replace(step, commands=listening)
    for text in ("first", "second", "third"):
        (tmp_path / "in").write_text(text)
        with suppress(StepFailed):
            set_up([listener], stamps)
    assert heard == [False, True, False]


def test_the_steps_after_a_failed_one_are_not_done(
    tmp_path: Path, step: Step, stamps: Stamps
) -> None:
    def failing(was_finished: bool) -> Iterator[Command]:
        yield shell(tmp_path, "false")

    with pytest.raises(StepFailed):
        set_up([replace(step, name="before", commands=failing), step], stamps)
    assert times_done(tmp_path) == 0


def test_a_step_that_ends_well_but_makes_nothing_has_failed(
    tmp_path: Path, step: Step, stamps: Stamps
) -> None:
    def idle(was_finished: bool) -> Iterator[Command]:
        yield shell(tmp_path, "true")

    with pytest.raises(StepFailed, match="Copying"):
        set_up([replace(step, commands=idle)], stamps)


def test_the_model_is_trained_after_rasa_is_there() -> None:
    names = [step.name for step in steps()]
    assert names[0] == "python"
    assert names.index("rasa") < names.index("model")
    assert names.index("web-packages") < names.index("web-build")


def shell(cwd: Path, line: str) -> Command:
    code = "import subprocess, sys; sys.exit(subprocess.call(sys.argv[1], shell=True))"
    return Command(argv=(sys.executable, "-c", code, line), cwd=cwd)


def times_done(folder: Path) -> int:
    count = folder / "count"
    return len(count.read_text().splitlines()) if count.exists() else 0
