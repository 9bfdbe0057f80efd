import io

import pytest

from tools.progress import Progress, elapsed, live_line


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize(
    ("seconds", "text"), [(0.2, "0 s"), (7.4, "7 s"), (60, "1:00"), (125.9, "2:05")]
)
def test_time_is_told_in_seconds_and_then_in_minutes(seconds: float, text: str) -> None:
    assert elapsed(seconds) == text


def test_a_live_line_never_wraps() -> None:
    line = live_line("[1/6] Rasa", 5, "x" * 500, width=80)
    assert len(line) == 79
    assert line.startswith("[1/6] Rasa … 5 s  xxx")


def test_a_live_line_keeps_the_elapsed_time_on_a_narrow_terminal() -> None:
    assert live_line("[1/6] Rasa", 5, "Downloading", width=10) == "[1/6] Rasa … 5 s"


def test_a_log_gets_a_line_when_a_step_has_been_silent_for_long() -> None:
    log, clock = io.StringIO(), Clock()
    progress = Progress(log, 2, clock)
    progress.begin("Rasa")
    for clock.now in (5.0, 14.0, 16.0, 20.0, 40.0):
        progress.tick("Downloading tensorflow")
    progress.end()
    assert log.getvalue().splitlines() == [
        "[1/2] Rasa …",
        "    still at it after 16 s: Downloading tensorflow",
        "    still at it after 40 s: Downloading tensorflow",
        "[1/2] Rasa: done in 40 s",
    ]


def test_a_terminal_shows_every_tick_in_the_same_line() -> None:
    terminal, clock = Terminal(), Clock()
    progress = Progress(terminal, 1, clock)
    progress.begin("Web")
    clock.now = 1.0
    progress.tick("vite")
    assert terminal.getvalue().count("\n") == 0
    progress.end("failed")
    assert terminal.getvalue().endswith("[1/1] Web: failed in 1 s\n")
