"""Intent, hand-off signal, sentiment and urgency by learned linear weights; numpy only."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import numpy as np
import numpy.typing as npt

from careloop.agents.mind.embedded.features import BUCKETS, features

HEADS = ("intent", "signal", "sentiment", "urgency")


@dataclass(frozen=True, slots=True)
class Scores:
    """Probability of each label, for each head."""

    intent: dict[str, float]
    signal: dict[str, float]
    sentiment: dict[str, float]
    urgency: dict[str, float]


@dataclass(frozen=True, slots=True)
class Head:
    """One linear classifier: `weights` int8 (buckets, labels), times `scale` for each label.

    Its buckets may be fewer than those of the features by a power of two; they fold.
    """

    labels: tuple[str, ...]
    weights: npt.NDArray[np.int8]
    scale: npt.NDArray[np.float32]
    bias: npt.NDArray[np.float32]

    def probabilities(
        self, indices: npt.NDArray[np.int32], values: npt.NDArray[np.float32]
    ) -> dict[str, float]:
        weights = self.weights[indices % len(self.weights)].astype(np.float32)
        logits = (values @ weights) * self.scale + self.bias
        odds = np.exp(logits - logits.max())
        shares = odds / odds.sum()
        return {label: float(share) for label, share in zip(self.labels, shares, strict=True)}


def classify(text: str, lang: str) -> Scores:
    """Learned probabilities for one message; the same text always gets the same scores."""
    indices, values = features(text, lang)
    heads = {name: _head(name).probabilities(indices, values) for name in HEADS}
    return Scores(**heads)


def best(probabilities: dict[str, float]) -> tuple[str, float]:
    """The likeliest label and its probability."""
    label = max(probabilities, key=lambda key: probabilities[key])
    return label, probabilities[label]


@lru_cache(maxsize=len(HEADS))
def _head(name: str) -> Head:
    source = resources.files("careloop.agents.mind.embedded") / "weights" / f"{name}.npz"
    with resources.as_file(source) as path, np.load(path, allow_pickle=False) as stored:
        head = Head(
            tuple(str(label) for label in stored["labels"]),
            stored["weights"],
            stored["scale"],
            stored["bias"],
        )
    if BUCKETS % len(head.weights) or head.weights.shape[1] != len(head.labels):
        raise ValueError(f"weights/{name}.npz does not fit the features; run training.train again")
    return head
