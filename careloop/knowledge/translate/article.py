"""A whole article through a translator, and what is wrong with what came out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from careloop.knowledge.language.termbase import Termbase
from careloop.knowledge.translate.check import Problem, Version, check
from careloop.knowledge.translate.ports import Translator
from careloop.knowledge.translate.segments import take_apart

MAX_TITLE = 500


@dataclass(frozen=True, slots=True)
class Translated:
    """The article in the target language with its problems."""

    title: str
    body: str
    problems: list[Problem]


def translate_article(
    translator: Translator, source: Version, target: str, terms: Termbase,
    models: Sequence[str] = (),
) -> Translated:  # fmt: skip
    """Take the text apart, translate its blocks, put it together, compare; an `AiFailure` of the
    translator passes."""
    layout = take_apart(source.body, target)
    title, *blocks = translator.translate(
        [source.title, *layout.blocks], source.lang, target, terms
    )
    made = Version(" ".join(title.split())[:MAX_TITLE], layout.filled(blocks), target)
    return Translated(made.title, made.body, check(source, made, terms, models))


def block_count(source: Version, target: str) -> int:
    """How many blocks a translator would be asked for."""
    return 1 + len(take_apart(source.body, target).blocks)
