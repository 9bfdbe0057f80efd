"""The fallback rule: answer, ask back, or hand off, and why. Pure.

In this order a person is called when the customer asks for one, when an admin's rule says
so, when the bot failed, when the bot itself wants one, when the same question comes again
after it was answered, and when a question back has not helped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from gateway.model.inbox import Rule
from gateway.model.turn import Answer, Decision, Guess
from gateway.model.why import Why, why

MAX_SUGGESTIONS = 3
SAME_MATTER_AT_MOST = 2
SAME_WORDS_AT_MOST = 2


@dataclass(frozen=True, kw_only=True)
class Thresholds:
    """`answer_at`: the score from which on the bot's answer is given. Below `clarify_at`
    there is no use in asking back. `clarify_times`: how often to ask back before people.
    """

    answer_at: float
    clarify_at: float
    clarify_times: int


@dataclass(frozen=True, kw_only=True)
class Earlier:
    """A turn that the bot has closed since the conversation came to it.

    `matter` is the intent with its entities; None where the intent has no title, like a
    greeting. `said` is what the customer got.
    """

    text: str
    matter: str | None
    decision: Decision
    said: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Situation:
    """All that the rule looks at."""

    text: str
    answer: Answer | None = None
    failure: str | None = None
    asked_for_person: bool = False
    pressed: bool = False
    has_files_only: bool = False
    rule: Rule | None = None
    earlier: Sequence[Earlier] = ()


@dataclass(frozen=True, kw_only=True)
class Answered:
    why: tuple[Why, ...]


@dataclass(frozen=True, kw_only=True)
class AskBack:
    """Offer the likeliest intents as buttons."""

    suggestions: tuple[Guess, ...]
    why: tuple[Why, ...]


@dataclass(frozen=True, kw_only=True)
class HandOff:
    """`reason` is a slug, `explanation` one sentence for the agent."""

    reason: str
    explanation: str
    why: tuple[Why, ...]
    say_answer: bool = False


Verdict = Answered | AskBack | HandOff


def decide(situation: Situation, limits: Thresholds) -> Verdict:
    """What becomes of this turn."""
    early = _without_the_bot(situation)
    if early is not None or situation.answer is None:
        return early or _failed("no answer")
    answer = situation.answer
    if answer.wants_person is not None:
        return _wanted_by_bot(answer.wants_person)
    if not answer.said:
        return _handoff("not_understood", why("nothing_to_say"))
    if _says_the_same_again(situation, answer):
        return _handoff("not_understood", why("same_words_again"))
    if situation.pressed or answer.active_form is not None:
        return Answered(why=(why("followed_offer"),))
    if answer.understanding.score < limits.answer_at:
        return _not_understood(situation, answer, limits)
    if _asked_again(situation, answer):
        return _handoff("asked_again", why("asked_again"))
    return Answered(why=(_score("score_reaches", answer, limits),))


def matter_of(answer: Answer) -> str | None:
    """The intent with its entities, or None where asking it again means nothing."""
    intent = answer.understanding.intent
    if intent is None or intent.title is None:
        return None
    values = sorted(f"{each.entity}={each.value}" for each in answer.understanding.entities)
    return " ".join([intent.name, *values])


def _without_the_bot(situation: Situation) -> HandOff | None:
    if situation.asked_for_person:
        return _handoff("asked_for_person", why("pressed_for_person"))
    if situation.rule is not None:
        rule = situation.rule
        return _handoff("rule", why("rule_applies", kind=rule.kind, value=rule.value))
    if situation.has_files_only:
        return _handoff("not_understood", why("only_files"))
    if situation.failure is not None:
        return _failed(situation.failure)
    return None


def _failed(how: str) -> HandOff:
    return _handoff("bot_failed", why("bot_failed", why=how))


def _wanted_by_bot(reason: str) -> HandOff:
    known = {
        "asked_for_person": "asked_for_person",
        "not_helpful": "not_helpful",
        "needs_person": "needs_person",
        "bot_failed": "could_not_do",
    }
    wanted = why(known[reason]) if reason in known else why("called_by_bot", reason=reason)
    return replace(_handoff(reason, wanted), say_answer=True)


def _says_the_same_again(situation: Situation, answer: Answer) -> bool:
    """The bot runs in a circle: what it would say now it has just said, twice in a row."""
    words = tuple(each.text for each in answer.said)
    last = situation.earlier[-SAME_WORDS_AT_MOST:]
    return (
        bool(words)
        and len(last) == SAME_WORDS_AT_MOST
        and answer.active_form is not None
        and all(each.said == words for each in last)
    )


def _not_understood(situation: Situation, answer: Answer, limits: Thresholds) -> Verdict:
    below = _score("score_below", answer, limits)
    asked_back = _asked_back(situation.earlier)
    suggestions = tuple(g for g in answer.understanding.guesses if g.title)[:MAX_SUGGESTIONS]
    if asked_back >= limits.clarify_times:
        no_use = why("asked_back_already", times=asked_back)
    elif not suggestions or answer.understanding.score < limits.clarify_at:
        no_use = why("no_guess")
    else:
        return AskBack(suggestions=suggestions, why=(below, why("asking_back_helps")))
    return HandOff(
        reason="not_understood",
        explanation=f"The bot did not understand: {below.sentence}; {no_use.sentence}.",
        why=(why("not_understood"), below, no_use),
    )


def _asked_back(earlier: Sequence[Earlier]) -> int:
    """How many of the last turns in a row ended with a question back."""
    times = 0
    for each in reversed(earlier):
        if each.decision is not Decision.CLARIFIED:
            break
        times += 1
    return times


def _asked_again(situation: Situation, answer: Answer) -> bool:
    """The bot would say once more what did not help: to the same words, or for a third time."""
    matter = matter_of(answer)
    if matter is None:
        return False
    words = tuple(each.text for each in answer.said)
    same = [
        each
        for each in situation.earlier
        if each.decision is Decision.ANSWERED and each.matter == matter and each.said == words
    ]
    same_words = any(_plain(each.text) == _plain(situation.text) for each in same)
    return same_words or len(same) >= SAME_MATTER_AT_MOST


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _score(code: str, answer: Answer, limits: Thresholds) -> Why:
    return why(code, score=round(answer.understanding.score, 4), limit=limits.answer_at)


def _handoff(reason: str, because: Why) -> HandOff:
    return HandOff(reason=reason, explanation=because.sentence, why=(because,))
