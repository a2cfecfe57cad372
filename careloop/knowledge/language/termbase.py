"""Concepts of the trade found in texts: the bridge between languages that needs no model.

A text is read once; at each place the longest name wins. Inflection, spelling and scripts are
the matter of `term_words` and `name_index`, denial that of `negation`.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import lru_cache
from threading import Lock
from typing import NamedTuple

from careloop.kit.text import LANGUAGES
from careloop.knowledge.language.concept import Concept
from careloop.knowledge.language.name_index import NameIndex, compound_parts
from careloop.knowledge.language.negation import UNSPACED, negated
from careloop.knowledge.language.normalize import normalize
from careloop.knowledge.language.stopwords import STOPWORDS
from careloop.knowledge.language.term_tables import parse_table, shipped_concepts
from careloop.knowledge.language.term_words import PLAIN_VIETNAMESE, Word, words

__all__ = ["Concept", "ConceptMatch", "Termbase", "layered", "parse_table", "termbase"]

_MATCHING = "2"
"""Part of the fingerprint: the same names found in another way compile to something else."""
_OWN_LATIN = frozenset({"en", "es", "de", "fr", "pt", "vi"})
_ASCII_LETTER = re.compile(r"[a-z]")
_ASCII_WORD = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")
_KATAKANA = re.compile("[\u30a1-\u30fa\u30fc]")
_THAI_LEADING = frozenset("เแโใไ")
_THAI_FOLLOWING = re.compile("[\u0e30-\u0e3a\u0e45\u0e47-\u0e4e]")

Span = tuple[str, int, int]


class ConceptMatch(NamedTuple):
    """A concept named in a text; offsets in the normalised text."""

    concept: str
    kind: str
    start: int
    end: int
    negated: bool


class _Layer:
    """Some concepts, with an index for each language that has been asked for."""

    def __init__(self, concepts: Sequence[Concept]) -> None:
        self.concepts = concepts
        self._indexes: dict[str, NameIndex] = {}
        self._lock = Lock()

    def index(self, lang: str) -> NameIndex:
        found = self._indexes.get(lang)
        if found is None:
            with self._lock:
                found = self._indexes.get(lang) or NameIndex(self.concepts, lang)
                self._indexes[lang] = found
        return found


class Termbase:
    """All concepts; safe to share between threads.

    Names are filed the first time their language is asked for.
    """

    def __init__(self, concepts: Iterable[Concept]) -> None:
        self.concepts_by_key = {concept.key: concept for concept in concepts}
        self._layers: tuple[_Layer, ...] = (_Layer(tuple(self.concepts_by_key.values())),)
        self._hidden: tuple[frozenset[str], ...] = (frozenset(),)
        self.fingerprint = _fingerprint(_MATCHING, self.concepts_by_key.values())

    def __len__(self) -> int:
        return len(self.concepts_by_key)

    def name(self, concept: str, lang: str) -> str:
        """The preferred name in `lang`, else in English, else the key."""
        known = self.concepts_by_key.get(concept)
        return concept.replace("_", " ") if known is None else known.preferred(lang)

    def concepts(self, text: str, lang: str, nested: bool = False) -> list[ConceptMatch]:
        """Every concept named in `text`, in order; of overlapping names the longest.

        With `nested` also those named by a part of a longer name: a coolant leak is about
        coolant. They stand after the longer one.
        """
        text = normalize(text, lang)
        spans = self._spans(text, lang)
        if lang not in _OWN_LATIN and _ASCII_LETTER.search(text):
            spans += _beside(self._spaced(text, "en"), spans, text)
        if nested:
            spans += self._nested(text, lang, spans)
        spans.sort(key=lambda span: (span[1], -span[2]))
        return [
            ConceptMatch(
                key, self.concepts_by_key[key].kind, start, end, negated(text, start, end, lang)
            )
            for key, start, end in spans
        ]

    def load(self) -> None:
        """File the names of every language now, so that no reader waits for it."""
        for layer in self._layers:
            for lang in LANGUAGES:
                layer.index(lang)

    def _spans(self, text: str, lang: str) -> list[Span]:
        if lang in UNSPACED:
            return self._korean(text) if lang == "ko" else self._runs(text, lang)
        plain = lang == "vi" and text.isascii()
        return self._spaced(text, PLAIN_VIETNAMESE if plain else lang)

    def _nested(self, text: str, lang: str, spans: list[Span]) -> list[Span]:
        found: dict[Span, None] = {}
        for start, end in dict.fromkeys((start, end) for _, start, end in spans):
            inner = text[start:end]
            for begin, stop in _pieces(inner, lang):
                for key, low, high in self._spans(inner[begin:stop], lang):
                    if high - low > 1:
                        found[key, start + begin + low, start + begin + high] = None
            if lang == "de" and inner.isalpha():
                parts = self._compound(inner)
                found.update(((key, start + low, start + high), None) for key, low, high in parts)
        known = set(spans)
        return [span for span in found if span not in known and not _told(span, spans, lang)]

    def _runs(self, text: str, lang: str, fits: _Fit | None = None) -> list[Span]:
        """Names in a text whose words are not parted by spaces."""
        layers = [(index.lengths, index, hidden) for index, hidden in self._indexes(lang)]
        fits = fits or _Fit(text, lang)
        spans: list[Span] = []
        at, last = 0, len(text)
        while at < last:
            end, keys = at, list[str]()
            for lengths, index, hidden in layers:
                if text[at : at + 2] in lengths or text[at] in lengths:
                    there, more = index.run_at(text, at, fits, hidden)
                    if there > end:
                        end, keys = there, list(more)
                    elif there == end > at:
                        keys += more
            if keys:
                spans += [(key, at, end) for key in dict.fromkeys(keys)]
            at = end if end > at else at + 1
        return spans

    def _korean(self, text: str) -> list[Span]:
        """Korean puts spaces as it likes; names are found in the text without them."""
        places = [at for at, letter in enumerate(text) if letter != " "]
        found = self._runs(text.replace(" ", ""), "ko", _Fit(text, "ko", places))
        return [(key, places[start], places[end - 1] + 1) for key, start, end in found]

    def _spaced(self, text: str, lang: str) -> list[Span]:
        """Names in a text whose words are parted by spaces."""
        layers = self._indexes(lang)
        found = words(text, lang)
        stop = STOPWORDS.get(lang, frozenset())
        spans: list[Span] = []
        at = 0
        while at < len(found):
            length, keys = _longest(layers, found, at)
            word = found[at]
            if length <= 1:
                same = [k for index, hidden in layers
                        for k in index.word_as_it_stands(word.text, hidden)]  # fmt: skip
                if same:
                    # A word as it stands in the termbase is no other word of the same stem.
                    length, keys = 1, same
                elif word.text in stop:
                    length, keys = 0, []
            start, end = word.start, found[at + max(length, 1) - 1].end
            if keys and not (end - start <= 3 and _after_number(text, start)):
                spans += [(key, start, end) for key in dict.fromkeys(keys)]
                at += length
                continue
            if lang == "de":
                keys = [key for key, _, _ in self._compound(word.text)]
                spans += [(key, start, word.end) for key in keys]
            at += 1
        return spans

    def _compound(self, word: str) -> list[Span]:
        """Concepts of the parts of a German compound, places inside the word."""
        found = [
            part
            for index, hidden in self._indexes("de")
            for part in compound_parts(word, index, hidden)
        ]
        return list({part[0]: part for part in reversed(found)}.values())[::-1]

    def _indexes(self, lang: str) -> list[tuple[NameIndex, frozenset[str]]]:
        return [
            (layer.index(lang), hidden)
            for layer, hidden in zip(self._layers, self._hidden, strict=True)
        ]


def layered(base: Termbase, own: Sequence[Concept]) -> Termbase:
    """`base` with more concepts; one of the same key hides that of `base`.

    The names of `base` are shared, not filed again, so that each tenant costs what its own
    concepts cost.
    """
    if not own:
        return base
    made = Termbase.__new__(Termbase)
    mine = {concept.key: concept for concept in own}
    hidden = frozenset(mine)
    made.concepts_by_key = {**base.concepts_by_key, **mine}
    made._layers = (*base._layers, _Layer(tuple(mine.values())))
    made._hidden = (*(keys | hidden for keys in base._hidden), frozenset())
    made.fingerprint = _fingerprint(base.fingerprint, mine.values())
    return made


@lru_cache(maxsize=1)
def termbase() -> Termbase:
    """The shipped termbase, loaded once."""
    return Termbase(shipped_concepts())


class _Fit:
    """Whether a run of letters can be a name where it stands, by the rules of its script."""

    def __init__(self, text: str, lang: str, places: list[int] | None = None) -> None:
        self._text, self._lang, self._places = text, lang, places

    def __call__(self, start: int, end: int) -> bool:
        text = self._text
        if self._places is not None:
            start, end = self._places[start], self._places[end - 1] + 1
        before = text[start - 1] if start else " "
        after = text[end] if end < len(text) else " "
        if before in _ASCII_WORD and text[start] in _ASCII_WORD:
            return False
        if after in _ASCII_WORD and text[end - 1] in _ASCII_WORD:
            return False
        if end - start <= 3 and text[start:end].isascii() and _after_number(text, start):
            return False
        return self._in_script(start, end, before, after)

    def _in_script(self, start: int, end: int, before: str, after: str) -> bool:
        first = self._text[start]
        match self._lang:
            case "zh":
                # "能不能启动" asks; only "不能启动" denies.
                return not (first in "不没" and end - start > 1 and self._text[start + 1] == before)
            case "ko":
                return end - start > 1 or before == " "
            case "ja":
                short = end - start <= 2 and _KATAKANA.match(first)
                return not (short and (_KATAKANA.match(before) or _KATAKANA.match(after)))
            case "th":
                return before not in _THAI_LEADING and not _THAI_FOLLOWING.match(after)
        return True


def _longest(
    layers: list[tuple[NameIndex, frozenset[str]]], found: list[Word], at: int
) -> tuple[int, list[str]]:
    length, keys = 0, list[str]()
    for index, hidden in layers:
        size, more = index.words_at(found, at, hidden)
        if size > length:
            length, keys = size, list(more)
        elif size == length:
            keys += more
    return length, keys


def _told(span: Span, spans: list[Span], lang: str) -> bool:
    """Whether a part of a German compound names what its whole does among `spans`."""
    key, start, end = span
    return lang == "de" and any(
        key == of and low <= start and end <= high for of, low, high in spans
    )


def _pieces(name: str, lang: str) -> list[tuple[int, int]]:
    """A name without its beginning, and without its end."""
    if lang in UNSPACED:
        return [(1, len(name)), (0, len(name) - 1)] if len(name) > 3 else []
    parts = [(match.start(), match.end()) for match in re.finditer(r"[^\W_]+", name)]
    if len(parts) < 2:
        return []
    return [(parts[1][0], len(name)), (0, parts[-1][0])]


def _beside(more: list[Span], spans: list[Span], text: str) -> list[Span]:
    """Those of `more` that are plain Latin and overlap none of `spans`, which are in order."""
    starts = [start for _, start, _ in spans]
    left = []
    for span in more:
        at = bisect_left(starts, span[2])
        free = at == 0 or spans[at - 1][2] <= span[1]
        if free and text[span[1] : span[2]].isascii():
            left.append(span)
    return left


def _after_number(text: str, start: int) -> bool:
    """Whether a digit stands before `start`: what follows is a unit."""
    before = text[max(0, start - 2) : start]
    return before[-1:].isdigit() or (before[-1:].isspace() and before[:1].isdigit())


def _fingerprint(salt: str, concepts: Iterable[Concept]) -> str:
    told = sorted((c.key, c.kind, sorted(c.names.items())) for c in concepts)
    return hashlib.sha256(f"{salt}{told!r}".encode()).hexdigest()[:16]
