"""A model of intents and languages that also knows how near a text is to what it learnt."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix, load_npz, save_npz

from .features import Features
from .linear import LinearClassifier

OUT_OF_SCOPE = "out_of_scope"


@dataclass(frozen=True, kw_only=True)
class Example:
    """One training example."""

    text: str
    intent: str
    language: str


@dataclass(frozen=True, kw_only=True)
class Guess:
    """The intents and the languages of a text, likeliest first, and the handing-off score.

    The score is the confidence in the likeliest intent of the bot's own scope times the highest
    cosine to a training example of that scope.
    """

    intents: list[tuple[str, float]]
    languages: list[tuple[str, float]]
    nearest: float
    score: float


class IntentModel:
    """Two linear classifiers over the same features, and the training examples themselves."""

    def __init__(
        self,
        features: Features,
        intents: LinearClassifier,
        languages: LinearClassifier,
        in_scope: csr_matrix,
    ) -> None:
        self._features = features
        self._intents = intents
        self._languages = languages
        # Turned on its side: a text is then compared only with examples that share its features.
        self._by_feature = in_scope.T.tocsr()

    @classmethod
    def learn(cls, examples: Sequence[Example], *, c: float) -> "IntentModel":
        """The model of these examples."""
        texts = [example.text for example in examples]
        features = Features.learn(texts)
        vectors = features.vectors(texts)
        intents = LinearClassifier.learn(vectors, [e.intent for e in examples], c=c)
        languages = LinearClassifier.learn(vectors, [e.language for e in examples], c=c)
        known = np.array([example.intent != OUT_OF_SCOPE for example in examples])
        return cls(features, intents, languages, vectors[known])

    def guess(self, text: str) -> Guess:
        """What the text may mean."""
        vector = self._features.vectors([text])
        intents = self._intents.rank(vector)
        nearest = float((vector @ self._by_feature).max())
        best = next((sure for name, sure in intents if name != OUT_OF_SCOPE), 0.0)
        return Guess(
            intents=intents,
            languages=self._languages.rank(vector),
            nearest=nearest,
            score=best * nearest,
        )

    def save(self, folder: Path) -> None:
        """Writes the model as plain JSON and numbers: no code is stored with a model."""
        self._features.save(folder)
        self._intents.save(folder, "intents")
        self._languages.save(folder, "languages")
        save_npz(folder / "in_scope.npz", self._by_feature.T.tocsr())

    @classmethod
    def load(cls, folder: Path) -> "IntentModel":
        """The model that was saved in this folder."""
        return cls(
            Features.load(folder),
            LinearClassifier.load(folder, "intents"),
            LinearClassifier.load(folder, "languages"),
            load_npz(folder / "in_scope.npz"),
        )
