"""Expressions that may be terms, weighed by the C-value of term extraction.

Frantzi, Ananiadou, Mima 2000: a longer expression counts more, one that is seen only inside
longer ones counts nothing. Seen in several documents, in headings and table headers, it counts
more. Deterministic and bounded.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from careloop.knowledge.language.normalize import normalize
from careloop.knowledge.language.termbase import ConceptMatch, Termbase
from careloop.knowledge.language.tokens import commonness
from careloop.knowledge.terms.spoken_units import HEAD_FIRST, Unit, runs

MAX_UNITS = {"zh": 5, "ja": 4, "th": 1}
MAX_LETTERS = 60
MAX_KEPT = 200_000
"""Distinct expressions kept while reading; the rare ones are forgotten first."""
_EXAMPLES, _DOCUMENTS, _AROUND = 3, 20, 50
_HEADING_WEIGHT = 1.5
_MIN_LONE = {"zh": 3, "ja": 4, "de": 9, "th": 6, "ko": 4}
"""The shortest lone word that may be a term; elsewhere terms have several words."""
_DEFINED = re.compile(
    r"^\W*(?:the |a |an )?(?P<term>[^\n,.;:，。；：]{2,40}?)\s*"
    r"(?:是指|指的是|\bmeans\b|\brefers to\b|\bis defined as\b|\bstands for\b|se refiere a\b|"
    r"bezeichnet\b|désigne\b|refere-se a\b|とは|이란\b|называется\b)",
    re.IGNORECASE | re.MULTILINE,
)


class Sample(NamedTuple):
    """A text of a document; `heading` when it names what follows: heading, header, bold term."""

    document: str
    lang: str
    text: str
    heading: bool = False


@dataclass(slots=True)
class Candidate:
    """An expression with its most frequent spelling; `documents` and `examples` are the first."""

    text: str
    folded: str
    kind: str
    count: int
    score: float
    documents: list[str]
    examples: list[str]


@dataclass(slots=True)
class _Seen:
    units: tuple[str, ...]
    count: int = 0
    marked: bool = False
    spellings: Counter[str] = field(default_factory=Counter)
    documents: dict[str, None] = field(default_factory=dict)
    examples: list[str] = field(default_factory=list)


def extract(
    samples: Iterable[Sample], lang: str, base: Termbase, settled: Container[str], limit: int
) -> list[Candidate]:
    """At most `limit` candidates, the best first; none of `settled` (folded texts) and none that
    `base` names."""
    seen: dict[tuple[str, ...], _Seen] = {}
    ceiling = MAX_KEPT
    for sample in samples:
        _read(sample, lang, base, seen)
        if len(seen) > ceiling:
            seen = {key: item for key, item in seen.items() if item.count > 1 or item.marked}
            ceiling = max(MAX_KEPT, 2 * len(seen))
    weighed = sorted(_weighed(seen), key=lambda pair: (-pair[0], pair[1].units))
    found: list[Candidate] = []
    for score, item in weighed:
        if len(found) == limit:
            break
        candidate = _candidate(item, score, lang, base)
        if candidate is not None and candidate.folded not in settled:
            found.append(candidate)
    return found


def _read(sample: Sample, lang: str, base: Termbase, seen: dict[tuple[str, ...], _Seen]) -> None:
    if lang == "th" and not sample.heading:
        return  # without its words parted, only whole headings are expressions
    defined = {normalize(m["term"], lang).strip() for m in _DEFINED.finditer(sample.text)}
    for run in runs(sample.text, lang, base):
        for part in _grams(run, MAX_UNITS.get(lang, 4)):
            units = tuple(unit.folded for unit in part)
            item = seen.get(units)
            if item is None:
                item = seen[units] = _Seen(units)
            written = sample.text[part[0].start : part[-1].end]
            item.count += 1
            item.spellings[written] += 1
            item.marked = item.marked or sample.heading or normalize(written, lang) in defined
            if sample.document not in item.documents and len(item.examples) < _EXAMPLES:
                item.examples.append(_around(sample.text, part[0].start, part[-1].end))
            item.documents.setdefault(sample.document)


def _grams(run: list[Unit], most: int) -> Iterator[list[Unit]]:
    for start in range(len(run)):
        for end in range(start + 1, min(len(run), start + most) + 1):
            part = run[start:end]
            first, last = part[0], part[-1]
            closed = first.joins or last.joins or not (first.head and last.tail)
            if not closed and last.end - first.start <= MAX_LETTERS:
                yield part


def _weighed(seen: dict[tuple[str, ...], _Seen]) -> Iterator[tuple[float, _Seen]]:
    often = {key: item for key, item in seen.items() if _told_enough(item)}
    inside: Counter[tuple[str, ...]] = Counter()
    holders: Counter[tuple[str, ...]] = Counter()
    for key, item in often.items():
        for size in range(1, len(key)):
            for at in range(len(key) - size + 1):
                inside[key[at : at + size]] += item.count
                holders[key[at : at + size]] += 1
    for key, item in often.items():
        alone = item.count - (inside[key] / holders[key] if holders[key] else 0.0)
        if alone > 0:
            spread = 1 + math.log2(len(item.documents))
            weight = _HEADING_WEIGHT if item.marked else 1.0
            yield round(math.log2(len(key) + 1) * alone * spread * weight, 4), item


def _told_enough(item: _Seen) -> bool:
    return item.count >= 3 or (item.count >= 2 and (len(item.documents) > 1 or item.marked))


def _candidate(item: _Seen, score: float, lang: str, base: Termbase) -> Candidate | None:
    text = min(item.spellings, key=lambda word: (-item.spellings[word], word))
    folded = normalize(text, lang)
    if len(folded) > 200 or (len(item.units) == 1 and not _stands_alone(text, lang)):
        return None
    if lang == "zh" and len(folded) < 3:
        return None
    named = base.concepts(text, lang, nested=True)
    if any(match.end - match.start >= len(folded) for match in named):
        return None
    return Candidate(
        text, folded, _kind(named, len(folded), lang), item.count, score,
        list(item.documents)[:_DOCUMENTS], item.examples,
    )  # fmt: skip


def _stands_alone(text: str, lang: str) -> bool:
    """Whether a single word may be a term: long where words are compounds, and not ordinary."""
    if lang not in _MIN_LONE or len(text) < _MIN_LONE[lang]:
        return False
    if lang == "zh":
        return commonness(text) < 0.3
    return lang != "de" or text[0].isupper()


def _kind(named: list[ConceptMatch], length: int, lang: str) -> str:
    """The kind of the head: the known name that ends the expression, or begins it."""
    heads = [
        match for match in named
        if (match.start == 0 if lang in HEAD_FIRST else match.end == length)
    ]  # fmt: skip
    best = max(heads, key=lambda match: (match.end - match.start, match.kind), default=None)
    return best.kind if best is not None else "component"


def _around(text: str, start: int, end: int) -> str:
    low, high = max(0, start - _AROUND), min(len(text), end + _AROUND)
    before, after = "…" if low else "", "…" if high < len(text) else ""
    return f"{before}{' '.join(text[low:high].split())}{after}"
