"""Answers one turn: understands it, lets the dialogue go on, says what came of it."""

from dataclasses import asdict, replace
from typing import Any

from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor

from . import dialogue, language, understanding
from .choice import read_choice
from .dialogue import Dialogue
from .language import Language
from .normalise import is_blank, without_leading_slashes
from .output import Said
from .reading import TurnRequest
from .understanding import Titles, Understanding

BOT_FAILED = {"reason": "bot_failed"}


async def answer(
    request: TurnRequest, processor: MessageProcessor, titles: Titles
) -> dict[str, Any]:
    """The whole answer to one turn; the same turn always gets the same."""
    domain, model = processor.domain, model_id(processor)
    before = dialogue.opened(request, domain)
    text = without_leading_slashes(request.text or "")
    if request.choice is None and is_blank(text):
        nothing = understanding.of_nothing(_language(text, {}, request, before))
        return _answer(nothing, before, model)
    parse_data = await _parse(request, text, processor)
    spoken = _language(text, parse_data.get("languages") or {}, request, before)
    of = understanding.of_text if request.choice is None else understanding.of_choice
    return await _converse(request, before, parse_data, of(parse_data, spoken, titles), processor)


def model_id(processor: MessageProcessor) -> str:
    """The model's name: its file's, without the ending."""
    return str(processor.model_filename).removesuffix(".tar.gz")


async def _parse(request: TurnRequest, text: str, processor: MessageProcessor) -> dict[str, Any]:
    if request.choice is not None:
        return read_choice(request.choice, processor.domain)
    parse_data: dict[str, Any] = await processor.parse_message(UserMessage(text))
    return parse_data


def _language(
    text: str, guesses: dict[str, float], request: TurnRequest, before: Dialogue
) -> Language:
    return language.choose(text, guesses, before.language or request.language)


async def _converse(
    request: TurnRequest,
    before: Dialogue,
    parse_data: dict[str, Any],
    understood: Understanding,
    processor: MessageProcessor,
) -> dict[str, Any]:
    said = Said(request.channel)
    before = before.in_language(understood.language, processor.domain)
    new, failed = await dialogue.take_turn(request, before, parse_data, said, processor)
    if failed:
        said.messages, said.handoff = [], BOT_FAILED
    understood = replace(understood, score=_score(understood, said, before, new))
    return _answer(understood, before.going_on(*new), model_id(processor), said=said, new=new)


def _score(
    understood: Understanding, said: Said, before: Dialogue, new: list[dict[str, Any]]
) -> float:
    """1 for what the open form asked for; 0 where the bot has nothing to say."""
    if not said.messages and said.handoff is None:
        return 0.0
    asked = before.asked_for
    filled = any(
        event["event"] == "slot" and event["name"] == asked and event["value"] is not None
        for event in new
    )
    return 1.0 if asked and filled else round(understood.score, 4)


def _answer(
    understood: Understanding,
    after: Dialogue,
    model: str,
    *,
    said: Said | None = None,
    new: list[dict[str, Any]] | None = None,
) -> dict[str, Any]:
    new = new or []
    return {
        "messages": said.messages if said else [],
        "understood": asdict(understood),
        "slots": after.slots,
        "active_form": after.state.form,
        "handoff": said.handoff if said else None,
        "actions": [
            event["name"] for event in new if event["event"] == "action" and "name" in event
        ],
        "model": model,
        "events": new,
        "dialogue": after.stored(),
    }
