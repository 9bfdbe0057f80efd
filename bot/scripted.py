"""A bot that says what it is told to: for trying things without Rasa, and for tests."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.bot import Question
from gateway.model.turn import Answer, Guess, Said, Understanding

MODEL = "scripted"

Script = Callable[[Question], Awaitable[Answer]]


class ScriptedBot:
    """Answers by a function; the default repeats what was said."""

    def __init__(self, script: Script | None = None) -> None:
        self.script: Script = script or _echo
        self.asked: list[Question] = []

    async def ask(self, question: Question) -> Answer:
        self.asked.append(question)
        return await self.script(question)

    async def ready(self) -> str:
        return MODEL


def answer(
    *texts: str,
    intent: str = "greet",
    title: str | None = None,
    score: float = 0.9,
    wants_person: str | None = None,
    language: str = "en",
) -> Answer:
    """A plain answer with one guess."""
    return Answer(
        said=tuple(Said(text=text) for text in texts),
        understanding=Understanding(
            guesses=(Guess(name=intent, confidence=score, title=title),),
            entities=(),
            score=score,
            language=language,
            model=MODEL,
        ),
        wants_person=wants_person,
    )


async def _echo(question: Question) -> Answer:
    return answer(f"You said: {question.text or question.choice}")
