"""Learn the reader's weights from `utterances/*.tsv`, or report how well they generalise.

`python -m training.train` writes `careloop/agents/mind/embedded/weights/*.npz`;
`python -m training.train --report` prints figures from held-out folds and writes nothing.
Both give the same result at every run.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import numpy as np
import scipy.sparse as sp
from sklearn.linear_model import LogisticRegression

import careloop.agents.mind.embedded as embedded
from careloop.agents.mind.embedded.classify import HEADS
from careloop.agents.mind.embedded.features import BUCKETS, features
from training.utterances import Utterance, load

WEIGHTS = Path(embedded.__file__).parent / "weights"
STRENGTH = {"intent": 8.0, "signal": 8.0, "sentiment": 4.0, "urgency": 4.0}
"""Inverse of the regularisation, for each head."""
FOLDS = 5


@dataclass(frozen=True, slots=True)
class Model:
    """A trained head: `weights` (BUCKETS, labels) and `bias` (labels)."""

    labels: list[str]
    weights: np.ndarray
    bias: np.ndarray

    def scores(self, matrix: sp.csr_matrix) -> np.ndarray:
        return np.asarray(matrix @ self.weights) + self.bias


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


def fit(matrix: sp.csr_matrix, labels: Sequence[str], strength: float) -> Model:
    """Multinomial logistic regression, without any randomness."""
    learner = LogisticRegression(C=strength, max_iter=300, tol=1e-3)
    learner.fit(matrix, np.array(labels))
    return Model([str(c) for c in learner.classes_], learner.coef_.T, learner.intercept_)


def fold_of(row: Utterance) -> int:
    """The same utterance is always in the same fold."""
    return crc32(row.text.encode()) % FOLDS


def held_out(rows: Sequence[Utterance], matrix: sp.csr_matrix, head: str) -> list[str]:
    """For each row the label given by a model that has not seen its fold."""
    folds = np.array([fold_of(row) for row in rows])
    wanted = np.array([getattr(row, head) for row in rows])
    given = np.empty(len(rows), dtype=object)
    for fold in range(FOLDS):
        test = folds == fold
        model = fit(matrix[~test], wanted[~test].tolist(), STRENGTH[head])
        given[test] = [model.labels[i] for i in model.scores(matrix[test]).argmax(axis=1)]
    return given.tolist()


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


def report(rows: Sequence[Utterance]) -> None:
    """Accuracy by language, precision and recall by label, on held-out folds."""
    matrix = matrix_of(rows)
    for head in HEADS:
        wanted = [getattr(row, head) for row in rows]
        given = held_out(rows, matrix, head)
        _print_head(head, rows, wanted, given)


def _print_head(head: str, rows: Sequence[Utterance], wanted: list[str], given: list[str]) -> None:
    right = [a == b for a, b in zip(wanted, given, strict=True)]
    print(f"{head}: {np.mean(right):.3f} of {len(rows)}")
    by_language = defaultdict(list)
    for row, hit in zip(rows, right, strict=True):
        by_language[row.lang].append(hit)
    print("  " + "  ".join(f"{lang} {np.mean(hits):.3f}" for lang, hits in by_language.items()))
    for label in sorted(set(wanted)):
        hit = sum(a == b == label for a, b in zip(wanted, given, strict=True))
        print(
            f"  {label:22} precision {hit / max(1, given.count(label)):.3f}"
            f"  recall {hit / wanted.count(label):.3f}  of {wanted.count(label)}"
        )


def train(rows: Sequence[Utterance]) -> None:
    """Write the weights of every head, learned from all rows."""
    matrix = matrix_of(rows)
    WEIGHTS.mkdir(exist_ok=True)
    for head in HEADS:
        model = fit(matrix, [getattr(row, head) for row in rows], STRENGTH[head])
        save(model, WEIGHTS / f"{head}.npz")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--report", action="store_true", help="held-out figures, writes nothing")
    rows = load()
    if parser.parse_args().report:
        report(rows)
    else:
        train(rows)


if __name__ == "__main__":
    main()
