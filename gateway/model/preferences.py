"""How an agent wants the console: what it tells aloud, how it looks, how long one may undo."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, replace
from enum import StrEnum
from typing import Any

LONGEST_UNDO_S = 30


class Theme(StrEnum):
    AUTO = "auto"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, kw_only=True)
class Preferences:
    """`sound_…` and `notify_…` are by what happened.

    A conversation began to wait, a customer wrote in a conversation of one's own, a
    conversation was given to one. `undo_seconds` is how long a reply can be called back,
    0 for not at all.
    """

    sound_waiting: bool = True
    sound_answers: bool = True
    sound_given: bool = True
    notify_waiting: bool = False
    notify_answers: bool = False
    notify_given: bool = False
    undo_seconds: int = 5
    theme: Theme = Theme.AUTO
    first_steps: bool = True

    def changed(self, changes: dict[str, Any]) -> Preferences:
        return replace(self, **changes)

    def row(self) -> dict[str, Any]:
        return asdict(self)


def preferences_of(row: dict[str, Any] | None) -> Preferences:
    """What was stored; what a newer or older version knows beside it is passed over."""
    names = {each.name for each in fields(Preferences)}
    known = {name: value for name, value in (row or {}).items() if name in names}
    if "theme" in known:
        known["theme"] = Theme(known["theme"])
    return Preferences(**known)
