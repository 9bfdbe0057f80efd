from __future__ import annotations

import pytest

from bench.examples import OUT_OF_SCOPE, Example
from bench.judging import Guess, accuracy, auroc, refusals, threshold_that_catches


def guess(intent: str, *ranking: tuple[str, float], nearest: float | None = None) -> Guess:
    example = Example(text="x", intent=intent, language="en")
    return Guess(example=example, ranking=ranking, nearest=nearest)


IN_SCOPE = [
    guess("a", ("a", 0.9), ("b", 0.1)),
    guess("a", ("b", 0.5), ("c", 0.3), ("a", 0.2)),
    guess("b", ("b", 0.3), ("a", 0.2)),
]
OUTSIDE = [
    guess(OUT_OF_SCOPE, (OUT_OF_SCOPE, 0.8), ("a", 0.2)),
    guess(OUT_OF_SCOPE, ("a", 0.4), (OUT_OF_SCOPE, 0.3)),
]


def test_accuracy_counts_the_likeliest_intent() -> None:
    assert accuracy(IN_SCOPE) == pytest.approx(2 / 3)
    assert accuracy(OUTSIDE) == 0.5


def test_a_pipelines_own_fallback_is_not_a_wrong_guess() -> None:
    assert guess("a", ("nlu_fallback", 0.3), ("a", 0.2), ("b", 0.1)).is_right
    assert not guess("b", ("nlu_fallback", 0.3), ("a", 0.2), ("b", 0.1)).is_right


def test_the_score_is_of_the_bots_own_intents_and_the_nearest_example() -> None:
    assert OUTSIDE[0].score == 0.2
    assert guess("a", ("a", 0.9), nearest=0.5).score == 0.45
    assert guess("a").score == 0.0


def test_auroc_is_the_chance_that_inside_beats_outside() -> None:
    assert auroc([*IN_SCOPE, *OUTSIDE]) == pytest.approx(5 / 6)
    same = [guess("a", ("a", 0.5)), guess(OUT_OF_SCOPE, ("a", 0.5))]
    assert auroc(same) == 0.5


def test_refusals_are_counted_on_both_sides() -> None:
    told = refusals([*IN_SCOPE, *OUTSIDE], 0.6)
    assert told.caught == 1.0
    assert told.refused == pytest.approx(2 / 3)
    assert told.right_in_first_three == 1.0


def test_the_threshold_catches_the_share_that_was_asked_for() -> None:
    outside = [guess(OUT_OF_SCOPE, ("a", place / 10)) for place in range(10)]
    threshold = threshold_that_catches([*IN_SCOPE, *outside], 0.5)
    assert refusals([*IN_SCOPE, *outside], threshold).caught == 0.5
