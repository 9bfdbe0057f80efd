"""Chooses among the wordings of a response by the turn, not by chance.

Rasa draws a wording at random; then the same turn asked twice would be answered in two ways.
"""

import hashlib
from typing import Any

from rasa.core.nlg.generator import ResponseVariationFilter
from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.utils.endpoints import EndpointConfig

from . import turn


class TurnResponses(TemplatedNaturalLanguageGenerator):
    """The domain's responses; the same turn always gets the same wording."""

    def __init__(self, endpoint_config: EndpointConfig, domain: Domain) -> None:
        super().__init__(domain.responses)

    def _random_response_for(
        self, utter_action: str, output_channel: str, filled_slots: dict[str, Any]
    ) -> dict[str, Any] | None:
        if utter_action not in self.responses:
            return None
        wordings: list[dict[str, Any]] = ResponseVariationFilter(
            self.responses
        ).responses_for_utter_action(utter_action, output_channel, filled_slots)
        if not wordings:
            return None
        return wordings[_draw(f"{turn.present.get().id} {utter_action}", len(wordings))]


def _draw(key: str, count: int) -> int:
    return hashlib.blake2b(key.encode("utf-8", "replace"), digest_size=4).digest()[0] % count
