"""Concepts of the trade and their names in every supported language.

Tables in `terms/*.csv` (the trade) and `words/*.csv` (properties and plain service words):
concept, kind, reviewed, then one column for each language with `preferred|synonym|...`. A concept
may stand in several tables; its names are joined. The bridge between languages that needs no
model.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import NamedTuple

from careloop.knowledge.language.negation import UNSPACED, negated
from careloop.knowledge.language.normalize import HAN, HANGUL, KANA, THAI, normalize
from careloop.knowledge.language.stopwords import STOPWORDS
from careloop.knowledge.language.tokens import stem

_WORD = re.compile(f"[^\\W_{HAN}{KANA}{THAI}{HANGUL}]+")
_ASCII_WORD = re.compile(r"[a-z0-9]")
_COMPOUND_LINKS = ("", "s", "n", "en", "es", "er", "e")
_MIN_PART = 4
_EXACT = "="

# Words that may stand inside a term without changing it: articles and possessives.
_ARTICLES = {
    "en": frozenset(["a", "an", "the", "my", "our", "your", "its", "this", "that", "any"]),
    "es": frozenset(
        [
            "el",
            "la",
            "los",
            "las",
            "un",
            "una",
            "mi",
            "su",
            "nuestro",
            "nuestra",
            "lo",
            "se",
            "me",
            "nos",
        ]
    ),
    "de": frozenset(
        [
            "der",
            "die",
            "das",
            "den",
            "dem",
            "des",
            "ein",
            "eine",
            "einen",
            "einem",
            "einer",
            "mein",
            "meine",
            "meinen",
            "meinem",
            "meiner",
            "unser",
            "unsere",
            "unseren",
            "sich",
        ]
    ),
    "fr": frozenset(
        [
            "le",
            "la",
            "les",
            "l",
            "un",
            "une",
            "des",
            "du",
            "d",
            "de",
            "mon",
            "ma",
            "mes",
            "notre",
            "nos",
            "se",
            "s",
            "cette",
            "ce",
            "ne",
            "n",
        ]
    ),
    "pt": frozenset(["o", "a", "os", "as", "um", "uma", "meu", "minha", "nosso", "nossa", "se"]),
}
# Every way to say no is one word for matching: "won't turn on" is "does not turn on".
_NO = {
    "en": re.compile(
        r"\b(?:(?:do|does|did|is|are|was|were|will|would|can|could|has|have)\s+not"
        r"|cannot|can't|won't|(?:do|does|did|is|are|was|were|would|could|has|have)n't)\b"
    ),
    "fr": re.compile(r"\b(?:pas|plus|jamais)\b"),
    "de": re.compile(r"\b(?:keinen|keine|keiner|keinem|kein)\b"),
    "pt": re.compile(r"\bnao\b"),
}
_UNIT_BEFORE = re.compile(r"\d\s?$")


class ConceptMatch(NamedTuple):
    """A concept named in a text; offsets in the normalised text."""

    concept: str
    kind: str
    start: int
    end: int
    negated: bool


@dataclass(frozen=True, slots=True)
class Concept:
    """One meaning. `names[lang][0]` is the preferred name."""

    key: str
    kind: str
    reviewed: bool
    names: dict[str, tuple[str, ...]]


@dataclass(slots=True)
class _Node:
    next: dict[str, _Node] = field(default_factory=dict)
    concepts: list[str] = field(default_factory=list)


class Termbase:
    """All concepts, matched longest first in one pass; safe to share between threads."""

    def __init__(self, concepts: list[Concept]) -> None:
        self.concepts_by_key = {concept.key: concept for concept in concepts}
        self._tries: dict[str, _Node] = {}
        self._parts: dict[str, list[str]] = defaultdict(list)
        for concept in concepts:
            for lang, names in concept.names.items():
                for name in names:
                    self._insert(lang, name, concept.key)
        self.fingerprint = hashlib.sha256(
            repr(sorted((c.key, sorted(c.names.items())) for c in concepts)).encode()
        ).hexdigest()[:16]

    def __len__(self) -> int:
        return len(self.concepts_by_key)

    def name(self, concept: str, lang: str) -> str:
        """The preferred name in `lang`, else in English, else the key."""
        names = self.concepts_by_key[concept].names if concept in self.concepts_by_key else {}
        for code in (lang, "en"):
            if names.get(code):
                return names[code][0]
        return concept.replace("_", " ")

    def concepts(self, text: str, lang: str, nested: bool = False) -> list[ConceptMatch]:
        """Every concept named in `text`, in order; of overlapping names the longest.

        With `nested` also those named by a part of a longer name: a coolant leak is about
        coolant. They stand after the longer one.
        """
        text = normalize(text, lang)
        spans = self._unspaced(text, lang) if lang in UNSPACED else self._spaced(text, lang)
        if lang not in ("en", "es", "de", "fr", "pt", "vi"):
            taken = [(start, end) for _, start, end in spans]
            spans += [
                span for span in self._spaced(text, "en")
                if text[span[1] : span[2]].isascii() and not _overlaps(span, taken)
            ]  # fmt: skip
        if nested:
            spans += self._nested(text, lang, spans)
        spans.sort(key=lambda span: (span[1], -span[2]))
        return [
            ConceptMatch(
                key, self.concepts_by_key[key].kind, start, end, negated(text, start, end, lang)
            )
            for key, start, end in spans
        ]

    def _insert(self, lang: str, name: str, key: str) -> None:
        text = normalize(name, lang)
        if lang in UNSPACED:
            units = [letter for letter in text if letter != " " or lang != "ko"]
        else:
            units = [stem(word, lang) for word, _, _ in _words(text, lang)]
        if not units:
            return
        node = self._tries.setdefault(lang, _Node())
        for unit in units:
            node = node.next.setdefault(unit, _Node())
        if key not in node.concepts:
            node.concepts.append(key)
        if lang not in UNSPACED and len(units) == 1:
            exact = self._tries[lang].next.setdefault(_EXACT + text, _Node())
            if key not in exact.concepts:
                exact.concepts.append(key)
        if lang == "de" and len(units) == 1 and len(units[0]) >= _MIN_PART:
            self._parts[units[0]].append(key)
            self._parts[text].append(key)

    def _nested(
        self, text: str, lang: str, spans: list[tuple[str, int, int]]
    ) -> list[tuple[str, int, int]]:
        found: dict[tuple[str, int, int], None] = {}
        for start, end in dict.fromkeys((start, end) for _, start, end in spans):
            inner = text[start:end]
            if lang in UNSPACED:
                pieces = [(at, cut) for at, cut in ((1, None), (0, -1)) if len(inner) > 3]
            else:
                words = list(_WORD.finditer(inner))
                pieces = (
                    [(words[1].start(), None), (0, words[-1].start())] if len(words) > 1 else []
                )
            for begin, stop in pieces:
                part = inner[begin:stop]
                more = self._unspaced(part, lang) if lang in UNSPACED else self._spaced(part, lang)
                for key, low, high in more:
                    if high - low > 1:
                        found[key, start + begin + low, start + begin + high] = None
        return [span for span in found if span not in spans]

    def _unspaced(self, text: str, lang: str) -> list[tuple[str, int, int]]:
        spans: list[tuple[str, int, int]] = []
        root = self._tries.get(lang)
        at = 0
        while root is not None and at < len(text):
            end, keys = _longest_run(text, at, root, lang)
            spans += [(key, at, end) for key in keys]
            at = max(end, at + 1)
        return spans

    def _spaced(self, text: str, lang: str) -> list[tuple[str, int, int]]:
        root = self._tries.get(lang)
        if root is None:
            return []
        found = _words(text, lang)
        words = [(start, end) for _, start, end in found]
        stems = [stem(word, lang) for word, _, _ in found]
        exact = [_EXACT + word for word, _, _ in found]
        spans: list[tuple[str, int, int]] = []
        at = 0
        while at < len(stems):
            length, keys = _longest_words(stems, at, root)
            same = root.next.get(exact[at])
            if length <= 1 and same is not None:
                # A word as it stands in the termbase is no other word of the same stem.
                length, keys = 1, same.concepts
            elif length == 1 and found[at][0] in STOPWORDS.get(lang, ()):
                length, keys = 0, []
            start, end = words[at][0], words[at + max(length, 1) - 1][1]
            if keys and not (end - start <= 3 and _UNIT_BEFORE.search(text, 0, start)):
                spans += [(key, start, end) for key in keys]
                at += length
                continue
            if lang == "de":
                spans += [(key, start, end) for key in self._compound(text[start:end])]
            at += 1
        return spans

    def _compound(self, word: str) -> list[str]:
        """Concepts of the parts of a German compound; the head (last part) comes first."""
        if len(word) < 2 * _MIN_PART:
            return []
        found: list[str] = []
        for cut in range(_MIN_PART, len(word) - _MIN_PART + 1):
            tail = self._parts.get(word[cut:]) or self._parts.get(stem(word[cut:], "de"))
            if tail:
                found += tail
                break
        for cut in range(len(word) - 3, _MIN_PART - 1, -1):
            head = word[:cut]
            parts = next(
                (
                    self._parts[base]
                    for link in _COMPOUND_LINKS
                    if head.endswith(link)
                    and (base := head[: len(head) - len(link)]) in self._parts
                ),
                None,
            )
            if parts:
                found += parts
                break
        return list(dict.fromkeys(found))


def _words(text: str, lang: str) -> list[tuple[str, int, int]]:
    """Words with their places; negations as one word, articles left out."""
    no = _NO.get(lang)
    if no is not None:
        # Padding keeps the places of all later words.
        text = no.sub(lambda match: "not".ljust(match.end() - match.start())[: len(match[0])], text)
    articles = _ARTICLES.get(lang, frozenset())
    words = [(match[0], match.start(), match.end()) for match in _WORD.finditer(text)]
    kept = [word for word in words if word[0] not in articles]
    return kept or words


def _longest_run(text: str, at: int, root: _Node, lang: str) -> tuple[int, list[str]]:
    node, end, keys = root, at, list[str]()
    if _ASCII_WORD.match(text[at]) and at and _ASCII_WORD.match(text[at - 1]):
        return at, []
    for position in range(at, len(text)):
        letter = text[position]
        if letter == " " and lang == "ko" and position > at:
            continue
        following = node.next.get(letter)
        if following is None:
            break
        node = following
        if node.concepts and not (
            _ASCII_WORD.match(letter)
            and position + 1 < len(text)
            and _ASCII_WORD.match(text[position + 1])
        ):
            end, keys = position + 1, node.concepts
    if keys and end - at <= 3 and text[at:end].isascii() and _UNIT_BEFORE.search(text, 0, at):
        return at, []
    if lang == "ko" and end - at == 1 and at and text[at - 1] != " ":
        return at, []
    return end, keys


def _longest_words(stems: list[str], at: int, root: _Node) -> tuple[int, list[str]]:
    node, length, keys = root, 0, list[str]()
    for offset in range(at, len(stems)):
        following = node.next.get(stems[offset])
        if following is None:
            break
        node = following
        if node.concepts:
            length, keys = offset - at + 1, node.concepts
    return length, keys


def _overlaps(span: tuple[str, int, int], taken: list[tuple[int, int]]) -> bool:
    return any(span[1] < end and start < span[2] for start, end in taken)


def parse_table(lines: list[str]) -> list[Concept]:
    """Concepts of one CSV table; a row without key or kind is left out."""
    concepts = []
    for row in csv.DictReader(lines):
        key, kind = (row.get("concept") or "").strip(), (row.get("kind") or "").strip()
        if not key or not kind:
            continue
        names = {
            lang: tuple(name.strip() for name in cell.split("|") if name.strip())
            for lang, cell in row.items()
            if lang
            and lang not in ("concept", "kind", "reviewed")
            and isinstance(cell, str)
            and cell
        }
        reviewed = (row.get("reviewed") or "").strip().lower() in ("yes", "true", "1")
        concepts.append(Concept(key, kind, reviewed, names))
    return concepts


@lru_cache(maxsize=1)
def termbase() -> Termbase:
    """The shipped termbase, loaded once."""
    package = resources.files("careloop.knowledge.language")
    # The first name of the first table is the preferred one.
    tables = [*_tables(package / "terms"), *_tables(package / "words")]
    concepts: dict[str, Concept] = {}
    for entry in tables:
        for concept in parse_table(entry.read_text(encoding="utf-8-sig").splitlines()):
            known = concepts.get(concept.key)
            concepts[concept.key] = concept if known is None else _merge(known, concept)
    return Termbase(list(concepts.values()))


def _tables(folder: Traversable) -> list[Traversable]:
    if not folder.is_dir():
        return []
    found = (entry for entry in folder.iterdir() if entry.name.endswith(".csv"))
    return sorted(found, key=lambda entry: entry.name)


def _merge(first: Concept, second: Concept) -> Concept:
    names = dict(first.names)
    for lang, more in second.names.items():
        names[lang] = tuple(dict.fromkeys((*names.get(lang, ()), *more)))
    return Concept(first.key, first.kind, first.reviewed and second.reviewed, names)
