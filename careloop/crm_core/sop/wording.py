"""The texts of a step in one language, with what is said in another where it lacks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from careloop.crm_core.sop.content import SopContent, SopStep
from careloop.kit.text import base

FALLBACK = "en"


@dataclass(frozen=True, slots=True)
class Wording:
    """A step's texts. `language` is that of the title; `fallback` when any text is in another
    than the one asked for."""

    title: str
    text: str
    safety: str
    options: tuple[str, ...]
    language: str
    fallback: bool


def said(texts: Mapping[str, str], language: str, first: str = "") -> tuple[str, str]:
    """A text and its language: the one asked for, its base, English, the procedure's own, any."""
    for code in (language, base(language), FALLBACK, first, *texts):
        if texts.get(code, "").strip():
            return texts[code], code
    return "", language


def wording(step: SopStep, content: SopContent, language: str) -> Wording:
    """The step in the language, or in the nearest one that it is written in."""
    first = next(iter(content.languages()), "")
    title, title_language = said(step.title, language, first)
    others = [said(texts, language, first) for texts in (step.text, step.safety)]
    labels = [said(option.label, language, first) for option in step.options]
    used = {code for text, code in [(title, title_language), *others, *labels] if text}
    options = tuple(
        text or option.id for (text, _), option in zip(labels, step.options, strict=True)
    )
    fallback = any(base(code) != base(language) for code in used)
    return Wording(title or step.id, others[0][0], others[1][0], options, title_language, fallback)
