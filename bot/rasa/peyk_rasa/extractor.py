"""The order number as an entity, for any Rasa pipeline."""

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from .order_numbers import find


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR], is_trainable=False)
class OrderNumberExtractor(GraphComponent):
    """Adds an `order_number` entity for each order number in a message."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "OrderNumberExtractor":
        """The extractor; there is nothing to learn."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds the entities."""
        for message in messages:
            found = [_entity(*number) for number in find(message.get(TEXT) or "")]
            others = [e for e in message.get(ENTITIES, []) if e["entity"] != "order_number"]
            message.set(ENTITIES, [*others, *found], add_to_output=True)
        return messages


def _entity(value: str, start: int, end: int) -> dict[str, Any]:
    return {
        "entity": "order_number",
        "value": value,
        "start": start,
        "end": end,
        "extractor": "OrderNumberExtractor",
    }
