"""BM25 postings in flat arrays: words, codes and concepts in one matrix.

Score of a term: idf * tf * (k1 + 1) / (tf + k1 * (1 - b + b * length / mean length)), Robertson
and Zaragoza, The Probabilistic Relevance Framework, 2009; tf and length are sums over the fields
title, section and body with their weights (BM25F). Concepts have no length norm.
"""

from __future__ import annotations

import math
from array import array
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]

K1 = 1.2
B = 0.6
FIELD_WEIGHTS = (1.5, 1.0, 1.0)
"""Weights of title, section and body."""
CONCEPT_FIELD_WEIGHTS = (1.5, 1.0)
"""Weights of the concepts of title and section, and of the body."""
CONCEPT = "\x01"
"""Prefix of a concept among the terms."""
OWN = "\x02"
"""Prefix of a concept that the passage itself speaks of, not only its title; never scored."""
_FIELDS, _BODY = 6, 2


@dataclass(frozen=True, slots=True)
class Corpus:
    """Statistics of all passages, for an index that holds a few of them: how many there are,
    their mean length, and how many hold each of some terms."""

    size: int
    mean: float
    held: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Index:
    """Postings by term. `impact` is the term's score in a passage without its idf; `corpus` is
    the number of passages that idf was counted over, where it is not `size`."""

    terms: dict[str, int]
    starts: npt.NDArray[np.int64]
    passages: Ints
    impact: Floats
    idf: Floats
    size: int
    corpus: int = 0

    def id_of(self, term: str) -> int | None:
        return self.terms.get(term)

    def postings(self, term: int) -> tuple[Ints, Floats]:
        """Passages that hold the term, ascending, and its impact in each."""
        span = slice(self.starts[term], self.starts[term + 1])
        return self.passages[span], self.impact[span]

    def count(self, term: int) -> int:
        """How many passages hold the term."""
        return int(self.starts[term + 1] - self.starts[term])

    @property
    def unknown_idf(self) -> float:
        """The weight of a term that no passage holds."""
        return math.log(1 + ((self.corpus or self.size) + 0.5) / 0.5)

    def score(self, weighted: Iterable[tuple[int, float]]) -> Floats:
        """The sum over the terms for every passage."""
        scores = np.zeros(self.size, dtype=np.float32)
        for term, weight in weighted:
            passages, impact = self.postings(term)
            # A term stands at most once in a passage's postings, so no place is written twice.
            scores[passages] += impact * np.float32(weight)
        return scores

    def holds(self, term: int, passages: Ints) -> npt.NDArray[np.bool_]:
        """Whether each passage holds the term."""
        listed = self.postings(term)[0]
        places = np.searchsorted(listed, passages)
        places[places == len(listed)] = 0
        return listed[places] == passages if len(listed) else np.zeros(len(passages), np.bool_)

    def within(self, term: int, first: Ints, end: Ints) -> npt.NDArray[np.bool_]:
        """Whether any passage in each range `first..end` holds the term."""
        listed = self.postings(term)[0]
        found: npt.NDArray[np.bool_] = np.searchsorted(listed, end) > np.searchsorted(listed, first)
        return found


class IndexBuilder:
    """Collects compiled passages; `build` sorts them into postings in one go."""

    def __init__(self) -> None:
        # A new term gets the next number: the factory counts the terms there are.
        self._terms: defaultdict[str, int] = defaultdict()
        self._terms.default_factory = self._terms.__len__
        self._ids: list[array[int]] = [array("i") for _ in range(_FIELDS)]
        self._sizes: list[array[int]] = [array("i") for _ in range(_FIELDS)]
        self._lengths = array("f")

    def add(self, search: str, only: Container[str] | None = None) -> None:
        """One passage in the form of `models.Passage.search`; `only` are the terms to keep."""
        fields = search.split("\n")
        terms = self._terms
        length = 0.0
        for at in range(_FIELDS):
            words = fields[at].split(" ") if at < len(fields) and fields[at] else []
            if at > 2:
                prefix = OWN if at == _FIELDS - 1 else CONCEPT
                words = [prefix + word for word in words]
            elif at:
                length += len(words) * FIELD_WEIGHTS[at]
            if only is not None:
                words = [word for word in words if word in only]
            self._ids[at].extend([terms[word] for word in words])
            self._sizes[at].append(len(words))
        self._lengths.append(length)

    def add_terms(self, terms: Iterable[str]) -> None:
        """A place that holds these terms, each in the form that the index knows them by."""
        ids = [self._terms[term] for term in terms]
        for at in range(_FIELDS):
            self._ids[at].extend(ids if at == _BODY else ())
            self._sizes[at].append(len(ids) if at == _BODY else 0)
        self._lengths.append(0.0)

    def build(self, corpus: Corpus | None = None) -> Index:
        """The postings; weighed by the statistics of `corpus` where that is given, whose terms
        are known even where no passage here holds them."""
        for term in corpus.held if corpus else ():
            self._terms[term]
        self._terms.default_factory = None
        size = len(self._sizes[0])
        sizes = [np.frombuffer(item, dtype=np.int32) for item in self._sizes]
        keys, weights = [], []
        field_weights = (*FIELD_WEIGHTS, *CONCEPT_FIELD_WEIGHTS, 1.0)
        for at, ids in enumerate(self._ids):
            owner = np.repeat(np.arange(size, dtype=np.int64), sizes[at])
            keys.append(np.frombuffer(ids, dtype=np.int32).astype(np.int64) * size + owner)
            weights.append(np.full(len(ids), field_weights[at], dtype=np.float32))
        merged, frequency = _merge(np.concatenate(keys), np.concatenate(weights))
        term_of = (merged // max(size, 1)).astype(np.int32)
        passages = (merged % max(size, 1)).astype(np.int32)
        starts = np.searchsorted(term_of, np.arange(len(self._terms) + 1)).astype(np.int64)
        lengths = np.frombuffer(self._lengths, dtype=np.float32)
        is_concept = np.fromiter(
            (term.startswith((CONCEPT, OWN)) for term in self._terms), np.bool_, len(self._terms)
        )
        mean = max(float(lengths.mean()), 1.0) if size else 1.0
        if corpus is not None:
            mean = max(corpus.mean, 1.0)
        norm = np.where(is_concept[term_of], 1.0, 1 - B + B * (lengths / mean)[passages])
        impact = (frequency * (K1 + 1) / (frequency + K1 * norm)).astype(np.float32)
        held = np.diff(starts).astype(np.float32)
        for term, count in corpus.held.items() if corpus else ():
            held[self._terms[term]] = count
        total = corpus.size if corpus else size
        idf = np.log1p((total - held + 0.5) / (held + 0.5)).astype(np.float32)
        return Index(dict(self._terms), starts, passages, impact, idf, size, total)

    def title_terms(self, first: Ints) -> list[frozenset[int]]:
        """The term ids of each document's title, taken from its first passage."""
        ends = np.concatenate([[0], np.cumsum(np.frombuffer(self._sizes[0], dtype=np.int32))])
        return [
            frozenset(self._ids[0][int(ends[at]) : int(ends[at + 1])]) if at < end else frozenset()
            for at, end in pairwise(first)
        ]


def _merge(keys: npt.NDArray[np.int64], weights: Floats) -> tuple[npt.NDArray[np.int64], Floats]:
    """Equal keys once, ascending, with the sum of their weights."""
    if not len(keys):
        return keys, weights
    order = np.argsort(keys, kind="stable")
    keys, weights = keys[order], weights[order]
    starts = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]]))
    return keys[starts], np.add.reduceat(weights, starts).astype(np.float32)
