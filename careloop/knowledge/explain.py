"""Why a passage was found: the parts of the question that it holds, and what each counted."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from careloop.knowledge.language.termbase import termbase
from careloop.knowledge.retrieve.index import CONCEPT
from careloop.knowledge.retrieve.rank import Ranked, Ranking
from careloop.knowledge.retrieve.snapshot import Snapshot

SHOWN = 12


class Reason(NamedTuple):
    """A part of the question that the passage holds; `value` is its share (0..1) of all."""

    feature: str
    value: float


def reasons(snapshot: Snapshot, ranking: Ranking, item: Ranked) -> tuple[Reason, ...]:
    """What the passage holds of the question, the weightiest first, then how much in all."""
    total = sum(term.weight for term in ranking.terms) or 1.0
    here = np.array([item.passage], dtype=np.int32)
    held = [
        Reason(_named(term.text, term.kind), round(term.weight / total, 3))
        for term in ranking.terms
        if term.id is not None and snapshot.index.holds(term.id, here)[0]
    ]
    held.sort(key=lambda reason: -reason.value)
    return (
        *held[:SHOWN],
        Reason("passage", round(item.covered, 3)),
        Reason("document", round(item.document_covered, 3)),
    )


def _named(text: str, kind: str) -> str:
    return termbase().name(text.removeprefix(CONCEPT), "en") if kind == "concept" else text
