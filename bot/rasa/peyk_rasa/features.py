"""Texts as vectors: TF-IDF of words and of character n-grams over the normalised text."""

import json
import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import normalize

from .normalise import normalise

# Not the digits that stand for a sound, as in "3andi" and "mar7aba".
_NUMBER = re.compile(r"\d{2,}|(?<![a-z])\d(?![a-z])")


class Features:
    """Turns texts into vectors of length one, so that a product of two is their cosine."""

    def __init__(self, words: TfidfVectorizer, characters: TfidfVectorizer) -> None:
        self._blocks = {"words": words, "characters": characters}

    @classmethod
    def learn(cls, texts: Sequence[str]) -> "Features":
        """The features that these texts have."""
        features = cls(_words(), _characters())
        spellings = [_spelling(text) for text in texts]
        for block in features._blocks.values():
            block.fit(spellings)
        return features

    def vectors(self, texts: Sequence[str]) -> csr_matrix:
        """One row for each text."""
        spellings = [_spelling(text) for text in texts]
        blocks = [block.transform(spellings) for block in self._blocks.values()]
        return normalize(csr_matrix(hstack(blocks)), copy=False)

    def save(self, folder: Path) -> None:
        """Writes the features as plain JSON and numbers: no code is stored with a model."""
        for name, block in self._blocks.items():
            terms = [str(term) for term in block.get_feature_names_out()]
            (folder / f"{name}.json").write_text(json.dumps(terms), "utf-8")
            np.save(folder / f"{name}.npy", block.idf_.astype(np.float32))

    @classmethod
    def load(cls, folder: Path) -> "Features":
        """The features that were saved in this folder."""
        features = cls(_words(), _characters())
        for name, block in features._blocks.items():
            terms = json.loads((folder / f"{name}.json").read_text("utf-8"))
            block.vocabulary = {term: place for place, term in enumerate(terms)}
            block.idf_ = np.load(folder / f"{name}.npy")
        return features


def _words() -> TfidfVectorizer:
    return TfidfVectorizer(
        ngram_range=(1, 2),
        token_pattern=r"\S+",
        lowercase=False,
        sublinear_tf=True,
        dtype=np.float32,
    )


def _characters() -> TfidfVectorizer:
    return TfidfVectorizer(
        analyzer="char_wb",
        ngram_range=(2, 5),
        lowercase=False,
        sublinear_tf=True,
        dtype=np.float32,
    )


def _spelling(text: str) -> str:
    """The normalised text; any number counts as the same word as any other of its length."""
    return _NUMBER.sub(lambda number: "0" * len(number[0]), normalise(text))
