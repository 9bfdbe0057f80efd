"""A linear classifier over text vectors."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

# After this many rounds the held-back examples are told apart as well as at convergence.
ROUNDS = 40


class LinearClassifier:
    """Logistic regression: a label and a confidence for each vector."""

    def __init__(self, labels: Sequence[str], weights: np.ndarray, intercepts: np.ndarray) -> None:
        self._labels = list(labels)
        self._weights = np.ascontiguousarray(weights.T)
        self._intercepts = intercepts

    @classmethod
    def learn(cls, vectors: csr_matrix, labels: Sequence[str], *, c: float) -> "LinearClassifier":
        """The classifier of these vectors, each with its label."""
        if len(set(labels)) == 1:
            return cls(sorted(set(labels)), np.zeros((1, vectors.shape[1])), np.zeros(1))
        # SAGA finds in seconds what the default solver takes most of a minute for.
        regression = LogisticRegression(
            C=c,
            solver="saga",
            multi_class="multinomial",
            tol=1e-3,
            max_iter=ROUNDS,
            class_weight="balanced",
            random_state=0,
        )
        regression.fit(vectors, labels)
        names = [str(name) for name in regression.classes_]
        weights, intercepts = regression.coef_, regression.intercept_
        if len(names) == 2:
            weights, intercepts = (
                np.vstack([-weights, weights]),
                np.hstack([-intercepts, intercepts]),
            )
        return cls(names, weights.astype(np.float32), intercepts.astype(np.float32))

    def rank(self, vector: csr_matrix) -> list[tuple[str, float]]:
        """Every label with its confidence, the likeliest first."""
        values = (vector @ self._weights)[0] + self._intercepts
        powers = np.exp(values - values.max())
        confidences = powers / powers.sum()
        return [
            (self._labels[place], float(confidences[place])) for place in np.argsort(-confidences)
        ]

    def save(self, folder: Path, name: str) -> None:
        """Writes the classifier as plain JSON and numbers: no code is stored with a model."""
        (folder / f"{name}.json").write_text(json.dumps(self._labels), "utf-8")
        np.savez(folder / f"{name}.npz", weights=self._weights.T, intercepts=self._intercepts)

    @classmethod
    def load(cls, folder: Path, name: str) -> "LinearClassifier":
        """The classifier that was saved under this name."""
        labels = json.loads((folder / f"{name}.json").read_text("utf-8"))
        with np.load(folder / f"{name}.npz") as numbers:
            return cls(labels, numbers["weights"], numbers["intercepts"])
