"""The set-up itself: which steps are due, one after another, and then the command asked for."""

import argparse
import fcntl
import os
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType

from tools import node
from tools.advice import advise
from tools.command import Outcome, run
from tools.environments import our_environment, rasa_environment
from tools.model import demo_model
from tools.places import ROOT, SETUP
from tools.progress import Progress, elapsed
from tools.stamps import Stamps
from tools.step import Step
from tools.web import web_build, web_packages

SHOWN_LINES = 30
INTERRUPTED = 130


class StepFailed(Exception):
    def __init__(self, step: Step, outcome: Outcome) -> None:
        super().__init__(step.title)
        self.step = step
        self.outcome = outcome


def main(arguments: Sequence[str]) -> int:
    """Set up, then become the command after `--then`; return only if there is none, or failed."""
    options = _parse(arguments)
    signal.signal(signal.SIGTERM, _interrupt)
    signal.signal(signal.SIGHUP, _interrupt)
    try:
        with _only_one():
            stamps = Stamps(SETUP)
            stamps.keep_only_for(ROOT)
            set_up(steps(options.only), stamps)
    except KeyboardInterrupt:
        print("\nInterrupted. What is done is kept; start again to go on.", file=sys.stderr)
        return INTERRUPTED
    except StepFailed as failure:
        _explain(failure)
        return 1
    if options.then:
        _become(options.then)
    return 0


def steps(only: str | None = None) -> list[Step]:
    """Every step in order; with `only`, the named part with what it stands on."""
    python = [our_environment()]
    nodes = [] if node.is_on_the_path() else [node.node()]
    web = [*nodes, web_packages(), web_build()]
    if only == "web":
        # A Node of our own is installed by our Python.
        return [*(python if nodes else []), *web]
    return [*python, rasa_environment(), *web, demo_model()]


def set_up(all_steps: Sequence[Step], stamps: Stamps) -> None:
    """Do the steps that are due. A step is stamped only once all of it has succeeded."""
    due = [step for step in all_steps if step.is_due(stamps)]
    began = time.monotonic()
    progress = Progress(sys.stderr, len(due))
    for step in due:
        progress.begin(step.title)
        _do(step, stamps, progress)
    if due:
        print(f"Set up in {elapsed(time.monotonic() - began)}.", file=sys.stderr)


def _do(step: Step, stamps: Stamps, progress: Progress) -> None:
    made_from = step.made_from()
    was_finished = stamps.has(step.name)
    stamps.drop(step.name)
    for command in step.commands(was_finished):
        outcome = run(command, progress.tick)
        if outcome.status != 0:
            progress.end("failed")
            raise StepFailed(step, outcome)
    if not step.is_there():
        progress.end("failed")
        raise StepFailed(step, Outcome(status=0, output="It ended well but made nothing."))
    stamps.put(step.name, made_from)
    progress.end()


def _explain(failure: StepFailed) -> None:
    lines = failure.outcome.output.splitlines()[-SHOWN_LINES:]
    print("\n".join(f"    {line}" for line in lines), file=sys.stderr)
    advice = advise(failure.outcome.output) or "The lines above are the last it wrote."
    print(f"\nStopped at: {failure.step.title}.\n{advice}", file=sys.stderr)


@contextmanager
def _only_one() -> Iterator[None]:
    """Hold the checkout's lock: two set-ups at once would undo each other."""
    SETUP.mkdir(exist_ok=True)
    with (SETUP / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Another set-up is at work here; waiting for it …", file=sys.stderr)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _become(command: Sequence[str]) -> None:
    os.environ["PATH"] = node.search_path()
    os.chdir(ROOT)
    os.execvp(command[0], list(command))


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="setup", description="Set up what is missing.")
    parser.add_argument("--only", choices=["web"], help="only this part and what it stands on")
    parser.add_argument("--then", nargs=argparse.REMAINDER, help="become this command afterwards")
    return parser.parse_args(arguments)


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
