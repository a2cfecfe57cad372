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

ABSTAIN_BELOW = 0.5
"""The confidence is the share of questions that the best document answers: below this an answer is
more likely wrong than right, or not there. Chosen on the questions it was fitted on, between
refusing what is not told and answering what is told in other words."""
ASK_BELOW = 0.4
"""Below this not even the model is asked for: the answer would hardly be found. Asking costs less
than a wrong answer."""

_OF_A_PURCHASE = frozenset(
    {"price", "brand_new", "machine", "purchase_order", "quotation", "quantity", "power"}
)
_MATTERS = frozenset(
    {"leasing", "rental_fee", "recruitment", "loan_device", "extended_warranty",
     "trade_in", "discount", "training", "operator_certification", "demonstration",
     "payment_in_instalments", "country_of_origin", "successor_model", "customs", "tariff_code",
     "insurance_claim", "non_disclosure_agreement", "wiring_diagram", "drawing", "parts_list",
     "material_certificate", "calibration_certificate", "conformity_certificate", "test_report",
     "retrofit", "relocation_service", "end_of_support", "video_tutorial"}
)  # fmt: skip
"""Matters of the service and of a purchase that a question is about when it names them."""
_BUYING = frozenset({"price", "quotation", "delivery_time", "delivery"})
_WEIGHTY, _HALF = 0.3, 0.5


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
    if _price_of_another_thing(snapshot, question, ranking, units):
        return Verdict(0.15, ("prices are known, but not of what is asked", *_reasons(units)))
    other = _other_matter(units)
    if other:
        return Verdict(0.15, (f"nothing is told of {other}", *_reasons(units)))
    bias, *weights = SAME if same_language(snapshot, question, ranking) else ACROSS
    total = bias + sum(weight * value for weight, value in zip(weights, values, strict=True))
    return Verdict(round(1 / (1 + math.exp(-total)), 3), _reasons(units))


def _price_of_another_thing(
    snapshot: Snapshot, question: Question, ranking: Ranking, units: Sequence[Unit]
) -> bool:
    """Whether a price is asked and the passage tells others: the price of the machine, and the
    passage is for every model, what a visit costs; or that of a thing it does not speak of."""
    if "price" not in question.properties:
        return False
    if any(u.kind == "thing" and u.weight >= _WEIGHTY and u.passage < _HALF for u in units):
        return True
    if not set(question.concepts) <= _OF_A_PURCHASE:
        return False
    passage = snapshot.passages[ranking.ranked[0].passage]
    return not (passage.models or snapshot.documents[passage.document].models)


def _other_matter(units: Sequence[Unit]) -> str:
    """A matter that is never said beside another, and that the best document does not tell of."""
    buys = any(unit.name in _BUYING for unit in units)
    for unit in units:
        matter = unit.name in _MATTERS or (buys and unit.name == "brand_new")
        if matter and unit.weight >= _WEIGHTY and unit.document < _HALF:
            return termbase().name(unit.name, "en")
    return ""


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
