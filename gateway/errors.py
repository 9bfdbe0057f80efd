"""Every error that Peyk raises on purpose.

PeykError
├── BadInput              something from outside is not what was expected; names the field
├── NotFound              no such thing, or not for this reader
├── NotAllowed            signed in, but the role does not reach
├── NotSignedIn           no valid session or token
├── TooMany               a limit was passed; says when to try again
├── TooLarge              a size limit was passed
├── AtCapacity            the agent holds as many conversations as he takes
├── IllegalMove           the conversation's state does not allow this verb
│   └── OwnedByAnother    a lost race: somebody else owns the conversation
├── SendError             a network did not take a message
├── BotFailed             the bot did not give a usable answer
└── StoreUnavailable      nothing was stored; the same call may be made again
"""

from __future__ import annotations


class PeykError(Exception):
    """The root: catch it at a border, never in the middle."""


class BadInput(PeykError):
    """A field from outside is not what was expected; `code` is for other languages."""

    def __init__(self, field: str, expected: str, *, code: str = "not_as_expected") -> None:
        super().__init__(f"{field}: {expected}")
        self.field = field
        self.expected = expected
        self.code = code


class NotFound(PeykError):
    """There is no such thing, or this reader may not know of it."""

    def __init__(self, what: str, id: str = "") -> None:
        super().__init__(f"no such {what}" + (f": {id}" if id else ""))
        self.what = what
        self.id = id


class NotAllowed(PeykError):
    """The caller is known, but may not do this."""


class NotSignedIn(PeykError):
    """There is no valid session or token."""


class TooMany(PeykError):
    """A limit was passed.

    `retry_after` is in seconds.
    """

    def __init__(self, what: str, retry_after: float) -> None:
        super().__init__(f"too many {what}")
        self.what = what
        self.retry_after = retry_after


class TooLarge(PeykError):
    """Something is larger than its limit, which is in the unit that the text names."""

    def __init__(self, field: str, limit: int, unit: str = "bytes") -> None:
        super().__init__(f"{field}: at most {limit} {unit}")
        self.field = field
        self.limit = limit
        self.unit = unit


class AtCapacity(PeykError):
    """The agent holds `load` conversations, and takes `capacity` by himself."""

    def __init__(self, load: int, capacity: int) -> None:
        super().__init__(
            f"you hold {load} conversations and your capacity is {capacity};"
            " resolve one, raise the capacity, or claim a certain one"
        )
        self.load = load
        self.capacity = capacity


class IllegalMove(PeykError):
    """The conversation's present state does not allow the verb."""

    def __init__(self, verb: str, state: str, ownership: int, owner: dict[str, str | None]) -> None:
        super().__init__(f"cannot {verb} a conversation that is {state}")
        self.verb = verb
        self.state = state
        self.ownership = ownership
        self.owner = owner


class OwnedByAnother(IllegalMove):
    """A lost race: `owner` says who holds the conversation now."""


class SendError(PeykError):
    """A network did not take a message.

    `permanent`: trying again is useless. `retry_after`: the network's own wish, in seconds.
    `uncertain`: the message may have gone; sending again might send it twice.
    """

    def __init__(
        self,
        message: str,
        *,
        permanent: bool = False,
        retry_after: float | None = None,
        uncertain: bool = False,
    ) -> None:
        super().__init__(message)
        self.permanent = permanent
        self.retry_after = retry_after
        self.uncertain = uncertain


class BotFailed(PeykError):
    """The bot is down, too slow, or its answer has the wrong shape; `why` is a short slug."""

    def __init__(self, why: str, detail: str = "") -> None:
        super().__init__(f"{why}: {detail}" if detail else why)
        self.why = why


class StoreUnavailable(PeykError):
    """Nothing of the unit was stored, as far as is known; calling again is safe."""
