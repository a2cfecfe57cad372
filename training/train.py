"""Learn the reader's weights from `utterances/*.tsv`, or report how well they generalise.

`python -m training.train` writes `careloop/agents/mind/embedded/weights/*.npz`;
`python -m training.train --report` prints figures from held-out folds and writes nothing.
Both give the same result at every run.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import scipy.sparse as sp
from sklearn.svm import LinearSVC

import careloop.agents.mind.embedded as embedded
from careloop.agents.mind.embedded.classify import HEADS, Scores
from careloop.agents.mind.embedded.features import BUCKETS, features
from training.folds import FOLDS, folds_of
from training.utterances import Utterance, load

WEIGHTS = Path(embedded.__file__).parent / "weights"
STRENGTH = {"intent": 0.3, "signal": 0.3, "sentiment": 0.2, "urgency": 0.2}
"""Inverse of the regularisation, for each head."""
SHARPNESS = {"intent": 3.2, "signal": 2.7, "sentiment": 2.3, "urgency": 2.1}
"""Factor from margins to log-odds; `--report` prints the one that fits held-out folds best."""
LEAST = 2
"""Rows a bucket must occur in to get a weight: what is seen once does not generalise."""


@dataclass(frozen=True, slots=True)
class Model:
    """A trained head: `weights` (BUCKETS, labels) and `bias` (labels), in log-odds."""

    labels: list[str]
    weights: np.ndarray
    bias: np.ndarray

    def shares(self, matrix: sp.csr_matrix) -> np.ndarray:
        """Probability of each label, (rows, labels)."""
        logits = np.asarray(matrix @ self.weights) + self.bias
        odds = np.exp(logits - logits.max(axis=1, keepdims=True))
        return odds / odds.sum(axis=1, keepdims=True)


def matrix_of(rows: Sequence[Utterance]) -> sp.csr_matrix:
    """Features of the rows, (rows, BUCKETS)."""
    data, indices, ends = [], [], [0]
    for row in rows:
        at, values = features(row.text, row.lang)
        indices.append(at)
        data.append(values)
        ends.append(ends[-1] + len(at))
    parts = np.concatenate(data), np.concatenate(indices), np.array(ends)
    return sp.csr_matrix(parts, shape=(len(rows), BUCKETS))


def fit(matrix: sp.csr_matrix, labels: Sequence[str], head: str) -> Model:
    """One linear support vector machine for each label, its margins scaled to log-odds."""
    often = np.diff(matrix.tocsc().indptr) >= LEAST
    kept = matrix[:, np.flatnonzero(often)]
    learner = LinearSVC(C=STRENGTH[head], tol=1e-3, max_iter=3000, random_state=0)
    learner.fit(kept, np.array(labels))
    weights = np.zeros((matrix.shape[1], len(learner.classes_)))
    weights[often] = learner.coef_.T * SHARPNESS[head]
    return Model([str(c) for c in learner.classes_], weights, learner.intercept_ * SHARPNESS[head])


def held_out(rows: Sequence[Utterance]) -> list[Scores]:
    """For each row the shares given by models that have not seen its fold."""
    matrix, folds = matrix_of(rows), folds_of(rows)
    found: list[dict[str, dict[str, float]]] = [{} for _ in rows]
    for head in HEADS:
        wanted = np.array([getattr(row, head) for row in rows])
        for fold in range(FOLDS):
            test = folds == fold
            model = fit(matrix[~test], wanted[~test].tolist(), head)
            for at, shares in zip(np.flatnonzero(test), model.shares(matrix[test]), strict=True):
                found[at][head] = dict(zip(model.labels, shares.tolist(), strict=True))
    return [Scores(**heads) for heads in found]


def save(model: Model, path: Path) -> None:
    """int8 weights with one scale for each label."""
    scale = np.abs(model.weights).max(axis=0) / 127.0
    scale[scale == 0] = 1.0
    quantised = np.round(model.weights / scale).astype(np.int8)
    np.savez_compressed(
        path,
        labels=np.array(model.labels),
        weights=quantised,
        scale=scale.astype(np.float32),
        bias=model.bias.astype(np.float32),
    )


def train(rows: Sequence[Utterance]) -> None:
    """Write the weights of every head, learned from all rows."""
    matrix = matrix_of(rows)
    WEIGHTS.mkdir(exist_ok=True)
    for head in HEADS:
        save(fit(matrix, [getattr(row, head) for row in rows], head), WEIGHTS / f"{head}.npz")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--report", action="store_true", help="held-out figures, writes nothing")
    rows = load()
    if parser.parse_args().report:
        from training.report import report

        report(rows, held_out(rows))
    else:
        train(rows)


if __name__ == "__main__":
    main()
