"""What the model understood of a message, and how sure it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from .language import Language
from .normalise import normalise

RANKED = 5
Titles = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, kw_only=True)
class Understanding:
    """The intent, its rivals, the entities, and the score that decides on handing off."""

    intent: dict[str, Any] | None
    ranking: list[dict[str, Any]]
    entities: list[dict[str, Any]]
    nearest: float | None
    score: float
    language: Language
    text: str | None


def read_titles(path: Path) -> Titles:
    """What to call each intent in each language, for the buttons of a clarifying question."""
    return yaml.safe_load(path.read_text("utf-8")) if path.exists() else {}


def of_nothing(language: Language) -> Understanding:
    """The understanding of a text with nothing in it."""
    return Understanding(
        intent=None, ranking=[], entities=[], nearest=None, score=0.0, language=language, text=""
    )


def of_text(parse_data: Mapping[str, Any], language: Language, titles: Titles) -> Understanding:
    """The understanding of a customer's own words."""
    nearest = parse_data.get("nearest")
    confidence = float(parse_data["intent"].get("confidence") or 0.0)
    return Understanding(
        intent=_named(parse_data["intent"]),
        ranking=_ranking(parse_data.get("intent_ranking") or (), language, titles),
        entities=[_entity(entity) for entity in parse_data["entities"]],
        nearest=nearest,
        score=parse_data.get("score", confidence),
        language=language,
        text=normalise(parse_data["text"]),
    )


def of_choice(parse_data: Mapping[str, Any], language: Language, titles: Titles) -> Understanding:
    """The understanding of a pressed button: there is nothing to doubt."""
    return Understanding(
        intent=_named(parse_data["intent"]),
        ranking=_ranking([parse_data["intent"]], language, titles),
        entities=[_entity(entity) for entity in parse_data["entities"]],
        nearest=None,
        score=1.0,
        language=language,
        text=None,
    )


def _named(intent: Mapping[str, Any]) -> dict[str, Any] | None:
    if not intent.get("name"):
        return None
    return {"name": intent["name"], "confidence": _rounded(intent.get("confidence"))}


def _ranking(intents: Any, language: Language, titles: Titles) -> list[dict[str, Any]]:
    return [
        {
            "name": intent["name"],
            "confidence": _rounded(intent.get("confidence")),
            "title": titles.get(intent["name"], {}).get(language),
        }
        for intent in list(intents)[:RANKED]
    ]


def _entity(entity: Mapping[str, Any]) -> dict[str, Any]:
    place = {end: int(entity.get(end) or 0) for end in ("start", "end")}
    return {"entity": entity["entity"], "value": entity["value"], **place}


def _rounded(confidence: Any) -> float:
    return round(float(confidence or 0.0), 4)
