"""From scored postings to an ordered list of passages, explained by what they cover."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from careloop.knowledge.language.near_names import Near, near_concepts
from careloop.knowledge.language.units import MEASURED
from careloop.knowledge.retrieve.dense import Floats, fused
from careloop.knowledge.retrieve.families import models_meant
from careloop.knowledge.retrieve.index import CONCEPT, OWN
from careloop.knowledge.retrieve.properties import EXTENTS, alike
from careloop.knowledge.retrieve.question import Question, Wants
from careloop.knowledge.retrieve.snapshot import Snapshot

Mask = npt.NDArray[np.bool_]

CONCEPT_WEIGHT, CONCEPT_WEIGHT_ACROSS = 1.5, 1.9
"""The second for questions in a language that the library has no document in: words that two
languages share by chance should not outweigh meanings."""
CODE_WEIGHT = 2.7
WORD_IN_CONCEPT_WEIGHT = 0.7
HISTORY_WEIGHT = 0.33
CANDIDATES = 120
DOCUMENT_COVERAGE = 0.30
TITLE_COVERAGE = 0.2
KIND_BONUS = 0.2
LANGUAGE_BONUS = 0.03
EXTENT = 0.42
NEAR_NAME, NEAR_FROM = 0.5, 0.3
AMBIGUOUS, PART = 0.6, 0.45
ALIKE_WEIGHT = 0.3
OWN_COVERAGE = 0.05
WITHOUT_PROPERTY = 0.72
WITHOUT_VALUE = 0.88
"""For passages without a value in the unit of the property, where others have one."""
"""Factor for a passage that does not speak of any property asked for."""
WITHOUT_CODE = 0.35
"""Factor for a passage without the code asked about, when another has it."""
OTHER_MACHINE, THIS_MACHINE = 0.45, 1.15
"""Factors where the question names a kind of machine ("the labeller") and no model: for what is
written for other machines, and for that one."""
WHOLE_TABLE = 0.88
"""Factor for a table as a whole: its rows answer more closely."""
_FOR_VALUE = {"procedure": 0.8, "table": 0.65}
"""Factors for steps and whole tables when a value is asked for."""

_KINDS = {
    Wants.STEPS: (
        frozenset({"procedure", "step_list"}),
        frozenset({"procedure", "troubleshooting"}),
    ),
    Wants.VALUE: (frozenset({"table_row"}), frozenset({"spec", "policy", "faq"})),
    Wants.CAUSE: (frozenset({"table_row", "text"}), frozenset({"troubleshooting", "faq"})),
    Wants.ANY: (frozenset[str](), frozenset[str]()),
}


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the question. `id` is None when nothing visible holds it; `weight` has the idf."""

    text: str
    kind: str
    id: int | None
    weight: float


@dataclass(frozen=True, slots=True)
class Ranked:
    """A passage with its score and the shares (0..1) of the question's weight that the passage
    and its document cover."""

    passage: int
    score: float
    covered: float
    document_covered: float


@dataclass(frozen=True, slots=True)
class Ranking:
    """Passages best first and the terms they were ranked by."""

    ranked: list[Ranked]
    terms: list[Term]


def question_terms(snapshot: Snapshot, question: Question, visible: Mask) -> list[Term]:
    """The terms of a question with their weights in this snapshot."""
    index = snapshot.index
    concept_weight = _concept_weight(snapshot, question)
    wanted = [(word, "word", WORD_IN_CONCEPT_WEIGHT if word in question.in_concept else 1.0)
              for word in question.words]  # fmt: skip
    shares = _shares(snapshot, question)
    wanted += [
        (
            CONCEPT + concept,
            "concept",
            concept_weight * shares.get(concept, 1.0) * (EXTENT if concept in EXTENTS else 1.0),
        )
        for concept in question.concepts
    ]
    wanted += [(code, "code", CODE_WEIGHT) for code in question.codes]
    wanted += [(CONCEPT + n.concept, "near", concept_weight * NEAR_NAME * n.closeness)
               for n in near_names(snapshot, question)]  # fmt: skip
    terms = []
    for text, kind, weight in wanted:
        weight *= question.focus.get(text.removeprefix(CONCEPT), 1.0)
        found = index.id_of(text)
        if found is not None and not visible[index.postings(found)[0]].any():
            found = None
        idf = index.unknown_idf if found is None else float(index.idf[found])
        terms.append(Term(text, kind, found, weight * idf))
    return terms


def near_names(snapshot: Snapshot, question: Question) -> list[Near]:
    """Concepts that words which neither the termbase nor the library knows come near to."""
    found: dict[str, float] = {}
    for tokens, weight in question.content:
        if weight < NEAR_FROM or any(snapshot.index.id_of(token) is not None for token in tokens):
            continue
        for token in tokens:
            for near in near_concepts(token, question.lang):
                closeness = near.closeness * weight / len(tokens)
                if near.concept not in question.concepts:
                    found[near.concept] = max(closeness, found.get(near.concept, 0.0))
    return [Near(concept, closeness) for concept, closeness in found.items()]


def _shares(snapshot: Snapshot, question: Question) -> dict[str, float]:
    """What each concept counts: several that one expression may mean count together little more
    than one, and the parts of an expression less where the whole of it is known."""
    shares: dict[str, float] = {}
    for meaning in question.meanings:
        known = any(
            snapshot.index.id_of(CONCEPT + concept) is not None for concept in meaning.whole
        )
        for concept in meaning.whole:
            shares[concept] = max(shares.get(concept, 0.0), len(meaning.whole) ** -AMBIGUOUS)
        for concept in meaning.parts:
            shares[concept] = max(shares.get(concept, 0.0), PART if known else 1.0)
    return shares


def _concept_weight(snapshot: Snapshot, question: Question) -> float:
    return CONCEPT_WEIGHT if question.lang in snapshot.languages else CONCEPT_WEIGHT_ACROSS


def weights(
    snapshot: Snapshot, question: Question, visible: Mask, history: Question | None = None
) -> tuple[list[Term], list[tuple[int, float]]]:
    """The terms of a question, and every term that scores a passage with what it counts."""
    terms = question_terms(snapshot, question, visible)
    known = [(term.id, term.weight) for term in terms if term.id is not None]
    if history is not None:
        known += [
            (term.id, term.weight * HISTORY_WEIGHT)
            for term in question_terms(snapshot, history, visible)
            if term.id is not None and term.id not in {number for number, _ in known}
        ]
    known += _near(snapshot, question)
    return terms, known


def rank(
    snapshot: Snapshot, question: Question, visible: Mask, history: Question | None = None,
    standing: Floats | None = None,
) -> Ranking:  # fmt: skip
    """Score, filter, take the best, weigh their features; unlimited per document.

    `standing` is what a vector model thinks of each passage, see `dense.Dense.standing`.
    """
    terms, known = weights(snapshot, question, visible, history)
    if not known and standing is None:
        return Ranking([], terms)
    scores = snapshot.index.score(known)
    scores[~visible] = 0.0
    scores = fused(scores, standing, visible)
    best = _best(scores, CANDIDATES)
    if not len(best):
        return Ranking([], terms)
    return Ranking(_weigh(snapshot, question, terms, best, scores[best]), terms)


def _near(snapshot: Snapshot, question: Question) -> list[tuple[int, float]]:
    """Concepts under which the value asked for may stand, though the question says another."""
    if question.wants is not Wants.VALUE:
        return []
    index = snapshot.index
    near = []
    for concept in question.concepts:
        for other in alike(concept):
            term = index.id_of(CONCEPT + other)
            if term is not None and other not in question.concepts:
                weight = ALIKE_WEIGHT * _concept_weight(snapshot, question)
                weight *= question.focus.get(concept, 1.0)
                weight *= EXTENT if concept in EXTENTS else 1.0
                near.append((term, weight * float(index.idf[term])))
    return near


def _best(scores: npt.NDArray[np.float32], count: int) -> npt.NDArray[np.int32]:
    if len(scores) > count:
        top = np.argpartition(scores, len(scores) - count)[-count:]
    else:
        top = np.arange(len(scores))
    top = top[scores[top] > 0]
    return np.sort(top).astype(np.int32)


def _weigh(
    snapshot: Snapshot, question: Question, terms: list[Term],
    best: npt.NDArray[np.int32], scores: npt.NDArray[np.float32],
) -> list[Ranked]:  # fmt: skip
    index = snapshot.index
    documents = snapshot.document_of[best]
    first, end = snapshot.first[documents], snapshot.first[documents + 1]
    total = sum(term.weight for term in terms) or 1.0
    covered = np.zeros(len(best), dtype=np.float64)
    wide = np.zeros(len(best), dtype=np.float64)
    title = np.zeros(len(best), dtype=np.float64)
    for term in terms:
        if term.id is None:
            continue
        covered += index.holds(term.id, best) * term.weight
        wide += index.within(term.id, first, end) * term.weight
        title += (
            np.fromiter(
                (term.id in snapshot.title_of(int(at)) for at in documents), np.bool_, len(best)
            )
            * term.weight
        )
    covered, wide, title = covered / total, wide / total, title / total
    kinds, types = _KINDS[question.wants]
    bonus = np.fromiter(
        (
            KIND_BONUS * (snapshot.passages[at].kind in kinds)
            + KIND_BONUS * (snapshot.documents[of].type in types)
            + LANGUAGE_BONUS * (snapshot.documents[of].lang == question.lang)
            for at, of in zip(best, documents, strict=True)
        ),
        np.float64, len(best),
    )  # fmt: skip
    own = _own(snapshot, terms, best)
    final = scores * (
        1 + DOCUMENT_COVERAGE * wide + TITLE_COVERAGE * title + OWN_COVERAGE * own + bonus
    )
    final *= _fitness(snapshot, question, best)
    order = np.argsort(-final, kind="stable")
    return [
        Ranked(int(best[at]), float(final[at]), float(covered[at]), float(wide[at])) for at in order
    ]


def _own(
    snapshot: Snapshot, terms: list[Term], best: npt.NDArray[np.int32]
) -> npt.NDArray[np.float64]:
    """The share of the question's concepts that each passage itself speaks of."""
    index = snapshot.index
    held, total = np.zeros(len(best), dtype=np.float64), 0.0
    for term in terms:
        if term.kind != "concept":
            continue
        total += term.weight
        own = index.id_of(OWN + term.text.removeprefix(CONCEPT))
        if own is not None:
            held += index.holds(own, best) * term.weight
    return held / (total or 1.0)


def _fitness(
    snapshot: Snapshot, question: Question, best: npt.NDArray[np.int32]
) -> npt.NDArray[np.float64]:
    """Factors for passages that can hardly be what was asked for."""
    fit = np.fromiter(
        (WHOLE_TABLE if snapshot.passages[at].kind == "table" else 1.0 for at in best),
        np.float64, len(best),
    )  # fmt: skip
    fit *= _of_machine(snapshot, question, best)
    codes = [snapshot.index.id_of(code) for code in question.codes]
    held = [snapshot.index.holds(code, best) for code in codes if code is not None]
    if held and np.any(held):
        fit[~np.any(held, axis=0)] *= WITHOUT_CODE
    if question.wants is not Wants.VALUE:
        return fit
    for place, at in enumerate(best):
        fit[place] *= _FOR_VALUE.get(snapshot.passages[at].kind, 1.0)
    if question.properties:
        speaks = np.zeros(len(best), dtype=np.bool_)
        for concept in question.properties:
            for name in (concept, *alike(concept)):
                term = snapshot.index.id_of(OWN + name)
                if term is not None:
                    speaks |= snapshot.index.holds(term, best)
        fit[~speaks] *= WITHOUT_PROPERTY
        valued = np.zeros(len(best), dtype=np.bool_)
        for concept in question.properties:
            term = snapshot.index.id_of(OWN + MEASURED + concept)
            if term is not None:
                valued |= snapshot.index.holds(term, best)
        if np.any(valued):
            fit[~valued] *= WITHOUT_VALUE
    return fit


def _of_machine(
    snapshot: Snapshot, question: Question, best: npt.NDArray[np.int32]
) -> npt.NDArray[np.float64]:
    meant = models_meant(snapshot, question)
    fit = np.ones(len(best), dtype=np.float64)
    for place, at in enumerate(best) if meant else ():
        passage = snapshot.passages[at]
        models = passage.models or snapshot.documents[passage.document].models
        if models:
            fit[place] = OTHER_MACHINE if meant.isdisjoint(models) else THIS_MACHINE
    return fit
