"""Concepts that a word the termbase does not know comes near to.

People bend, cut and misspell the words of the trade: "этикетировщик" for the labelling machine,
"visseuse" for what tightens screws. A word is held against the single words of all names of its
language: the same stem in a longer name, or a word with the same beginning and few other letters.
A word that many concepts share tells nothing and is left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz

from careloop.knowledge.language.everyday import is_everyday
from careloop.knowledge.language.negation import UNSPACED
from careloop.knowledge.language.normalize import fold_accents, normalize
from careloop.knowledge.language.stopwords import STOPWORDS
from careloop.knowledge.language.termbase import termbase
from careloop.knowledge.language.tokens import tokenize

SHARED_BY = 3
"""A word in the names of more concepts than this is no hint."""
LEAST_LETTERS, BEGINNING, ALIKE = 5, 3, 78.0
"""A word of at least so many letters is compared with those that begin with the same letters,
and counts from this likeness (0..100) on."""

_SHORT = frozenset({"vi", "th"})
"""Their search tokens are syllables and pairs of letters, which stand in words of every kind."""


class Near(NamedTuple):
    """A concept and how near its name is, 0..1."""

    concept: str
    closeness: float


@lru_cache(maxsize=20_000)
def near_concepts(word: str, lang: str) -> tuple[Near, ...]:
    """Concepts with a name that a search token of `lang` comes near to, the nearest first."""
    if lang in _SHORT:
        return ()
    words = _words(lang)
    folded = fold_accents(word)
    exact = words.exact.get(folded, ())
    if exact:
        return tuple(Near(concept, 1.0 / len(exact)) for concept in exact)
    if len(folded) < (LEAST_LETTERS if lang not in UNSPACED else LEAST_LETTERS + 1):
        return ()
    best = 0.0
    found: tuple[str, ...] = ()
    for other in words.by_beginning.get(folded[:BEGINNING], ()):
        likeness = fuzz.ratio(folded, other, score_cutoff=ALIKE)
        if likeness > best:
            best, found = likeness, words.exact[other]
    return tuple(Near(concept, best / 100 / len(found)) for concept in found)


class _Words(NamedTuple):
    exact: dict[str, tuple[str, ...]]
    by_beginning: dict[str, tuple[str, ...]]


@lru_cache(maxsize=16)
def _words(lang: str) -> _Words:
    concepts: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for concept in termbase().concepts_by_key.values():
        for name in concept.names.get(lang, ()):
            for word in _parts(name, lang):
                concepts[word][concept.key] = None
    exact = {word: tuple(keys) for word, keys in concepts.items() if len(keys) <= SHARED_BY}
    beginning: defaultdict[str, list[str]] = defaultdict(list)
    for word in exact:
        beginning[word[:BEGINNING]].append(word)
    return _Words(exact, {head: tuple(words) for head, words in beginning.items()})


def _parts(name: str, lang: str) -> Iterator[str]:
    stop = STOPWORDS.get(lang, frozenset())
    for token in tokenize(normalize(name, lang), lang):
        if len(token) > 1 and token not in stop and not is_everyday(token, lang):
            yield fold_accents(token)
