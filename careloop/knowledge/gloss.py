"""The main terms of a foreign passage, in the customer's language, from the termbase."""

from __future__ import annotations

import re
from collections.abc import Iterable

from careloop.kit.text import RIGHT_TO_LEFT
from careloop.knowledge.language.normalize import normalize
from careloop.knowledge.language.termbase import ConceptMatch, termbase

TERMS = 6
_KINDS = {"component": 0, "symptom": 1, "action": 2}
_OTHER_LETTERS = frozenset({"zh", "ja", "ko", "ru", "ar", "th"})
_ISOLATED = "\u2068{}\u2069"
"""First strong isolate: the two scripts of a pair keep their places in a right-to-left line."""


def glossary(text: str, own: str, lang: str) -> list[tuple[str, str]]:
    """Up to `TERMS` terms that stand in `text` (of language `own`) with their names in `lang`.

    Components before symptoms before actions, each in the order of the text. A word that may mean
    several things is left out, and so are codes, figures and terms without a name in `lang`.
    """
    if own == lang:
        return []
    plain = normalize(text, own)
    spans: dict[tuple[int, int], list[ConceptMatch]] = {}
    for match in termbase().concepts(text, own):
        spans.setdefault((match.start, match.end), []).append(match)
    found: dict[str, tuple[int, str, str]] = {}
    for (start, end), matches in spans.items():
        meaning = matches[0]
        if len(matches) > 1 or meaning.kind not in _KINDS or meaning.concept in found:
            continue
        written, name = _written(text, plain[start:end]), _name(meaning.concept, lang)
        if written and name and written.casefold() != name.casefold():
            found[meaning.concept] = (_KINDS[meaning.kind], written, name)
    ordered = sorted(found.values(), key=lambda item: item[0])
    return [(written, name) for _, written, name in ordered[:TERMS]]


def glossary_line(pairs: Iterable[tuple[str, str]], lang: str) -> str:
    """The pairs as `风扇 = cooling fan; …`, safe beside text of the other direction."""
    isolate = _ISOLATED if lang in RIGHT_TO_LEFT else "{}"
    return "; ".join(f"{isolate.format(written)} = {name}" for written, name in pairs)


def header_with_meaning(header: str, own: str, lang: str | None) -> str:
    """`功率 (power)` where a header names exactly one concept and nothing else."""
    if lang is None or own == lang or not header.strip() or re.search(r"\d", header):
        return header
    if own in _OTHER_LETTERS and header.isascii():
        return header  # a Latin word among other letters is a name
    whole = normalize(header, own).strip()
    matches = termbase().concepts(header, own)
    meant = {match.concept for match in matches if (match.start, match.end) == (0, len(whole))}
    if len(meant) != 1 or len(matches) != 1:
        return header
    name = _name(meant.pop(), lang)
    if not name or name.casefold() == whole.casefold():
        return header
    return f"{header} ({_ISOLATED.format(name) if lang in RIGHT_TO_LEFT else name})"


def _name(concept: str, lang: str) -> str:
    known = termbase().concepts_by_key.get(concept)
    names = known.names.get(lang, ()) if known is not None else ()
    return names[0] if names else ""


def _written(text: str, span: str) -> str:
    """The span as it is written in the text; empty for one letter, and for what has figures."""
    if len(span) < 2 or re.search(r"[\d_]", span):
        return ""
    match = re.search(re.escape(span), text, re.IGNORECASE)
    return match[0] if match else ""
