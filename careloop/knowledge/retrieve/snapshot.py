"""The passages of one tenant as the index sees them: immutable, shared between threads."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from careloop.knowledge.language.model_names import ModelNames, canonical_model
from careloop.knowledge.language.termbase import termbase
from careloop.knowledge.retrieve.dense import Dense
from careloop.knowledge.retrieve.index import CONCEPT, Index, IndexBuilder
from careloop.knowledge.retrieve.scope import Group, Scope, covers

_MODEL_HEADER = re.compile(
    r"型号|机型|models?\b|modelos?\b|modell|modèle|модел|モデル|機種|모델", re.I
)

Ints = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """A published document without its passages."""

    id: str
    key: str
    lang: str
    title: str
    type: str
    models: tuple[str, ...]
    audience: str
    firmware: str
    effective_from: date | None
    effective_until: date | None
    updated: date | None
    supersedes: tuple[str, ...]
    translation: str
    figures: Mapping[str, Any] = field(default_factory=dict)
    """Its pictures by name, see `models.Edition`."""
    feedback: float = 0.0
    """Log-odds that its answers helped, -1..1; 0 without verdicts. See `learning.queries.score`."""


@dataclass(frozen=True, slots=True)
class SourcePassage:
    """A compiled passage of the document at position `document` of the snapshot.

    `models` are those its own heading or row names; empty when it speaks for the document.
    """

    id: str
    document: int
    ordinal: int
    section: str
    section_ordinal: int
    kind: str
    text: str
    codes: tuple[str, ...]
    hazard: dict[str, Any] | None
    data: dict[str, Any]
    page: int | None
    models: tuple[str, ...]


@dataclass(slots=True)
class Snapshot:
    """Everything one search needs. Passages of a document stand together, in order."""

    revision: int
    documents: list[SourceDocument]
    passages: list[SourcePassage]
    first: Ints
    """Position of each document's first passage, and the end of the last."""
    document_of: Ints
    index: Index
    models: ModelNames
    groups: list[Group]
    group_of: Ints
    by_key: dict[str, list[int]]
    title_terms: list[frozenset[int]]
    code_prefixes: frozenset[str]
    """Letters that this maker's codes and models begin with."""
    languages: frozenset[str] = frozenset()
    """Languages that documents are written in."""
    dense: Dense | None = None
    """Vectors of the passages, where a model has made them."""
    families: dict[str, frozenset[str]] | None = None
    """What `families` has learnt from the documents; None until asked for."""
    _masks: dict[Scope, npt.NDArray[np.bool_]] = field(default_factory=dict)
    _titles: dict[int, frozenset[int]] = field(default_factory=dict)

    def mask(self, scope: Scope) -> npt.NDArray[np.bool_]:
        """Which passages a search in this scope may see."""
        known = self._masks.get(scope)
        if known is None:
            allowed = np.array([covers(scope, group) for group in self.groups], dtype=np.bool_)
            known = allowed[self.group_of] if len(self.groups) else np.zeros(0, dtype=np.bool_)
            if len(self._masks) > 64:
                self._masks.clear()
            self._masks[scope] = known
        return known

    def title_of(self, document: int) -> frozenset[int]:
        """The term ids of a document's title: its words, and the concepts these name."""
        known = self._titles.get(document)
        if known is None:
            source = self.documents[document]
            ids = (self.index.id_of(CONCEPT + name) for name in _named(source.title, source.lang))
            known = self.title_terms[document] | {term for term in ids if term is not None}
            self._titles[document] = known
        return known

    def passages_of(self, document: int) -> list[SourcePassage]:
        return self.passages[self.first[document] : self.first[document + 1]]


class SnapshotBuilder:
    """Takes documents, then their passages in the same order, and builds a snapshot."""

    def __init__(self, documents: Iterable[SourceDocument]) -> None:
        self.documents = list(documents)
        self._positions = {document.id: at for at, document in enumerate(self.documents)}
        self.models = ModelNames(name for document in self.documents for name in document.models)
        self._passages: list[SourcePassage] = []
        self._index = IndexBuilder()
        self._groups: dict[Group, int] = {}
        self._group_of: list[int] = []
        self._superseded = _superseded(self.documents)
        self._section_models: dict[str, tuple[str, ...]] = {}

    def add(
        self, document_id: str, passage_id: str, ordinal: int, section: str, section_ordinal: int,
        kind: str, text: str, search: str, codes: Sequence[str], hazard: dict[str, Any] | None,
        data: dict[str, Any], page: int | None,
    ) -> None:  # fmt: skip
        """One passage; those of a document must come together."""
        at = self._positions.get(document_id)
        if at is None:
            return
        models, group = self.group_of(at, section, kind, data)
        self._group_of.append(self._groups.setdefault(group, len(self._groups)))
        self._index.add(search)
        self._passages.append(
            SourcePassage(
                passage_id, at, ordinal, section, section_ordinal, kind, text, tuple(codes),
                hazard, data, page, models,
            )
        )  # fmt: skip

    def group_of(
        self, at: int, section: str, kind: str, data: dict[str, Any]
    ) -> tuple[tuple[str, ...], Group]:
        """The models that a passage of the document at `at` itself names, and its filters."""
        document = self.documents[at]
        models = self._own_models(document, section, kind, data)
        return models, Group(
            models or document.models, document.audience, document.firmware,
            document.effective_from, document.effective_until, self._superseded.get(document.key),
        )  # fmt: skip

    def build(self, revision: int) -> Snapshot:
        document_of = np.array([item.document for item in self._passages], dtype=np.int32)
        by_key: dict[str, list[int]] = defaultdict(list)
        for at, document in enumerate(self.documents):
            by_key[document.key].append(at)
        index = self._index.build()
        first = np.searchsorted(document_of, np.arange(len(self.documents) + 1)).astype(np.int32)
        return Snapshot(
            revision, self.documents, self._passages, first, document_of, index, self.models,
            list(self._groups), np.array(self._group_of, dtype=np.int32), dict(by_key),
            self._index.title_terms(first), self._prefixes(),
            frozenset(document.lang for document in self.documents),
        )  # fmt: skip

    def _prefixes(self) -> frozenset[str]:
        codes = {code for passage in self._passages for code in passage.codes}
        codes.update(canonical_model(name) for doc in self.documents for name in doc.models)
        return prefixes(codes)

    def _own_models(
        self, document: SourceDocument, section: str, kind: str, data: dict[str, Any]
    ) -> tuple[str, ...]:
        """Models that the heading or the first cells of a row name, where that narrows."""
        named = self._named(section)
        if kind == "table_row":
            cells = data.get("cells", ())
            headers = data.get("headers", ())
            for at, cell in enumerate(cells):
                found = self._named(cell)
                # A cell that is but a model's name, or stands under "model", binds its row.
                if found and (
                    (at < len(headers) and _MODEL_HEADER.search(headers[at]))
                    or (at < 2 and len(re.sub(r"[\W_]+", "", self.models.mask(cell))) <= 8)
                ):
                    named = found
                    break
        if document.models:
            named = tuple(name for name in named if name in document.models)
        return named if set(named) != set(document.models) else ()

    def _named(self, text: str) -> tuple[str, ...]:
        if text not in self._section_models:
            self._section_models[text] = tuple(self.models.find(text)) if len(self.models) else ()
        return self._section_models[text]


@lru_cache(maxsize=20_000)
def _named(title: str, lang: str) -> tuple[str, ...]:
    """Concepts that a title names."""
    found = termbase().concepts(title, lang, nested=True)
    return tuple(dict.fromkeys(match.concept for match in found))


def prefixes(codes: Iterable[str]) -> frozenset[str]:
    """The letters that codes begin with."""
    return frozenset(prefix for prefix in map(_letters, codes) if prefix)


def _letters(code: str) -> str:
    match = re.match(r"[a-z]+", code)
    return match[0] if match else ""


def _superseded(documents: Sequence[SourceDocument]) -> dict[str, date]:
    """From which day a document's key is replaced by another published one."""
    replaced: dict[str, date] = {}
    for document in documents:
        for key in document.supersedes:
            since = document.effective_from or date.min
            if key != document.key:
                replaced[key] = min(since, replaced.get(key, date.max))
    return replaced
