"""What a question asks of a text: which statement of a document answers it best.

Retrieval finds the document. This looks closer, at single rows, sentences and steps, so that the
one that holds the value asked for is shown, and shown first.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from careloop.knowledge.language.model_names import ModelNames, canonical_model
from careloop.knowledge.language.normalize import normalize
from careloop.knowledge.language.termbase import termbase
from careloop.knowledge.language.tokens import tokenize
from careloop.knowledge.language.units import measured
from careloop.knowledge.named_units import units_asked, units_in
from careloop.knowledge.plan_names import plans_in
from careloop.knowledge.retrieve.properties import BESIDE, EXTENTS, alike
from careloop.knowledge.retrieve.question import Question, Wants, read_question

_COUNT = re.compile(r"几(?![乎何])|\bhow many\b|いくつ|몇|กี่|\bmấy\b")
_DIGIT = re.compile(r"\d")
_NO_FIGURE = re.compile(
    r"\b[A-Z]{1,5}(?:-[A-Z0-9]{1,4})*-?\d+\b|^\s*\d+[.)]\s|第\s*\d+\s*(?:至\s*\d+\s*)?步|"
    r"\b(?:step|paso|schritt|étape|passo|шаг\w*)\s+\d+",
    re.IGNORECASE,
)
"""Digits that are no value: codes, part numbers, numbers of steps."""
_LATIN = re.compile(r"[A-Za-z]{2,}")
_NUMBER = re.compile(r"(?<![A-Za-z0-9_.,])\d+(?![A-Za-z0-9_]|[.,]\d)")

_PROPERTY, _THING, _EXTENT, _WORD, _MARK = 2.0, 1.0, 0.4, 0.7, 1.5
_MEASURE, _UNIT, _MODEL = 1.0, 1.0, 0.7
_ALIKE, _AROUND = 0.7, 0.3


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it is held against statements.

    `value` says that a figure is wanted. `concepts`, `words` and `marks` (codes, numbers and names
    of plans) have weights; `units` are those it names without a number, such as hours; `models`
    are canonical. `strict` says that the value is always written with a unit we know.
    `properties` are those whose value is wanted; `counted` says that
    things are to be counted ("how many"); `codes` are canonical.
    """

    lang: str
    value: bool
    steps: bool
    concepts: Mapping[str, float]
    words: Mapping[str, float]
    marks: frozenset[str]
    measures: frozenset[str]
    units: frozenset[str]
    models: frozenset[str]
    strict: bool
    properties: tuple[str, ...] = ()
    counted: bool = False
    codes: frozenset[str] = frozenset()

    def names(self, text: str, lang: str) -> frozenset[str]:
        """The parts of the question that the text names."""
        held = concepts_of(text, lang)
        found = {
            concept for concept in self.concepts
            if concept in held or any(other in held for other in alike(concept))
        }  # fmt: skip
        if lang == self.lang and self.words:
            found |= self.words.keys() & set(tokenize(text, lang))
        return frozenset(found | (self.marks & marks_of(text)))

    def weight(self, name: str) -> float:
        """How much a part of the question counts."""
        return self.concepts.get(name) or self.words.get(name) or _THING

    def score(self, text: str, lang: str, around: str = "", models: Sequence[str] = ()) -> float:
        """How well a statement answers; `around` is what it stands under, `models` its own."""
        held, beside = concepts_of(text, lang), concepts_of(around, lang)
        total = 0.0
        for concept, weight in self.concepts.items():
            others = alike(concept)
            if concept in held:
                total += weight
            elif any(other in held for other in others):
                total += _ALIKE * weight
            elif concept in beside or any(other in beside for other in others):
                total += _AROUND * weight
        if lang == self.lang:
            tokens = set(tokenize(text, lang))
            total += sum(weight for word, weight in self.words.items() if word in tokens)
        total += _MARK * len(self.marks & marks_of(text))
        total += _MEASURE * bool(self.measures and self.measures & measures_of(text))
        total += _UNIT * bool(self.units & units_in(text))
        total += _MODEL * bool(self.models & {canonical_model(name) for name in models})
        return total

    def surely(self, text: str, lang: str) -> bool:
        """Whether the text holds a figure of a kind, or beside a name, that the question states."""
        stated = self.measures & measures_of(text) or self.units & units_in(text)
        named = set(self.properties) & self.names(text, lang) or self.marks & marks_of(text)
        return bool(stated or named) and self.fits(text)

    def fits(self, text: str) -> bool:
        """Whether the text holds a figure of the kind that is wanted."""
        if self.measures & measures_of(text) or self.units & units_in(text):
            return True
        return not self.strict and has_figure(text)


_BY_UNIT = frozenset(
    {"weight", "noise_level", "power", "voltage", "temperature", "pressure", "torque", "price",
     "part_number"}
)  # fmt: skip
"""Properties whose value is hardly ever written without a unit that `measured` knows."""
_UNIT_OF = {"angle": "angle", "opening_hours": "clock", "part_number": "part"}


def read_asked(text: str, lang: str | None, models: Sequence[str], names: ModelNames) -> Asked:
    """The question `text`, asked about `models`."""
    question = read_question(text, lang, names, ())
    plain = normalize(text, question.lang)
    counted = question.wants is not Wants.STEPS and bool(_COUNT.search(plain))
    value = question.wants is Wants.VALUE or counted
    measures = {name for asked in question.properties for name in (asked, *alike(asked))}
    masked = names.mask(text)
    units = units_asked(plain) | {
        _UNIT_OF[name] for name in question.properties if name in _UNIT_OF
    }
    return Asked(
        question.lang,
        value,
        question.wants is Wants.STEPS,
        {concept: _weight(concept, question) for concept in question.concepts},
        {
            token: _WORD * weight / len(tokens)
            for tokens, weight in question.content
            for token in tokens
            if weight > 0.15
        },
        marks_of(masked) - frozenset(word.lower() for word in _LATIN.findall(masked))
        | (question.names & marks_of(masked))
        | plans_in(text),
        frozenset(measures),
        units,
        frozenset(canonical_model(name) for name in models),
        bool(units or question.properties)
        and all(name in _BY_UNIT or name in _UNIT_OF for name in question.properties),
        question.properties,
        counted,
        frozenset(question.codes),
    )


def _weight(concept: str, question: Question) -> float:
    focus = question.focus.get(concept, 1.0)
    if concept in question.properties:
        return _PROPERTY * focus
    return (_EXTENT if concept in EXTENTS or concept in BESIDE else _THING) * focus


@lru_cache(maxsize=16384)
def concepts_of(text: str, lang: str) -> frozenset[str]:
    """The concepts that a text names, also by parts of longer names."""
    if not text:
        return frozenset()
    return frozenset(match.concept for match in termbase().concepts(text, lang, nested=True))


@lru_cache(maxsize=16384)
def measures_of(text: str) -> frozenset[str]:
    """Properties of which the text gives a value with its unit, or a part's number."""
    found = frozenset(measured(text))
    return found | {"part_number"} if "part" in units_in(text) else found


@lru_cache(maxsize=16384)
def has_figure(text: str) -> bool:
    """Whether a figure stands in the text that is no code and no number of a step."""
    return bool(_DIGIT.search(_NO_FIGURE.sub(" ", text)))


@lru_cache(maxsize=16384)
def marks_of(text: str) -> frozenset[str]:
    """Bare numbers, Latin words and names of plans: what every language writes alike."""
    latin = frozenset(word.lower() for word in _LATIN.findall(text))
    return frozenset(_NUMBER.findall(text)) | latin | plans_in(text)
