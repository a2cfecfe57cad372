"""Texts of any language told in English by the termbase, for an encoder that knows English only.

A gloss names the concepts of the text in English and in the order of the text, between them the
numbers, codes and Latin words as they stand: what "换滤芯 FK-20 扭矩 2.5 N·m" is about becomes
"replace filter cartridge FK-20 torque 2.5 N·m". Words that no concept stands for are lost, so a
gloss finds what a text is about and not what it says. English text stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from careloop.kit.ai.ports import Embedder, TextKind, Vectors
from careloop.knowledge.language.detect import detect
from careloop.knowledge.language.normalize import normalize
from careloop.knowledge.language.termbase import Termbase, termbase

_KEPT = re.compile(
    r"[a-z][a-z\-]*(?:[-_/]?\d[a-z\d\-/]*)?|\d[\d.,]*(?:\s?(?:°c|°f|%|v|kv|kw|w|hz|mm|cm|m|"
    r"kg|g|l|ml|mpa|kpa|pa|bar|psi|rpm|min|s|h|n·m|nm|db|a|ma|ω)\b)?"
)
_LATIN = frozenset({"es", "de", "fr", "pt", "vi"})


def gloss(text: str, lang: str, terms: Termbase | None = None) -> str:
    """The English gloss of a text."""
    if lang == "en":
        return text
    terms = terms or termbase()
    text = normalize(text, lang)
    parts: list[str] = []
    covered = 0
    for match in terms.concepts(text, lang):
        if match.start < covered:
            # Of names that stand for several concepts the first is told.
            continue
        parts += _kept(text[covered : match.start], lang)
        denied = "no " if match.negated else ""
        parts.append(denied + terms.name(match.concept, "en"))
        covered = match.end
    return " ".join([*parts, *_kept(text[covered:], lang)])


def _kept(text: str, lang: str) -> list[str]:
    """What every reader understands of a stretch that no concept stands for."""
    # In a language of Latin letters a word is no English one; codes and numbers are all the same.
    return [
        part
        for part in _KEPT.findall(text)
        if lang not in _LATIN or any(char.isdigit() for char in part)
    ]


class GlossEmbedder:
    """An English embedder that is given glosses; fulfils `kit.ai.ports.Embedder`."""

    def __init__(
        self, embedder: Embedder, terms: Termbase | None = None,
        language_of: Callable[[str], str] = lambda text: detect(text).code,
    ) -> None:  # fmt: skip
        self._embedder = embedder
        self._terms = terms
        self._language_of = language_of

    @property
    def id(self) -> str:
        """Another termbase tells other glosses."""
        return f"gloss-{(self._terms or termbase()).fingerprint}+{self._embedder.id}"

    @property
    def dims(self) -> int:
        return self._embedder.dims

    def embed(self, texts: Sequence[str], kind: TextKind = "query") -> Vectors:
        """See `ports.Embedder`; the language of each text is told by its letters and words."""
        glosses = [gloss(text, self._language_of(text), self._terms) for text in texts]
        return self._embedder.embed(glosses, kind)
