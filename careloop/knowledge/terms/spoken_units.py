"""Texts as runs of words that may form a term, for every supported language.

A run ends at punctuation, at grammar and everyday words, at numbers and codes. What the termbase
names as an act or a state neither begins nor ends a term: a term is a thing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import jieba.posseg

from careloop.knowledge.language.everyday import topicality
from careloop.knowledge.language.negation import UNSPACED
from careloop.knowledge.language.normalize import CYRILLIC, HAN, HANGUL, THAI, normalize
from careloop.knowledge.language.stopwords import STOPWORDS
from careloop.knowledge.language.termbase import Termbase
from careloop.knowledge.language.tokens import stem

HEAD_FIRST = frozenset({"es", "fr", "pt", "vi", "ar", "th"})
"""Languages in which the thing stands before what tells it apart."""
THINGS = frozenset({"component", "measure", "document", "quality", "kind"})
_CONNECTORS = {
    "es": frozenset({"de", "del"}), "fr": frozenset({"de", "du", "des", "d", "à"}),
    "pt": frozenset({"de", "do", "da", "dos", "das"}),
}  # fmt: skip
_JAPANESE = re.compile(f"[{HAN}々]+|[\u30a1-\u30faー]+")
_HAN_RUN = re.compile(f"[{HAN}]+")
_THAI_RUN = re.compile(f"[{THAI}]{{4,30}}")
_LATIN = "a-zA-Z\u00c0-\u024f\u1e00-\u1eff"
_ARABIC = "\u0620-\u065f\u0671-\u06d3"
_SPACED = re.compile(
    rf"[{_LATIN}{CYRILLIC}{_ARABIC}{HANGUL}]+(?:[-’'][{_LATIN}{CYRILLIC}]+)*|\d[\w.,-]*"
)
_DOER = re.compile(r"\w{3}(?:er|or)s?$")
"""What does an act is a thing: an aligner, although the termbase knows "align"."""
_GLUE = re.compile(r"[ \u00a0]{1,2}|['’]")
_PARTICLES = re.compile(
    r"(?:으로부터|에서는|에서|으로|에게|까지|부터|이나|처럼|보다|하고|은|는|이|가|을|를|에|의|와|과|도|로|만)$"
)
# Tags of the segmenter: grammar, places, times and numbers part terms; verbs do not end them.
_ZH_PARTING = ("c", "d", "e", "f", "m", "o", "p", "q", "r", "t", "u", "w", "x", "y")
_ZH_DOING = ("a", "v")
_ZH_NAMING = frozenset({"an", "vn"})
_ZH_DONE = frozenset("到好完掉净得紧限")
"""Verbs that end so tell of an act: 关好, 降到, 仅限."""
_CODE = re.compile(r"[A-Z]{1,5}-[A-Z0-9]{1,8}")


class Unit(NamedTuple):
    """A word of a run: as written, as matching folds it, its place.

    One that `joins` stands only inside a term; one without `head` does not begin it, one without
    `tail` does not end it.
    """

    text: str
    folded: str
    start: int
    end: int
    joins: bool = False
    head: bool = True
    tail: bool = True


def runs(text: str, lang: str, base: Termbase) -> Iterator[list[Unit]]:
    """Runs of units in reading order; places are those of `text`."""
    closed = _acts(text, lang, base)
    for run in _parted(text, lang):
        part: list[Unit] = []
        for unit in run:
            acts = any(unit.start < end and start < unit.end for start, end in closed)
            if not acts or (lang == "en" and _DOER.search(unit.text)):
                part.append(unit)
            elif lang in UNSPACED:
                # Inside a compound an act may stand: 磁通对准器.
                part.append(unit._replace(head=False, tail=False))
            else:
                yield part
                part = []
        yield part


def _acts(text: str, lang: str, base: Termbase) -> list[tuple[int, int]]:
    # Places in the folded text are those of the text when folding keeps its length.
    if len(normalize(text, lang)) != len(text):
        return []
    return [
        (match.start, match.end) for match in base.concepts(text, lang) if match.kind not in THINGS
    ]


def _parted(text: str, lang: str) -> Iterator[list[Unit]]:
    match lang:
        case "zh":
            for run in _HAN_RUN.finditer(text):
                yield from _chinese(run[0], run.start())
        case "ja":
            yield from _japanese(text)
        case "th":
            for run in _THAI_RUN.finditer(text):
                yield [Unit(run[0], normalize(run[0], lang), run.start(), run.end())]
        case _:
            yield from _spaced(text, lang)


def _chinese(run: str, offset: int) -> Iterator[list[Unit]]:
    part: list[Unit] = []
    at = offset
    for word, tag in jieba.posseg.cut(run, HMM=False):
        start, at = at, at + len(word)
        doing = tag.startswith(_ZH_DOING) and tag not in _ZH_NAMING
        if (
            tag.startswith(_ZH_PARTING)
            or word in STOPWORDS["zh"]
            or "第" in word
            or (len(word) <= 2 and word[-1] in _ZH_DONE and (doing or len(word) == 1))
        ):
            yield part
            part = []
        else:
            part.append(Unit(word, normalize(word, "zh"), start, at, tail=not doing))
    yield part


def _japanese(text: str) -> Iterator[list[Unit]]:
    part: list[Unit] = []
    for run in _JAPANESE.finditer(text):
        if part and part[-1].end != run.start():
            yield part
            part = []
        part.append(Unit(run[0], normalize(run[0], "ja"), run.start(), run.end()))
    yield part


def _spaced(text: str, lang: str) -> Iterator[list[Unit]]:
    part: list[Unit] = []
    stop, connectors = STOPWORDS.get(lang, frozenset()), _CONNECTORS.get(lang, frozenset())
    last = 0
    for found in _SPACED.finditer(text):
        start, end = found.span()
        if part and not _GLUE.fullmatch(text[last:start]):
            yield part
            part = []
        last = end
        word = _PARTICLES.sub("", found[0]) if lang == "ko" and len(found[0]) > 2 else found[0]
        folded = normalize(word, lang)
        joins = folded in connectors
        small = folded in stop or len(folded) < 2
        if word[0].isdigit() or _CODE.fullmatch(word) or (small and not joins):
            yield part
            part = []
            continue
        stemmed = stem(folded, lang)
        # An everyday word may be the thing itself, it does not tell which: seal ring, ring seal.
        everyday = topicality([stemmed], lang) < 1.0
        first = lang in HEAD_FIRST
        noun = lang != "de" or word[0].isupper()
        unit = Unit(
            word, stemmed, start, start + len(word), joins, not everyday or first,
            noun and (not everyday or not first),
        )  # fmt: skip
        part.append(unit)
        if len(word) < end - start:
            # A particle ends the Korean phrase.
            yield part
            part = []
    yield part
