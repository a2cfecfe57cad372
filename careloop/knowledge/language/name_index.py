"""The names of one language, filed so that the longest at a place is found at once.

A name is one string: its letters where words are not parted by spaces, else the keys of its words
joined. For each beginning the index knows how long the names are that begin so; only those
lengths are tried, the longest first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice, product

from careloop.knowledge.language.concept import Concept
from careloop.knowledge.language.korean import predicate_forms
from careloop.knowledge.language.negation import UNSPACED
from careloop.knowledge.language.normalize import fold_accents, normalize
from careloop.knowledge.language.stopwords import STOPWORDS
from careloop.knowledge.language.term_stems import STEMMED, stem_of
from careloop.knowledge.language.term_words import (
    PLAIN_VIETNAMESE,
    Word,
    german_part,
    plain_vietnamese,
    word_keys,
    words,
)  # fmt: skip

Keys = tuple[str, ...]
Fits = Callable[[int, int], bool]

MIN_PART = 4
"""The shortest part of a German compound, in letters."""
_INFLECTED = frozenset(
    {"ter", "tes", "ten", "tem", "ste", "sten", "ster", "test", "ende", "enden", "end", "ung"}
)
"""Endings of the word itself, no second part of a compound."""
_LINKS = ("", "s", "n", "en", "es", "er", "e")
_ENDINGS = ("", "n", "en", "e", "er", "es", "s", "ern")
_MAX_READINGS = 32
_MIN_JOINED = 8
_HEAD = 2


class NameIndex:
    """Names of some concepts in one language."""

    __slots__ = ("_exact", "_names", "_parts", "lang", "lengths")

    def __init__(self, concepts: Iterable[Concept], lang: str) -> None:
        self.lang = lang
        self._names: dict[str, Keys] = {}
        self.lengths: dict[str, tuple[int, ...]] = {}
        """Beginning to the lengths of the names that begin so, the longest first."""
        self._exact: dict[str, Keys] = {}
        self._parts: dict[str, Keys] = {}
        filed = "vi" if lang == PLAIN_VIETNAMESE else lang
        lengths: dict[str, set[int]] = {}
        for concept in concepts:
            for name in concept.names.get(filed, ()):
                self._file(normalize(name, filed), concept.key, lengths)
        self.lengths = {head: tuple(sorted(some, reverse=True)) for head, some in lengths.items()}

    def run_at(self, text: str, at: int, fits: Fits, hidden: frozenset[str]) -> tuple[int, Keys]:
        """End and concepts of the longest name whose letters begin at `at`; (at, ()) for none."""
        names, left = self._names, len(text) - at
        for head in (text[at : at + _HEAD], text[at : at + 1]):
            for length in self.lengths.get(head, ()):
                keys = names.get(text[at : at + length]) if length <= left else None
                if keys is not None and fits(at, at + length):
                    shown = _left(keys, hidden)
                    if shown:
                        return at + length, shown
        return at, ()

    def words_at(self, text: list[Word], at: int, hidden: frozenset[str]) -> tuple[int, Keys]:
        """How many words the longest name at `at` takes, and its concepts; (0, ()) for none."""
        for first in text[at].keys:
            for length in self.lengths.get(first, ()):
                if at + length > len(text):
                    continue
                rest = text[at + 1 : at + length]
                for key in _readings(first, rest) if rest else (first,):
                    shown = _left(self._names.get(key, ()), hidden)
                    if shown:
                        return length, shown
        return 0, ()

    def word_as_it_stands(self, word: str, hidden: frozenset[str]) -> Keys:
        """Concepts with exactly this word as a name: no other word of the same stem."""
        return _left(self._exact.get(word, ()), hidden)

    def part(self, word: str, hidden: frozenset[str]) -> Keys:
        """Concepts of this part of a German compound."""
        return _left(self._parts.get(word, ()), hidden)

    def _file(self, text: str, key: str, lengths: dict[str, set[int]]) -> None:
        if self.lang in UNSPACED:
            run = text.replace(" ", "") if self.lang == "ko" else text
            self._file_run(run, key, lengths)
            if self.lang == "ko":
                for form in predicate_forms(text):
                    self._file_run(form.replace(" ", ""), key, lengths)
            return
        found = words(text, self.lang, name=True)
        if not found:
            return
        if self.lang == PLAIN_VIETNAMESE and not _tells_without_accents(found):
            return
        self._add(" ".join(word.keys[0] for word in found), key)
        lengths.setdefault(found[0].keys[0], set()).add(len(found))
        if len(found) == 1:
            self._exact[text] = _with(self._exact.get(text, ()), key)
        self._file_variants(text, found, key, lengths)

    def _file_run(self, run: str, key: str, lengths: dict[str, set[int]]) -> None:
        if run:
            self._add(run, key)
            lengths.setdefault(run[:_HEAD], set()).add(len(run))

    def _file_variants(
        self, text: str, found: list[Word], key: str, lengths: dict[str, set[int]]
    ) -> None:
        if self.lang == "en" and len(found) == 2:
            # "touch screen" is also written "touchscreen".
            joined = found[0].text + found[1].text
            if len(joined) >= _MIN_JOINED:
                stemmed = stem_of(joined, "en")
                self._add(stemmed, key)
                lengths.setdefault(stemmed, set()).add(1)
        elif self.lang == "de" and len(found) == 1:
            whole, stemmed = german_part(text), german_part(found[0].keys[0])
            if len(stemmed) >= MIN_PART:
                for part in {whole, stemmed, fold_accents(whole)}:
                    self._parts[part] = _with(self._parts.get(part, ()), key)

    def _add(self, name: str, key: str) -> None:
        self._names[name] = _with(self._names.get(name, ()), key)


def compound_parts(
    word: str, index: NameIndex, hidden: frozenset[str]
) -> Iterator[tuple[str, int, int]]:
    """Concepts of the parts of a German compound with the places of the parts in the word; the
    head (last part) comes first."""
    plain = german_part(word)
    if len(plain) < 2 * MIN_PART:
        return
    longer = len(word) - len(plain)  # ue written for ü
    cut, keys = _head_part(plain, index, hidden)
    yield from ((key, min(cut + longer, len(word) - 1), len(word)) for key in keys)
    cut, keys = _first_part(plain, index, hidden)
    yield from ((key, 0, min(cut + longer, len(word) - 1)) for key in keys)


def _head_part(word: str, index: NameIndex, hidden: frozenset[str]) -> tuple[int, Keys]:
    for cut in range(MIN_PART, len(word) - MIN_PART + 1):
        tail = word[cut:]
        if _inside_a_sound(word, cut):
            continue
        # The plural may have an umlaut more: Schlauch, Schläuche.
        forms = (tail,) if tail.isascii() else (tail, fold_accents(tail))
        for form, ending in product(forms, _ENDINGS):
            if form.endswith(ending) and len(form) - len(ending) >= MIN_PART:
                keys = index.part(form[: len(form) - len(ending)], hidden)
                if keys and (form is tail or ending):
                    return cut, keys
    return 0, ()


def _first_part(word: str, index: NameIndex, hidden: frozenset[str]) -> tuple[int, Keys]:
    for cut in range(len(word) - 3, MIN_PART - 1, -1):
        head = word[:cut]
        if word[cut:] in _INFLECTED or _inside_a_sound(word, cut):
            continue
        for link in _LINKS:
            if head.endswith(link):
                keys = index.part(head[: len(head) - len(link)], hidden)
                if keys:
                    return cut, keys
    return 0, ()


def _inside_a_sound(word: str, cut: int) -> bool:
    """Whether the cut would part ch, ck or sch, or sch from its vowel: neither Halter nor Alter
    in Schalter."""
    if word[cut - 3 : cut] == "sch" and word[cut] in "aeiouäöü":
        return True
    return word[cut - 1 : cut + 1] in ("ch", "ck") or word[cut - 1 : cut + 2] == "sch"


def stemmed_words(concepts: Iterable[Concept]) -> Iterator[tuple[str, str]]:
    """(language, word) of every word that filing these concepts asks a stemmer for."""
    for concept in concepts:
        for lang in STEMMED:
            for name in concept.names.get(lang, ()):
                found = words(normalize(name, lang), lang, name=True)
                yield from ((lang, word.text) for word in found)
                if lang == "en" and len(found) == 2:
                    yield lang, found[0].text + found[1].text


def _readings(first: str, rest: list[Word]) -> Iterator[str]:
    for keys in islice(product(*[word.keys for word in rest]), _MAX_READINGS):
        yield " ".join((first, *keys))


def _tells_without_accents(found: list[Word]) -> bool:
    """A lone short syllable says too many things once its accents are gone."""
    if len(found) > 1:
        return True
    plain = plain_vietnamese(found[0].text)
    return len(plain) >= 3 and plain not in _plain_stopwords()


def _plain_stopwords() -> frozenset[str]:
    return frozenset(plain_vietnamese(word) for word in STOPWORDS["vi"])


def _left(keys: Keys, hidden: frozenset[str]) -> Keys:
    return tuple(key for key in keys if key not in hidden) if hidden and keys else keys


def _with(keys: Keys, key: str) -> Keys:
    return keys if key in keys else (*keys, key)


__all__ = ["MIN_PART", "NameIndex", "compound_parts", "stemmed_words", "word_keys"]
