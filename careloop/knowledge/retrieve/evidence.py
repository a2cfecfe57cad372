"""What speaks for and against the best passage: the parts of the question and who covers them.

A question is split into units: codes, expressions that name concepts, and words that no concept
stands for. A unit weighs by its rarity and by how much it belongs to what is asked (see `focus`).
A passage covers a concept best when it speaks of it itself, less when only its title or the rest
of its document does.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from careloop.knowledge.language.near_names import near_concepts
from careloop.knowledge.language.termbase import termbase
from careloop.knowledge.language.units import MEASURABLE, MEASURED
from careloop.knowledge.retrieve.families import families
from careloop.knowledge.retrieve.index import CONCEPT, OWN
from careloop.knowledge.retrieve.properties import BESIDE, EXTENTS, THINGS, alike
from careloop.knowledge.retrieve.question import Meaning, Question, Wants
from careloop.knowledge.retrieve.rank import NEAR_FROM, Ranking
from careloop.knowledge.retrieve.snapshot import Snapshot

FEATURES = (
    "property held", "property missing", "thing not beside property", "missing thing",
    "missing symptom", "missing action", "missing words", "missing name", "code held", "evidence",
    "words held", "passage", "document", "margin", "title", "of this model", "no figure",
    "together", "held first", "strange", "agreement", "told elsewhere", "not beside", "no property",
    "score", "value lacking", "matter lost",
)  # fmt: skip
SIGNS = (
    1,
    -1,
    -1,
    -1,
    -1,
    -1,
    -1,
    -1,
    1,
    1,
    1,
    1,
    1,
    1,
    1,
    1,
    -1,
    1,
    1,
    -1,
    1,
    -1,
    -1,
    -1,
    1,
    -1,
    -1,
)
"""Whether a feature can only speak for or only against an answer."""

_IN_TITLE, _IN_DOCUMENT, _BY_PART, _ALIKE, _NEAR = 0.9, 0.6, 0.4, 0.5, 0.6
_EXTENT_WEIGHT, _BESIDE_WEIGHT = 0.4, 0.15
_FOREIGN_WORD, _WORD_BESIDE_VALUE, _WORD_BESIDE_THING = 0.15, 0.3, 0.5
_SHARING = 3
_NAMING = frozenset({"code", "property", "thing", "symptom", "name"})


@dataclass(frozen=True, slots=True)
class Unit:
    """A part of the question. `kind` is code, property, extent, thing, symptom, matter (of the
    service or of a purchase), action, name or word; `weight` has its rarity and focus, about 0..1;
    `passage` and `document` are the shares (0..1) that the best passage and its document cover."""

    name: str
    kind: str
    weight: float
    passage: float
    document: float
    known: bool = True
    """Whether anything visible holds it."""


def features(
    snapshot: Snapshot, question: Question, ranking: Ranking, units: Sequence[Unit]
) -> list[float]:
    """The values of `FEATURES`, each about 0..1."""
    best = ranking.ranked[0]
    at = snapshot.passages[best.passage]
    asked = [unit for unit in units if unit.kind == "property"]
    held = sum(unit.passage for unit in asked) / len(asked) if asked else 0.0
    things = [unit for unit in units if unit.kind == "thing"]
    value = question.wants is Wants.VALUE
    beside = _word_share(units, snapshot.documents[at.document].lang != question.lang)
    shares = [(unit.weight * (beside if unit.kind == "word" else 1.0), unit) for unit in units]
    weight = sum(share for share, _ in shares) or 1.0
    known = sum(term.weight for term in ranking.terms if term.id is not None) or 1.0
    title = sum(t.weight for t in ranking.terms if t.id in snapshot.title_of(at.document))
    codes = [unit.document for unit in units if unit.kind == "code"]
    concepts = [unit for unit in units if unit.kind not in ("word", "name", "extent")]
    return [
        held,
        float(bool(asked)) * (1 - held),
        float(value) * max((u.weight * (1 - u.passage) for u in things), default=0.0),
        _missing(units, "thing"),
        _missing(units, "symptom"),
        _missing(units, "action"),
        _enough(u.weight * (1 - u.document) for u in units if u.kind == "word"),
        _missing(units, "name"),
        min(codes, default=0.0),
        _enough(u.weight * u.document for u in concepts),
        _enough(u.weight * u.document for u in units if u.kind == "word"),
        sum(share * unit.passage for share, unit in shares) / weight,
        sum(share * unit.document for share, unit in shares) / weight,
        _margin(snapshot, ranking),
        title / known,
        _for_models(snapshot, best.passage, question.models),
        float(value and not re.search(r"\d", snapshot.models.mask(at.text))),
        _together(concepts),
        max((unit.weight * unit.passage for unit in concepts), default=0.0),
        _enough(u.weight * (not u.known) for u in concepts),
        _agreement(snapshot, ranking),
        max((u.weight * (1 - u.document) for u in concepts if u.known), default=0.0),
        max((u.weight * (1 - u.passage) for u in concepts if u.known), default=0.0),
        float(value and not asked),
        min(1.0, best.score / (sum(term.weight for term in ranking.terms) or 1.0) / 3),
        float(_value_lacking(snapshot, question, at.document)),
        _lost(units),
    ]


def _value_lacking(snapshot: Snapshot, question: Question, document: int) -> bool:
    """Whether the value asked for has units of its own, and no such value is in the document."""
    asked = MEASURABLE.intersection(question.properties)
    if not asked:
        return False
    first, end = (
        snapshot.first[document : document + 1],
        snapshot.first[document + 1 : document + 2],
    )
    terms = [snapshot.index.id_of(OWN + MEASURED + concept) for concept in asked]
    return not any(t is not None and snapshot.index.within(t, first, end)[0] for t in terms)


def _lost(units: Sequence[Unit]) -> float:
    """How far what is missing outweighs what is held, of the units that name the matter."""
    named = [unit for unit in units if unit.kind in _NAMING]
    held = max((unit.weight * unit.passage for unit in named), default=0.0)
    lost = max((unit.weight * (1 - unit.document) for unit in named), default=0.0)
    return max(0.0, lost - held)


def _together(concepts: Sequence[Unit]) -> float:
    """How far the passage brings a second thing asked for together with the first."""
    held = sorted((unit.weight * unit.passage for unit in concepts), reverse=True)
    return held[1] if len(held) > 1 else 0.0


def _agreement(snapshot: Snapshot, ranking: Ranking) -> float:
    """The share of the five best passages that are of the best one's document."""
    first = snapshot.passages[ranking.ranked[0].passage].document
    near = ranking.ranked[:5]
    return sum(snapshot.passages[item.passage].document == first for item in near) / len(near)


def _word_share(units: Sequence[Unit], foreign: bool) -> float:
    """How much ordinary words count beside the terms that carry the topic."""
    kinds = {unit.kind for unit in units}
    if foreign:
        return _FOREIGN_WORD
    if kinds & {"property", "code"}:
        return _WORD_BESIDE_VALUE
    return _WORD_BESIDE_THING if kinds & {"thing", "symptom"} else 1.0


def units_of(
    snapshot: Snapshot, question: Question, ranking: Ranking, visible: npt.NDArray[np.bool_]
) -> list[Unit]:
    """The parts of the question and how the best document covers them."""
    look = _Look(snapshot, question, ranking.ranked[0].passage, visible)
    units = [look.unit(code, "code", [code], 1.0) for code in question.codes]
    units += [look.meaning(meaning) for meaning in question.meanings]
    for tokens, weight in question.content:
        name = tokens[0] in question.names
        units.append(look.unit(tokens[0], "name" if name else "word", list(tokens), weight))
    return units


def _enough(weights: Iterable[float]) -> float:
    """A sum that the first term counts most for: 0..1."""
    return 1 - math.exp(-sum(weights))


def _missing(units: Iterable[Unit], kind: str) -> float:
    return max((u.weight * (1 - u.document) for u in units if u.kind == kind), default=0.0)


def _margin(snapshot: Snapshot, ranking: Ranking) -> float:
    best = ranking.ranked[0]
    key = snapshot.documents[snapshot.passages[best.passage].document].key
    rivals = (
        item.score
        for item in ranking.ranked
        if snapshot.documents[snapshot.passages[item.passage].document].key != key
    )
    return 1 - next(rivals, 0.0) / best.score if best.score else 0.0


def _for_models(snapshot: Snapshot, passage: int, models: Sequence[str]) -> float:
    """How closely the passage is bound to the model named: 0 when it is for every model."""
    source = snapshot.passages[passage]
    own = source.models or snapshot.documents[source.document].models
    return min(1.0, _SHARING / len(own)) if set(own) & set(models) else 0.0


def _kind(concept: str, question: Question) -> str:
    known = termbase().concepts_by_key.get(concept)
    kind = known.kind if known is not None else ""
    if kind in ("commercial", "document", "quality"):
        kind = "matter"
    if concept in question.properties:
        return "property"
    if concept in EXTENTS or concept in BESIDE:
        return "extent"
    if kind in THINGS:
        return "thing"
    if kind == "kind":
        return "extent"
    return "symptom" if kind in ("symptom", "cause") else "matter" if kind == "matter" else "action"


class _Look:
    """Looks up terms in one passage and its document."""

    def __init__(
        self, snapshot: Snapshot, question: Question, passage: int, visible: npt.NDArray[np.bool_]
    ) -> None:
        self._index, self._visible, self._question = snapshot.index, visible, question
        document = snapshot.passages[passage].document
        self._passage = np.array([passage], dtype=np.int32)
        self._models = set(snapshot.passages[passage].models or snapshot.documents[document].models)
        self._families = families(snapshot)
        self._title = snapshot.title_of(document)
        self._first = snapshot.first[document : document + 1]
        self._end = snapshot.first[document + 1 : document + 2]
        self._figures = re.search(r"\d", snapshot.passages[passage].text) is not None
        self._most = max(snapshot.index.unknown_idf, 1.0)

    def meaning(self, meaning: Meaning) -> Unit:
        """An expression counts as covered by any of its meanings, less so by one of its parts."""
        whole = [self._concept(concept) for concept in meaning.whole]
        best = max(
            whole,
            key=lambda u: (u.kind == "property", u.passage, u.document, u.kind != "extent"),
        )
        if best.document or not meaning.parts:
            return best
        part = max((self._concept(c) for c in meaning.parts), key=lambda unit: unit.document)
        return Unit(
            best.name, best.kind, best.weight, _BY_PART * part.passage, _BY_PART * part.document,
            best.known or part.known,
        )  # fmt: skip

    def _concept(self, concept: str) -> Unit:
        kind = _kind(concept, self._question)
        if concept in self._families:
            kind = "extent"  # every article about the machine holds it
        weight = self._rarity(CONCEPT + concept) * self._question.focus.get(concept, 1.0)
        if kind == "extent":
            weight *= _BESIDE_WEIGHT if concept in BESIDE else _EXTENT_WEIGHT
        levels = [self._levels(concept)]
        if self._models & self._families.get(concept, frozenset()):
            levels.append((1.0, 1.0))  # written for this kind of machine, named or not
        levels += [
            (_ALIKE * here, _ALIKE * near) for here, near in map(self._levels, alike(concept))
        ]
        if concept in EXTENTS and self._figures:
            levels.append((_ALIKE, _ALIKE))
        here, near = max(levels)
        known = self._seen(CONCEPT + concept) or near > 0
        return Unit(concept, kind, weight, here, near, known)

    def _levels(self, concept: str) -> tuple[float, float]:
        """How far the passage and the document speak of a concept."""
        if self._holds(OWN + concept):
            return 1.0, 1.0
        if self._index.id_of(OWN + concept) is None and self._holds(CONCEPT + concept):
            return 1.0, 1.0  # compiled before passages told their own concepts apart
        term = self._index.id_of(CONCEPT + concept)
        if term is None:
            return 0.0, 0.0
        if term in self._title:
            return 0.5, _IN_TITLE
        if self._holds(CONCEPT + concept):
            return 0.5, _IN_DOCUMENT
        return 0.0, _IN_DOCUMENT * bool(self._index.within(term, self._first, self._end)[0])

    def unit(self, name: str, kind: str, tokens: list[str], weight: float) -> Unit:
        passage, document = 0.0, 0.0
        for token in tokens:
            here = self._holds(token)
            term = self._index.id_of(token)
            near = term is not None and bool(self._index.within(term, self._first, self._end)[0])
            passage += here
            document += 1.0 if here or (term in self._title) else _IN_DOCUMENT * near
        rarity = sum(map(self._rarity, tokens)) / len(tokens)
        known = any(map(self._seen, tokens))
        if not known and weight >= NEAR_FROM:
            here_by_name, near_by_name = self._near(tokens)
            passage, document = here_by_name * len(tokens), near_by_name * len(tokens)
        share = len(tokens)
        return Unit(name, kind, weight * rarity, passage / share, document / share, known)

    def _near(self, tokens: list[str]) -> tuple[float, float]:
        """As `_levels`, of the concepts that an unknown word comes near to."""
        near = [n for token in tokens for n in near_concepts(token, self._question.lang)]
        levels = [(n.closeness, *self._levels(n.concept)) for n in near]
        return max(
            ((_NEAR * close * here, _NEAR * close * there) for close, here, there in levels),
            default=(0.0, 0.0),
        )

    def _holds(self, token: str) -> bool:
        term = self._index.id_of(token)
        return term is not None and bool(self._index.holds(term, self._passage)[0])

    def _rarity(self, token: str) -> float:
        """0..1; what nothing visible holds counts as rarest."""
        term = self._index.id_of(token)
        if term is None or not self._seen(token):
            return 1.0
        return math.sqrt(float(self._index.idf[term]) / self._most)

    def _seen(self, token: str) -> bool:
        term = self._index.id_of(token)
        return term is not None and bool(self._visible[self._index.postings(term)[0]].any())
