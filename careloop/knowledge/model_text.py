"""Text that speaks of several models: what of it is about the model wanted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from careloop.knowledge.hazard import is_hazard_note
from careloop.knowledge.language.model_names import ModelNames, canonical_model

_PART = re.compile(r"[^；;。]+[；;。]?|[；;。]")
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_ITEM = re.compile(r"[^，,]+[，,]?|[，,]")
_LEAD = re.compile(r"^\W*[^：:]{1,40}[：:]\s*")
_FIGURE = re.compile(r"\d")
_NAME_LENGTH = 8


def only_of_others(cell: str, models: Sequence[str], names: ModelNames) -> bool:
    """Whether a header or cell is but the name of models none of which is wanted."""
    if not models:
        return False
    found = names.find(cell)
    if not found or len(re.sub(r"[\W_]+", "", names.mask(cell))) > _NAME_LENGTH:
        return False
    return not _canonical(models) & _canonical(found)


def only_of(text: str, models: Sequence[str], names: ModelNames) -> str:
    """The text without the clauses and list items that name other models only.

    A warning stays whole. What is left is the source's own wording; a text of which nothing would
    be left comes back as it is.
    """
    if not models:
        return text
    lines = [
        line if is_hazard_note(line) else _line(line, models, names) for line in text.split("\n")
    ]
    kept = [
        line
        for line, source in zip(lines, text.split("\n"), strict=True)
        if line.strip() or not source.strip()
    ]
    left = "\n".join(kept).strip()
    return left if re.search(r"\w", left) else text


def statements(text: str, names: ModelNames) -> list[tuple[tuple[str, ...], str]]:
    """The clauses of one line that name models: the models and what is said, names blanked."""
    found = []
    for part in _parts(text):
        models = tuple(names.find(part))
        if models:
            found.append((models, re.sub(r"\W+", " ", names.mask(part)).strip()))
    return found


def _line(line: str, models: Sequence[str], names: ModelNames) -> str:
    kept, lead = "", ""
    for part in _parts(line):
        if not _about_others(part, models, names):
            if lead and not _LEAD.match(part):
                part = lead + part.lstrip()
            kept += _items(part, models, names)
            lead = ""
        elif not kept or lead:
            head = _LEAD.match(part)
            lead = head[0] if head and not names.find(head[0]) else lead
    return kept


def _items(part: str, models: Sequence[str], names: ModelNames) -> str:
    """A clause without those of its comma-separated items that give figures of other models."""
    items = _ITEM.findall(part)
    if len(items) < 2 or len(names.find(part)) < 2:
        return part
    kept = [
        item
        for item in items
        if not (_about_others(item, models, names) and _FIGURE.search(names.mask(item)))
    ]
    return "".join(kept)


def _about_others(part: str, models: Sequence[str], names: ModelNames) -> bool:
    found = names.find(part)
    return bool(found) and not _canonical(models) & _canonical(found)


def _parts(line: str) -> Iterator[str]:
    for sentence in _SENTENCE.split(line):
        for match in _PART.finditer(sentence):
            yield match[0] if ord(match[0][-1]) > 0x2E7F else match[0] + " "


def _canonical(models: Sequence[str]) -> set[str]:
    return {canonical_model(name) for name in models}
