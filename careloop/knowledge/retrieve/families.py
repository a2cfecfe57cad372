"""What a maker's machines are called: "filling machine" stands for all models of its series.

Learnt from the tenant's own documents: a title that names one kind of machine and is for some
models, and text that puts such a name directly beside a model ("测序仪 GS-200").
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from careloop.knowledge.language.negation import UNSPACED
from careloop.knowledge.language.normalize import normalize
from careloop.knowledge.language.termbase import termbase
from careloop.knowledge.retrieve.index import CONCEPT
from careloop.knowledge.retrieve.question import Question
from careloop.knowledge.retrieve.snapshot import Snapshot

_MACHINES = frozenset({"devices", "components_lab_medical", "own"})
"""Tables of the termbase whose components are whole machines."""
_BESIDE = re.compile(r"[\s、,，/|:：()（）\-]*(?:系列|series|serie|série)?[\s、,，/|:：()（）\-]*")
_READ = 40
"""At most so many passages that name a machine are read for models beside the name."""

Families = Mapping[str, frozenset[str]]


def families(snapshot: Snapshot) -> Families:
    """Concepts that name a kind of machine, each with the models it stands for."""
    if snapshot.families is None:
        snapshot.families = _learnt(snapshot) if len(snapshot.models) else {}
    return snapshot.families


def models_meant(snapshot: Snapshot, question: Question) -> frozenset[str]:
    """Models of the kinds of machine that the question names; empty when it names none, or
    names the model itself."""
    if question.models or question.among:
        return frozenset()
    known = families(snapshot)
    return frozenset(name for concept in question.concepts for name in known.get(concept, ()))


def _learnt(snapshot: Snapshot) -> dict[str, frozenset[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for document in snapshot.documents:
        if document.models:
            named = _machines(document.title, document.lang)
            first = document.lang not in UNSPACED or (bool(named) and named[0][1] == 0)
            if first and len({concept for concept, _, _ in named}) == 1:
                found[named[0][0]].update(document.models)
            for concept, _, _ in named:
                found[concept].update(_beside(snapshot, document.title, document.lang, concept))
    for concept in machine_concepts():
        for text, lang in _texts(snapshot, concept):
            for name in _beside(snapshot, text, lang, concept):
                found[concept].add(name)
    return {concept: frozenset(names - {""}) for concept, names in found.items() if names - {""}}


def machine_concepts() -> Iterable[str]:
    """Concepts of the termbase that are whole machines."""
    known = termbase().concepts_by_key.values()
    return [item.key for item in known if item.kind == "component" and item.domain in _MACHINES]


def _machines(text: str, lang: str) -> list[tuple[str, int, int]]:
    known = termbase().concepts_by_key
    return [
        (match.concept, match.start, match.end)
        for match in termbase().concepts(text, lang)
        if match.kind == "component" and known[match.concept].domain in _MACHINES
    ]


def _texts(snapshot: Snapshot, concept: str) -> Iterable[tuple[str, str]]:
    term = snapshot.index.id_of(CONCEPT + concept)
    if term is None:
        return
    for at in snapshot.index.postings(term)[0][:_READ]:
        passage = snapshot.passages[int(at)]
        yield passage.text, snapshot.documents[passage.document].lang


def _beside(snapshot: Snapshot, text: str, lang: str, concept: str) -> Iterable[str]:
    """Models that stand directly beside a name of the machine, and those listed with them."""
    named = [(start, end) for key, start, end in _machines(text, lang) if key == concept]
    models = snapshot.models.matches(text) if named else []
    plain = normalize(text, lang)
    for start, end in named:
        at = end
        for match in models:
            if match.start >= at and _BESIDE.fullmatch(plain[at : match.start]):
                yield match.name or ""
                at = match.end
        before = start
        for match in reversed(models):
            if match.end <= before and _BESIDE.fullmatch(plain[match.end : before]):
                yield match.name or ""
                before = match.start
