"""Why an automatic choice was made: a stable code with its parameters, and a sentence.

Programs and other languages use the code; the sentence is for whoever reads the API.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

SENTENCES = {
    "pressed_for_person": "The customer pressed the button for a person.",
    "asked_for_person": "The customer asked for a person.",
    "not_helpful": "The customer says that the answer did not help.",
    "needs_person": "The matter needs a person.",
    "could_not_do": "The bot could not do what the customer asked for.",
    "called_by_bot": "The bot calls a person: {reason}.",
    "rule_applies": "An admin's rule on {kind} applies: {value}",
    "only_files": "The customer sent a file without words.",
    "bot_failed": "The bot gave no usable answer: {why}.",
    "nothing_to_say": "The bot had nothing to say.",
    "same_words_again": "The bot would say the same words once more.",
    "asked_again": "The customer asks the same again after an answer.",
    "not_understood": "The bot did not understand.",
    "followed_offer": "the customer follows what the bot offered",
    "score_reaches": "score {score:.2f} reaches {limit:g}",
    "score_below": "score {score:.2f} is below {limit:g}",
    "asking_back_helps": "a question back may help",
    "asked_back_already": "asked back {times} times already",
    "no_guess": "no guess is worth a question back",
    "taken_by_agent": "{agent} took the conversation from the bot.",
    "not_the_bots": "the conversation is no longer the bot's",
    "queue_closed": "The queue {queue} is closed.",
    "queue_of_rule": (
        "It went to the queue {queue}, because the rule on {kind} “{value}” says so."
    ),
    "queue_of_inbox": (
        "It went to the queue {queue}, because it is the queue of the inbox {inbox}."
    ),
    "queue_default": "It went to the queue {queue}, because it is the default queue.",
    "queue_first_open": "It went to the queue {queue}, because it is the first one that is open.",
}
"""By code; the codes and the names of their parameters are stable."""


@dataclass(frozen=True, kw_only=True)
class Why:
    code: str
    params: dict[str, Any] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        return SENTENCES[self.code].format(**self.params)


def why(code: str, **params: Any) -> Why:
    return Why(code=code, params=params)


def rows_of(whys: Iterable[Why]) -> list[dict[str, Any]]:
    return [{"code": each.code, "params": each.params} for each in whys]


def whys_of(rows: Iterable[dict[str, Any]] | None) -> tuple[Why, ...]:
    """What was stored; rows older than this have none."""
    return tuple(Why(code=each["code"], params=each["params"]) for each in rows or ())
