"""Folds for honest figures: near-duplicates stay together, every language is in every fold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from training.utterances import Utterance

FOLDS = 10
ALIKE = 0.6
"""Cosine of character groups from which two messages count as one written twice."""


def folds_of(rows: Sequence[Utterance]) -> np.ndarray:
    """Fold number of each row; the same rows always get the same folds.

    Groups of near-duplicates are dealt out in turn within each language and intent, the largest
    first, so that folds are alike in size and mixture.
    """
    members: dict[int, list[int]] = defaultdict(list)
    for row, group in enumerate(_groups(rows)):
        members[group].append(row)
    strata: dict[tuple[str, str], list[list[int]]] = defaultdict(list)
    for group in members.values():
        strata[rows[group[0]].lang, rows[group[0]].intent].append(group)
    folds = np.zeros(len(rows), dtype=int)
    turn = 0
    for key in sorted(strata):
        for group in sorted(strata[key], key=lambda g: (-len(g), g[0])):
            folds[group] = turn % FOLDS
            turn += 1
    return folds


def _groups(rows: Sequence[Utterance]) -> list[int]:
    parent = list(range(len(rows)))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    by_language: dict[str, list[int]] = defaultdict(list)
    for at, row in enumerate(rows):
        by_language[row.lang].append(at)
    for places in by_language.values():
        vectors = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True)
        matrix = vectors.fit_transform([rows[at].text.lower() for at in places])
        alike = (matrix @ matrix.T).tocoo()
        for a, b, cosine in zip(alike.row, alike.col, alike.data, strict=True):
            if a < b and cosine > ALIKE:
                parent[root(places[a])] = root(places[b])
    return [root(at) for at in range(len(rows))]
