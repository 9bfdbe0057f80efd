"""The intent classifier as a component of a Rasa pipeline. It needs no tokenizer."""

from dataclasses import replace
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from .importer import LANGUAGE
from .intents import Example, Guess, IntentModel
from .language import DEFAULT
from .normalise import is_blank, without_leading_slashes
from .romanise import romanised

RANKED = 10


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=True)
class TrilingualClassifier(GraphComponent):
    """Understands English, Persian, Arabic and Persian in Latin letters with one linear model."""

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._storage = storage
        self._resource = resource
        self._model: IntentModel | None = None

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """C of the regression; whether to learn the texts in Latin letters as well."""
        return {"C": 20.0, "romanise": True}

    @staticmethod
    def required_packages() -> list[str]:
        """What must be installed."""
        return ["sklearn"]

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "TrilingualClassifier":
        """A classifier that has learnt nothing yet."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Learns the examples, Persian and Arabic ones in Latin letters as well."""
        examples = [_example(message) for message in training_data.intent_examples]
        if self._config["romanise"]:
            examples += [copy for example in examples for copy in _romanised(example)]
        self._model = IntentModel.learn(examples, c=self._config["C"])
        with self._storage.write_to(self._resource) as folder:
            self._model.save(folder)
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "TrilingualClassifier":
        """The classifier of a trained model."""
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            component._model = IntentModel.load(folder)
        return component

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds intent, ranking, languages, nearest example and score to each message."""
        for message in messages:
            self._classify(message)
        return messages

    def _classify(self, message: Message) -> None:
        """A text that looks like a command is made plain: Rasa's own handler comes after this."""
        text = without_leading_slashes(message.get(TEXT) or "")
        message.set(TEXT, text, add_to_output=True)
        if self._model is None or is_blank(text):
            _tell(message, Guess(intents=[], languages=[], nearest=0.0, score=0.0))
        else:
            _tell(message, self._model.guess(text))


def _example(message: Message) -> Example:
    return Example(
        text=message.get(TEXT),
        intent=message.get(INTENT),
        language=message.get(LANGUAGE) or DEFAULT,
    )


def _romanised(example: Example) -> list[Example]:
    copies = romanised(example.text, example.language)
    return [replace(example, text=text) for text in copies]


def _tell(message: Message, guess: Guess) -> None:
    ranking = [{"name": name, "confidence": sure} for name, sure in guess.intents[:RANKED]]
    intent = ranking[0] if ranking else {"name": None, "confidence": 0.0}
    message.set(INTENT, intent, add_to_output=True)
    message.set("intent_ranking", ranking, add_to_output=True)
    message.set("languages", dict(guess.languages), add_to_output=True)
    message.set("nearest", round(guess.nearest, 4), add_to_output=True)
    message.set("score", guess.score, add_to_output=True)
