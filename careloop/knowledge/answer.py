"""What to show for a hit: copied from the source, never rewritten, nothing of another model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from careloop.knowledge.hazard import Hazard
from careloop.knowledge.ingest.markdown import width
from careloop.knowledge.ingest.procedure import Procedure
from careloop.knowledge.language.detect import detect
from careloop.knowledge.language.model_names import ModelNames, canonical_model
from careloop.knowledge.language.termbase import termbase
from careloop.knowledge.language.tokens import tokenize
from careloop.knowledge.model_text import only_of, only_of_others
from careloop.knowledge.views import Hit, ShownPassage

SECTION_WIDTH = 1400
"""A section up to this width (a Chinese character counts two) is shown whole."""

BlockKind = Literal["text", "row", "table", "steps", "hazard"]


@dataclass(frozen=True, slots=True)
class AnswerBlock:
    """A piece of an answer and where it comes from. `role` says who may act on it."""

    kind: BlockKind
    text: str
    document: str
    section: str
    page: int | None
    role: str


def compose(
    query_text: str,
    hits: Sequence[Hit | ShownPassage],
    procedure: Procedure | None = None,
    models: Sequence[str] = (),
    section: Sequence[ShownPassage] = (),
    known: ModelNames | None = None,
) -> list[AnswerBlock]:
    """The blocks that answer `query_text` from the first hit.

    A table row comes with its headers, the column asked for first, columns and rows of models
    other than `models` left out. A procedure comes with all its steps and hazards. Text comes
    with its whole `section` (see `Library.section_of`) when that is short, else alone. `known`
    are all models of the maker; without it those of the hit.
    Every figure, unit and code is the source's own.
    """
    if not hits:
        return []
    best = hits[0]
    names = known or ModelNames([*best.models, *models])
    if procedure is not None and best.kind in ("procedure", "step_list"):
        return _steps(best, procedure)
    if best.kind == "table_row":
        return [_block("row", row_text(query_text, best.data, models, names), best)]
    if best.kind == "table":
        return [_block("table", table_text(best.data, models, names), best)]
    return _text(best, section, models, names)


def row_text(
    query_text: str, data: dict[str, Any], models: Sequence[str], names: ModelNames
) -> str:
    """A row as `header: cell` pairs: its name first, then the cell asked for, then the rest."""
    pairs = [
        (header, only_of(cell, models, names))
        for header, cell in zip(data["headers"], data["cells"], strict=True)
        if cell.strip() and not only_of_others(header, models, names)
    ]
    if not pairs:
        return ""
    asked = asked_column(query_text, [header for header, _ in pairs])
    if asked is not None and asked > 0:
        pairs.insert(1, pairs.pop(asked))
    lines = [f"{header}: {cell}" if header else cell for header, cell in pairs]
    caption = data.get("caption", "")
    return "\n".join([caption, *lines] if caption else lines)


def table_text(data: dict[str, Any], models: Sequence[str], names: ModelNames) -> str:
    """A whole table, one row a line, without columns and rows of other models."""
    headers = data["headers"]
    keep = [at for at, header in enumerate(headers) if not only_of_others(header, models, names)]
    lines = [data["caption"]] if data.get("caption") else []
    for row in data["rows"]:
        if any(only_of_others(cell, models, names) for cell in row[:2]):
            continue
        cells = [(headers[at], row[at]) for at in keep if row[at].strip()]
        lines.append("; ".join(f"{header}: {cell}" if header else cell for header, cell in cells))
    return "\n".join(lines)


def steps_text(procedure: Procedure) -> str:
    """All steps with their hazards directly before them."""
    lines = [hazard.note for hazard in procedure.hazards]
    for step in procedure.steps:
        lines += [hazard.note for hazard in step.hazards if hazard.note != step.text]
        lines.append(f"{step.number}. {step.text}")
        lines += [f"   - {branch.answer}: {branch.note}" for branch in step.branches]
    return "\n".join(lines)


def _steps(hit: Hit | ShownPassage, procedure: Procedure) -> list[AnswerBlock]:
    hazards: list[Hazard] = [*procedure.hazards, *(h for s in procedure.steps for h in s.hazards)]
    role = "engineer" if any(item.role == "engineer" for item in hazards) else hit.role
    return [AnswerBlock("steps", steps_text(procedure), hit.document, hit.section, hit.page, role)]


def _text(
    hit: Hit | ShownPassage,
    section: Sequence[ShownPassage],
    models: Sequence[str],
    names: ModelNames,
) -> list[AnswerBlock]:
    wanted = {canonical_model(name) for name in models}
    whole = [
        item
        for item in section
        if item.kind != "table_row"
        and not (wanted and item.models and not wanted & {canonical_model(m) for m in item.models})
    ]
    if not whole or sum(width(item.text) for item in whole) > SECTION_WIDTH:
        return [_block("text", only_of(hit.text, models, names), hit)]
    return [
        _block("table", table_text(item.data, models, names), item)
        if item.kind == "table"
        else _block("steps", item.text, item)
        if "procedure" in item.data
        else _block("text", only_of(item.text, models, names), item)
        for item in whole
    ]


def _block(kind: BlockKind, text: str, source: Hit | ShownPassage) -> AnswerBlock:
    return AnswerBlock(kind, text, source.document, source.section, source.page, source.role)


def asked_column(query_text: str, headers: Sequence[str]) -> int | None:
    """The column whose header the question names, by words or by concepts."""
    lang = detect(query_text).code
    words = set(tokenize(query_text, lang))
    concepts = {match.concept for match in termbase().concepts(query_text, lang, nested=True)}
    best, best_count = None, 0
    for at, header in enumerate(headers):
        own = detect(header, (lang,)).code
        count = len(words & set(tokenize(header, own))) + 2 * len(
            concepts & {match.concept for match in termbase().concepts(header, own, nested=True)}
        )
        if count > best_count:
            best, best_count = at, count
    return best
