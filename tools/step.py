"""A step of the set-up: what it is made from, what it leaves, and the commands that make it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tools.command import Command
from tools.stamps import Stamps


@dataclass(frozen=True, kw_only=True)
class Step:
    name: str
    title: str
    made_from: Callable[[], str]
    """A fingerprint of the inputs; the step is done again when it changes."""
    is_there: Callable[[], bool]
    """Whether what the step makes exists, whatever it was made from."""
    commands: Callable[[bool], Iterator[Command]]
    """The commands in order; each is asked for once the one before has succeeded.

    Told whether an earlier run was finished: what a broken-off one left is not to be trusted.
    """

    def is_due(self, stamps: Stamps) -> bool:
        return not (self.is_there() and stamps.is_current(self.name, self.made_from()))
