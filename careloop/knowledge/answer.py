"""What to show for a hit: copied from the source, never rewritten, nothing of another model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from careloop.knowledge.asked import Asked
from careloop.knowledge.hazard import Hazard
from careloop.knowledge.ingest.markdown import width
from careloop.knowledge.ingest.procedure import Procedure, Step
from careloop.knowledge.language.model_names import ModelNames, canonical_model
from careloop.knowledge.model_text import only_of
from careloop.knowledge.statements import ENOUGH, WEAK, best_statement, best_steps
from careloop.knowledge.table_text import rows_text, table_text
from careloop.knowledge.views import Hit, ShownFigure, ShownPassage

SECTION_WIDTH = 1400
"""A section up to this width (a Chinese character counts two) is shown whole."""
CONTEXT_WIDTH = 640
"""A passage up to this width is shown whole after the statement that holds the value."""

BlockKind = Literal["text", "row", "table", "steps", "hazard"]


@dataclass(frozen=True, slots=True)
class AnswerBlock:
    """A piece of an answer and where it comes from. `role` says who may act on it.

    `updated` is the day from which the document holds, else of its last change; `source` the
    passage that the text was copied from.
    """

    kind: BlockKind
    text: str
    document: str
    section: str
    page: int | None
    role: str
    figures: tuple[ShownFigure, ...] = ()
    updated: date | None = None
    source: ShownPassage | None = None
    procedure: Procedure | None = None
    """The steps of a block of steps, for the models asked about."""
    quoted: tuple[str, ...] = ()
    """The texts of the library that `text` was copied from."""


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom a passage is shown: `models` are those asked about, `names` all of the maker;
    `lang` is the language that headers are explained in, None when nothing needs explaining."""

    asked: Asked
    models: Sequence[str]
    names: ModelNames
    lang: str | None = None


def compose(
    asked: Asked,
    hit: Hit,
    shown: ShownPassage,
    models: Sequence[str],
    names: ModelNames,
    procedure: Procedure | None = None,
    section: Sequence[ShownPassage] = (),
    lang: str | None = None,
) -> list[AnswerBlock]:
    """The blocks that answer `asked` from a hit, `shown` in the language to show.

    A table row comes with its headers, the value asked for first, columns and rows of models
    other than `models` left out; where the question does not say which row it means, the rows
    that differ come with it. Steps come all, with their hazards; for a value those that hold it.
    Text comes with its whole `section` (see `Library.section_of`) when that is short; for a value
    the statement that holds it comes first. Every figure, unit and code is the source's own.
    """
    reader = Reader(asked, models, names, lang if shown.marked else None)
    beside = [replace(item, marked=shown.marked) for item in _for_models(section, models)]
    blocks = _blocks(reader, shown, procedure, beside)
    dated = hit.updated
    return [replace(block, updated=dated) for block in blocks if block.text]


def _blocks(
    reader: Reader, shown: ShownPassage, procedure: Procedure | None, section: list[ShownPassage]
) -> list[AnswerBlock]:
    if procedure is not None and shown.kind in ("procedure", "step_list"):
        return _steps(reader, shown, only_for(procedure, reader.models, reader.names))
    if shown.kind == "table_row":
        beside = [item for item in section if item.kind == "table_row" and _one_table(item, shown)]
        text, rows = rows_text(
            reader.asked, shown, beside, reader.models, reader.names, reader.lang
        )
        caption = str(shown.data.get("caption", ""))
        quoted = (*(item.text for item in rows), *([caption] if caption else []))
        return [replace(_block("row", text, rows[0]), quoted=quoted)]
    if shown.kind == "table":
        text = table_text(shown.data, reader.models, reader.names, reader.lang, shown.lang)
        return [_block("table", text, shown)]
    return _text(reader, shown, section)


def _one_table(item: ShownPassage, other: ShownPassage) -> bool:
    return all(item.data.get(key) == other.data.get(key) for key in ("headers", "caption"))


def _for_models(section: Sequence[ShownPassage], models: Sequence[str]) -> list[ShownPassage]:
    wanted = {canonical_model(name) for name in models}
    return [
        item
        for item in section
        if not (wanted and item.models and not wanted & {canonical_model(m) for m in item.models})
    ]


def only_for(procedure: Procedure, models: Sequence[str], names: ModelNames) -> Procedure:
    """The procedure without the clauses of its steps that are about other models; warnings stay
    whole."""
    if not models:
        return procedure

    def only(step: Step) -> Step:
        branches = tuple(
            replace(item, note=only_of(item.note, models, names)) for item in step.branches
        )
        return replace(step, text=only_of(step.text, models, names), branches=branches)

    return replace(procedure, steps=tuple(map(only, procedure.steps)))


def steps_text(procedure: Procedure) -> str:
    """All steps with their hazards directly before them."""
    lines = [hazard.note for hazard in procedure.hazards]
    for step in procedure.steps:
        lines += step_lines(step)
    return "\n".join(lines)


def step_lines(step: Step) -> list[str]:
    """One step: its hazards, its text, its branches."""
    lines = [hazard.note for hazard in step.hazards if hazard.note != step.text]
    lines.append(f"{step.number}. {step.text}")
    return lines + [f"   - {branch.answer}: {branch.note}" for branch in step.branches]


def _steps(reader: Reader, shown: ShownPassage, procedure: Procedure) -> list[AnswerBlock]:
    if reader.asked.value:
        steps = best_steps(reader.asked, procedure, shown.lang)
        if steps:
            notes = [hazard.note for hazard in procedure.hazards]
            text = "\n".join([*notes, *(line for step in steps for line in step_lines(step))])
            role = "engineer" if any(step.role == "engineer" for step in steps) else shown.role
            return [replace(_block("text", text, shown), role=role)]
    hazards: list[Hazard] = [*procedure.hazards, *(h for s in procedure.steps for h in s.hazards)]
    role = "engineer" if any(item.role == "engineer" for item in hazards) else shown.role
    block = _block("steps", steps_text(procedure), shown)
    return [replace(block, role=role, procedure=procedure)]


def _text(reader: Reader, shown: ShownPassage, section: list[ShownPassage]) -> list[AnswerBlock]:
    own = only_of(shown.text, reader.models, reader.names)
    if reader.asked.value:
        first = best_statement(reader.asked, own, shown.lang, shown.section)
        if (
            first is not None
            and first.score >= ENOUGH
            and reader.asked.surely(first.text, shown.lang)
        ):
            return [_block("text", first.before(own, CONTEXT_WIDTH), shown)]
        if first is not None and reader.asked.counted and first.score >= WEAK:
            section = [item for item in section if "procedure" not in item.data]
    whole = [item for item in section if item.kind != "table_row"]
    if not whole or sum(width(item.text) for item in whole) > SECTION_WIDTH:
        return [_block("text", own, shown)]
    return [_of_section(reader, item) for item in whole]


def _of_section(reader: Reader, item: ShownPassage) -> AnswerBlock:
    if item.kind == "table":
        text = table_text(item.data, reader.models, reader.names, reader.lang, item.lang)
        return _block("table", text, item)
    kind: BlockKind = "steps" if "procedure" in item.data else "text"
    return _block(kind, only_of(item.text, reader.models, reader.names), item)


def _block(kind: BlockKind, text: str, source: ShownPassage) -> AnswerBlock:
    return AnswerBlock(
        kind, text, source.document, source.section, source.page, source.role, source.figures,
        source=source, quoted=(source.text,),
    )  # fmt: skip
