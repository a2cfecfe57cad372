"""How likely the library holds the answer, and why: decides between answering and abstaining.

A logistic regression over the features of `evidence`, with one set of weights for a document in
the question's language and one for a document in another, where ordinary words cannot be found
and only concepts, codes and names speak. `training/fit_confidence.py` fits the weights.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from careloop.knowledge.language.termbase import termbase
from careloop.knowledge.retrieve.confidence_weights import ACROSS, SAME
from careloop.knowledge.retrieve.evidence import Unit, features, units_of
from careloop.knowledge.retrieve.question import Question
from careloop.knowledge.retrieve.rank import Ranking
from careloop.knowledge.retrieve.snapshot import Snapshot

ABSTAIN_BELOW = 0.4
"""Chosen on the questions it was fitted on: the lowest that refuses nine of ten near misses."""
ASK_BELOW = 0.4
"""Below this not even the model is asked for: the answer would hardly be found."""

_OF_A_PURCHASE = frozenset(
    {"price", "brand_new", "machine", "purchase_order", "quotation", "quantity", "power"}
)


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
    if not any(unit.document >= 0.5 and unit.kind != "extent" for unit in units):
        return Verdict(0.1, ("nothing that is asked for is named", *_reasons(units)))
    if _price_of_another_thing(snapshot, question, ranking):
        return Verdict(0.15, ("prices are known, but not that of the machine", *_reasons(units)))
    bias, *weights = SAME if same_language(snapshot, question, ranking) else ACROSS
    total = bias + sum(weight * value for weight, value in zip(weights, values, strict=True))
    return Verdict(round(1 / (1 + math.exp(-total)), 3), _reasons(units))


def _price_of_another_thing(snapshot: Snapshot, question: Question, ranking: Ranking) -> bool:
    """Whether the price of the machine itself is asked and the passage is for every model: it
    tells what a visit or a part costs."""
    if "price" not in question.properties or not set(question.concepts) <= _OF_A_PURCHASE:
        return False
    passage = snapshot.passages[ranking.ranked[0].passage]
    return not (passage.models or snapshot.documents[passage.document].models)


def same_language(snapshot: Snapshot, question: Question, ranking: Ranking) -> bool:
    """Whether the best passage is in the question's language."""
    best = snapshot.passages[ranking.ranked[0].passage]
    return snapshot.documents[best.document].lang == question.lang


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


def _reasons(units: Sequence[Unit]) -> tuple[str, ...]:
    weight = sum(unit.weight for unit in units) or 1.0
    covered = sum(unit.weight * unit.document for unit in units) / weight
    found = [_named(unit) for unit in units if unit.document > 0.5]
    lost = [_named(unit) for unit in units if unit.document <= 0.5]
    reasons = [f"covers {covered:.0%} of the question"]
    if found:
        reasons.append("found: " + ", ".join(found[:8]))
    if lost:
        reasons.append("not found: " + ", ".join(lost[:8]))
    return tuple(reasons)


def _named(unit: Unit) -> str:
    plain = unit.kind in ("code", "name", "word")
    return unit.name if plain else termbase().name(unit.name, "en")
