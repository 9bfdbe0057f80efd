"""How well a pipeline understands: pure functions from what it guessed to figures."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from bench.examples import OUT_OF_SCOPE, Example

# Intents that stand for "not understood" in one pipeline or another.
NOT_UNDERSTOOD = frozenset({OUT_OF_SCOPE, "nlu_fallback"})
CAUGHT = 0.9


@dataclass(frozen=True, kw_only=True)
class Guess:
    """What a pipeline made of an example."""

    example: Example
    ranking: tuple[tuple[str, float], ...]
    nearest: float | None

    @property
    def in_scope(self) -> list[str]:
        """The bot's own intents, the likeliest first."""
        return [name for name, _ in self.ranking if name not in NOT_UNDERSTOOD]

    @property
    def is_right(self) -> bool:
        """Whether the likeliest intent is the one meant. A pipeline's own fallback is a refusal,
        judged by its score, not a wrong guess."""
        names = [name for name, _ in self.ranking if name != "nlu_fallback"]
        return bool(names) and names[0] == self.example.intent

    @property
    def score(self) -> float:
        """The confidence in the bot's best own intent, times the nearest example if told."""
        best = next((sure for name, sure in self.ranking if name not in NOT_UNDERSTOOD), 0.0)
        return best * (1.0 if self.nearest is None else self.nearest)


@dataclass(frozen=True, kw_only=True)
class Refusals:
    """What a threshold on the score does."""

    threshold: float
    caught: float
    refused: float
    right_in_first_three: float


def accuracy(guesses: Sequence[Guess]) -> float:
    """The share of right guesses."""
    return sum(guess.is_right for guess in guesses) / len(guesses) if guesses else float("nan")


def auroc(guesses: Sequence[Guess]) -> float:
    """How likely an example of the bot's scope scores higher than one out of it."""
    inside, outside = _split(guesses)
    ordered = sorted(guess.score for guess in outside)
    wins = sum(
        (bisect_left(ordered, guess.score) + _at_most(ordered, guess.score)) / 2 for guess in inside
    )
    return wins / (len(inside) * len(outside))


def threshold_that_catches(guesses: Sequence[Guess], share: float = CAUGHT) -> float:
    """The lowest threshold under which this share of what is out of scope scores."""
    _, outside = _split(guesses)
    scores = sorted(guess.score for guess in outside)
    return scores[min(len(scores) - 1, int(share * len(scores)))]


def refusals(guesses: Sequence[Guess], threshold: float) -> Refusals:
    """What is refused below this threshold, rightly and wrongly."""
    inside, outside = _split(guesses)
    refused = [guess for guess in inside if guess.score < threshold]
    near = [guess for guess in refused if guess.example.intent in guess.in_scope[:3]]
    return Refusals(
        threshold=threshold,
        caught=sum(guess.score < threshold for guess in outside) / len(outside),
        refused=len(refused) / len(inside),
        right_in_first_three=len(near) / len(refused) if refused else float("nan"),
    )


def _split(guesses: Sequence[Guess]) -> tuple[list[Guess], list[Guess]]:
    inside = [guess for guess in guesses if guess.example.intent != OUT_OF_SCOPE]
    return inside, [guess for guess in guesses if guess.example.intent == OUT_OF_SCOPE]


def _at_most(ordered: Sequence[float], value: float) -> int:
    return bisect_left(ordered, value + 1e-12)
