"""A snapshot of some passages that weighs as one of all passages would."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from careloop.knowledge.language.units import MEASURED
from careloop.knowledge.retrieve.index import CONCEPT, OWN, Corpus, Index, IndexBuilder
from careloop.knowledge.retrieve.properties import alike
from careloop.knowledge.retrieve.question import Question
from careloop.knowledge.retrieve.scope import Scope
from careloop.knowledge.retrieve.snapshot import Snapshot, SourceDocument, SourcePassage
from careloop.knowledge.stores.outlines import IndexOutline

_REST = "rest"
"""Kind of the place that stands for what a document holds beside the passages of the sample."""


@dataclass(frozen=True, slots=True)
class Census(Index):
    """An index of one place that holds every term given, to weigh a question by the statistics of
    the whole; it remembers which terms were asked for."""

    asked: set[str] = field(default_factory=set)

    def id_of(self, term: str) -> int | None:
        self.asked.add(term)
        return self.terms.get(term)


def census(outline: IndexOutline, held: Mapping[str, int]) -> Snapshot:
    """A snapshot in which every term of `held` stands once, for `rank.weights`."""
    builder = IndexBuilder()
    builder.add_terms(held)
    whole = builder.build(Corpus(outline.size, outline.mean, held))
    index = Census(
        whole.terms, whole.starts, whole.passages, whole.impact, whole.idf, whole.size, whole.corpus
    )
    return _snapshot(outline, [], [], index, [0], [])


def vocabulary(question: Question, asked: Iterable[str] = ()) -> set[str]:
    """Every term that ranking or judging a question may look up, with those of `asked`."""
    terms = {*question.words, *question.codes, *asked}
    terms.update(token for tokens, _ in question.content for token in tokens)
    concepts = {term[1:] for term in terms if term.startswith((CONCEPT, OWN))}
    concepts.update(question.concepts)
    for concept in list(concepts):
        concepts.update(alike(concept))
    for concept in concepts:
        terms.update((CONCEPT + concept, OWN + concept, OWN + MEASURED + concept))
    return terms


def sample(
    outline: IndexOutline, documents: Sequence[SourceDocument], rows: Iterable[Any],
    rests: Mapping[str, Sequence[str]], held: Mapping[str, int], scope: Scope | None = None,
) -> Snapshot:  # fmt: skip
    """The passages in `rows`, grouped by document in the order of `documents`.

    Of their terms those in `held` are known, with the number of all passages that hold each.
    `rests` are terms that a document holds anywhere. With `scope` the snapshot knows already what
    a search in it may see.
    """
    by_document: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        by_document[row.document_id].append(row)
    builder = IndexBuilder()
    passages: list[SourcePassage] = []
    groups: list[int] = []
    starts: list[int] = []
    for at, document in enumerate(documents):
        starts.append(len(passages))
        for row in sorted(by_document[document.id], key=lambda row: row.ordinal):
            passages.append(_passage(row, at))
            groups.append(row.grp)
            builder.add(row.search, held)
        if document.id in rests:
            passages.append(_rest(document, at))
            groups.append(len(outline.groups))
            builder.add_terms(rests[document.id])
    index = builder.build(Corpus(outline.size, outline.mean, held))
    made = _snapshot(outline, list(documents), passages, index, groups, [*starts, len(passages)])
    made.title_terms = builder.title_terms(made.first)
    if scope is not None:
        made._masks[scope] = outline.allowed(scope)[made.group_of]
    return made


def _snapshot(
    outline: IndexOutline, documents: list[SourceDocument], passages: list[SourcePassage],
    index: Index, groups: Sequence[int], starts: Sequence[int],
) -> Snapshot:  # fmt: skip
    by_key: dict[str, list[int]] = defaultdict(list)
    for at, document in enumerate(documents):
        by_key[document.key].append(at)
    return Snapshot(
        outline.revision, documents, passages, np.array(starts, dtype=np.int32),
        np.array([item.document for item in passages], dtype=np.int32), index, outline.models,
        list(outline.groups), np.array(groups, dtype=np.int32), dict(by_key), [],
        outline.code_prefixes, outline.languages, families=dict(outline.families),
    )  # fmt: skip


def _passage(row: Any, document: int) -> SourcePassage:
    return SourcePassage(
        row.id, document, row.ordinal, row.section, row.section_ordinal, row.kind, row.text,
        tuple(json.loads(row.codes)) if row.codes else (),
        json.loads(row.hazard) if row.hazard else None,
        json.loads(row.data) if row.data else {}, row.page, tuple(row.models),
    )  # fmt: skip


def _rest(document: SourceDocument, at: int) -> SourcePassage:
    return SourcePassage("", at, -1, "", -1, _REST, "", (), None, {}, None, document.models)
