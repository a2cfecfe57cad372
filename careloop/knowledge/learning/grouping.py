"""Whether two questions mean the same, also in two languages.

A question is its codes, the concepts of the trade it names, and the words no concept stands for.
Words count between questions of one language only; codes, concepts and names that every language
writes alike count always.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from careloop.knowledge.language.model_names import ModelNames
from careloop.knowledge.language.termbase import termbase
from careloop.knowledge.learning.privacy import HIDDEN
from careloop.knowledge.retrieve.question import read_question

SAME, SAME_ABROAD = 0.65, 0.75
"""From which likeness two questions of one language, or of two, are taken for one."""
CODE_WEIGHT, WORD_WEIGHT = 2.0, 0.6
_KIND_WEIGHT = {"kind": 0.3, "quality": 0.5, "document": 0.6, "measure": 0.6, "action": 0.8}
MAX_FEATURES = 60

Weights = dict[str, float]


@dataclass(frozen=True, slots=True)
class Meaning:
    """One question, read. Weights are 0..`CODE_WEIGHT`."""

    lang: str
    models: tuple[str, ...]
    codes: Weights
    concepts: Weights
    words: Weights

    @property
    def says_nothing(self) -> bool:
        return not (self.codes or self.concepts or self.words)


@dataclass(slots=True)
class Profile:
    """What the questions of one group mean on average; `words` are by language."""

    count: int = 0
    codes: Weights = field(default_factory=dict)
    concepts: Weights = field(default_factory=dict)
    words: dict[str, Weights] = field(default_factory=dict)
    languages: dict[str, int] = field(default_factory=dict)

    def add(self, meaning: Meaning) -> None:
        """Take one more question in."""
        self.codes = _averaged(self.codes, self.count, meaning.codes)
        self.concepts = _averaged(self.concepts, self.count, meaning.concepts)
        before = self.languages.get(meaning.lang, 0)
        known = self.words.get(meaning.lang, {})
        self.words[meaning.lang] = _averaged(known, before, meaning.words)
        self.languages[meaning.lang] = before + 1
        self.count += 1

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Profile:
        return cls(**data)


def read(text: str, lang: str, names: ModelNames) -> Meaning:
    """Take a masked question apart."""
    question = read_question(HIDDEN.sub(" ", text), lang or None, names, ())
    base = termbase().concepts_by_key
    concepts = {
        key: question.focus.get(key, 1.0) * _KIND_WEIGHT.get(base[key].kind, 1.0)
        for key in question.concepts
        if key in base
    }
    words = {" ".join(unit): weight * WORD_WEIGHT for unit, weight in question.content}
    return Meaning(
        question.lang, question.models, dict.fromkeys(question.codes, CODE_WEIGHT), concepts, words
    )


def belongs(meaning: Meaning, profile: Profile) -> float:
    """How alike a question is to a group, 0 where it is another matter.

    Two questions with codes share one, or they are two matters.
    """
    if meaning.codes and profile.codes and not meaning.codes.keys() & profile.codes.keys():
        return 0.0
    at_home = meaning.lang in profile.words
    asked, known = (
        _vector(meaning.codes, meaning.concepts),
        _vector(profile.codes, profile.concepts),
    )
    if at_home:
        asked |= {f"w {word}": weight for word, weight in meaning.words.items()}
        known |= {f"w {word}": weight for word, weight in profile.words[meaning.lang].items()}
    shared = asked.keys() & known.keys()
    one_code = bool(meaning.codes.keys() & profile.codes.keys())
    one_concept = bool(shared) and len(asked) == len(known) == 1
    if not (at_home or one_code or one_concept or len(shared) > 1):
        # Across languages one concept of several is a topic, not a question.
        return 0.0
    likeness = _cosine(asked, known)
    return likeness if likeness >= (SAME if at_home else SAME_ABROAD) else 0.0


def same_machine(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether questions about these models can be one: one of them names none, or they meet."""
    one, other = set(one), set(other)
    return not one or not other or bool(one & other)


def _vector(codes: Weights, concepts: Weights) -> Weights:
    return {f"c {code}": weight for code, weight in codes.items()} | {
        f"t {key}": weight for key, weight in concepts.items()
    }


def _cosine(one: Weights, other: Weights) -> float:
    product = sum(weight * other.get(key, 0.0) for key, weight in one.items())
    length = math.sqrt(sum(w * w for w in one.values()) * sum(w * w for w in other.values()))
    return product / length if length else 0.0


def _averaged(known: Weights, count: int, new: Weights) -> Weights:
    keys = [*known, *(key for key in new if key not in known)]
    mixed = {
        key: round((known.get(key, 0.0) * count + new.get(key, 0.0)) / (count + 1), 4)
        for key in keys
    }
    kept = sorted(mixed, key=lambda key: (-mixed[key], key))[:MAX_FEATURES]
    return {key: mixed[key] for key in kept if mixed[key] > 0}
