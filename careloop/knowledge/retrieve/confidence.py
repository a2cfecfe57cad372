"""How likely the library holds the answer, and why: decides between answering and abstaining.

The question is split into units: codes, concepts, and words that no concept stands for. What
counts is the share of their weight that the best document covers, whether anything important is
missing, and how far the best document stands out. A logistic regression over these features gives
the confidence; its weights were fitted on questions with their documents present and taken away,
one half general reading comprehension, one half service questions in twelve languages; what they
reach is printed by `benchmarks/retrieval.py`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from careloop.knowledge.language.termbase import termbase
from careloop.knowledge.retrieve.index import CONCEPT
from careloop.knowledge.retrieve.question import Meaning, Question
from careloop.knowledge.retrieve.rank import Ranking
from careloop.knowledge.retrieve.snapshot import Snapshot

ABSTAIN_BELOW = 0.5

FEATURES = (
    "passage", "document", "missing thing", "missing concept", "missing word", "missing name",
    "code", "margin", "evidence", "units", "title", "foreign", "foreign x document", "complete",
)  # fmt: skip
WEIGHTS = (
    2.88, 2.28, -0.4, -0.25, -0.1, -2.17, 0.68, 1.54, 2.37, 2.43, 3.88, 1.52, -0.99, 0.2,
)  # fmt: skip
BIAS = -5.2

_THINGS = frozenset({"component", "symptom", "document", "commercial"})
_CONCEPT_WEIGHT = 1.2
_CODE_WEIGHT = 1.6
_FOREIGN_WORD_WEIGHT = 0.45
_IN_DOCUMENT = 0.75
_BY_PART = 0.7
# Concepts that ask how much or how long, or only say that something is wrong.
_EXTENTS = frozenset(
    {"quantity", "duration", "maintenance_interval", "limit_value", "alarm_active", "error_code"}
)
_EXTENT_WEIGHT = 0.4


@dataclass(frozen=True, slots=True)
class Unit:
    """A part of the question. `weight` has its rarity; `passage` and `document` are the shares
    (0..1) that the best passage and its document cover."""

    name: str
    kind: str
    weight: float
    passage: float
    document: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """`confidence` 0..1 and the reasons for it in plain words."""

    confidence: float
    reasons: tuple[str, ...]


def judge(
    snapshot: Snapshot, question: Question, ranking: Ranking, visible: npt.NDArray[np.bool_]
) -> Verdict:
    """The chance that the best passage's document answers the question."""
    unknown = unknown_codes(snapshot, question, visible)
    if unknown:
        return Verdict(0.05, (f"no document for this model knows {', '.join(unknown)}",))
    if question.unknown_model and not question.models:
        return Verdict(0.1, ("the question names a model that is not in the library",))
    if not ranking.ranked:
        return Verdict(0.0, ("nothing in the library matches",))
    units = units_of(snapshot, question, ranking, visible)
    values = features(snapshot, question, ranking, units)
    total = BIAS + sum(weight * value for weight, value in zip(WEIGHTS, values, strict=True))
    return Verdict(round(1 / (1 + math.exp(-total)), 3), _reasons(units, values))


def features(
    snapshot: Snapshot, question: Question, ranking: Ranking, units: Sequence[Unit]
) -> list[float]:
    """The values of `FEATURES`, each about 0..1."""
    best = ranking.ranked[0]
    document = snapshot.passages[best.passage].document
    key = snapshot.documents[document].key
    weight = sum(unit.weight for unit in units) or 1.0
    rival = next(
        (
            item.score
            for item in ranking.ranked
            if snapshot.documents[snapshot.passages[item.passage].document].key != key
        ),
        0.0,
    )
    codes = [unit for unit in units if unit.kind == "code"]
    most = max(snapshot.index.unknown_idf, 1.0)
    covered = sum(unit.document > 0.5 for unit in units)
    wide = sum(unit.weight * unit.document for unit in units)
    title = sum(term.weight for term in ranking.terms if term.id in snapshot.title_terms[document])
    known = sum(term.weight for term in ranking.terms if term.id is not None)
    foreign = float(snapshot.documents[document].lang != question.lang)
    return [
        sum(unit.weight * unit.passage for unit in units) / weight,
        wide / weight,
        _most_missing(units, "thing") / most,
        _most_missing(units, "concept") / most,
        _most_missing(units, "word") / most,
        _most_missing(units, "name") / most,
        min((unit.document for unit in codes), default=0.0),
        1 - rival / best.score if best.score else 0.0,
        min(1.0, wide / most / 4),
        min(1.0, math.log1p(covered) / math.log(6)),
        title / (known or 1.0),
        foreign,
        foreign * wide / weight,
        float(all(unit.document > 0.5 for unit in units)),
    ]


def _most_missing(units: Sequence[Unit], kind: str) -> float:
    return max(
        (unit.weight * (1 - unit.document) for unit in units if unit.kind == kind), default=0
    )


def units_of(
    snapshot: Snapshot, question: Question, ranking: Ranking, visible: npt.NDArray[np.bool_]
) -> list[Unit]:
    """The parts of the question and how the best document covers them."""
    best = ranking.ranked[0]
    document = snapshot.passages[best.passage].document
    foreign = snapshot.documents[document].lang != question.lang
    look = _Look(snapshot, best.passage, document, visible)
    units = [look.unit(code, "code", [code], _CODE_WEIGHT) for code in question.codes]
    units += [look.meaning(meaning) for meaning in question.meanings]
    for tokens, weight in question.content:
        name = tokens[0] in question.names
        share = weight * (_FOREIGN_WORD_WEIGHT if foreign and not name else 1.0)
        units.append(look.unit(tokens[0], "name" if name else "word", list(tokens), share))
    return units


def _kind(concept: str) -> str:
    """`thing` for what a question is about, `concept` for what it asks about it."""
    known = termbase().concepts_by_key.get(concept)
    return "thing" if known is not None and known.kind in _THINGS else "concept"


class _Look:
    """Looks up terms in one passage and its document."""

    def __init__(
        self, snapshot: Snapshot, passage: int, document: int, visible: npt.NDArray[np.bool_]
    ) -> None:
        self._index, self._visible = snapshot.index, visible
        self._passage = np.array([passage], dtype=np.int32)
        self._first, self._end = (
            snapshot.first[document : document + 1],
            snapshot.first[document + 1 : document + 2],
        )

    def meaning(self, meaning: Meaning) -> Unit:
        """An expression counts as covered by any of its meanings, less so by one of its parts."""
        whole = [self._concept(concept) for concept in meaning.whole]
        best = max(whole, key=lambda unit: (unit.passage, unit.document, -unit.weight))
        if best.document or not meaning.parts:
            return best
        part = max((self._concept(c) for c in meaning.parts), key=lambda unit: unit.document)
        return Unit(
            best.name, best.kind, best.weight, _BY_PART * part.passage, _BY_PART * part.document
        )

    def _concept(self, concept: str) -> Unit:
        weight = _CONCEPT_WEIGHT * (_EXTENT_WEIGHT if concept in _EXTENTS else 1.0)
        return self.unit(concept, _kind(concept), [CONCEPT + concept], weight)

    def unit(self, name: str, kind: str, tokens: list[str], weight: float) -> Unit:
        idfs, passage, document = [], 0.0, 0.0
        for token in tokens:
            term = self._index.id_of(token)
            if term is None or not self._visible[self._index.postings(term)[0]].any():
                idfs.append(self._index.unknown_idf)
                continue
            idfs.append(float(self._index.idf[term]))
            here = bool(self._index.holds(term, self._passage)[0])
            near = bool(self._index.within(term, self._first, self._end)[0])
            passage += here
            document += 1.0 if here else _IN_DOCUMENT * near
        size = len(tokens)
        return Unit(name, kind, weight * sum(idfs) / size, passage / size, document / size)


def unknown_codes(
    snapshot: Snapshot, question: Question, visible: npt.NDArray[np.bool_]
) -> list[str]:
    """Codes of the question that nothing visible holds, though they look like this maker's."""
    index = snapshot.index
    unknown = []
    for code in question.codes:
        term = index.id_of(code)
        if term is not None and visible[index.postings(term)[0]].any():
            continue
        prefix = re.match(r"[a-z]*", code)
        if code in question.cued or (prefix and prefix[0] and prefix[0] in snapshot.code_prefixes):
            unknown.append(code)
    return unknown


def _reasons(units: Sequence[Unit], values: Sequence[float]) -> tuple[str, ...]:
    found = [_named(unit) for unit in units if unit.document > 0.5]
    lost = [_named(unit) for unit in units if unit.document <= 0.5]
    reasons = [f"covers {values[1]:.0%} of the question"]
    if found:
        reasons.append("found: " + ", ".join(found[:8]))
    if lost:
        reasons.append("not found: " + ", ".join(lost[:8]))
    return tuple(reasons)


def _named(unit: Unit) -> str:
    return termbase().name(unit.name, "en") if unit.kind in ("concept", "thing") else unit.name
