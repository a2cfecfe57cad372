"""Markdown to pieces: sections, table rows with their headers, procedures in one piece."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Literal

from careloop.knowledge.hazard import Hazard, classify, is_hazard_note, needs_engineer, read_hazard
from careloop.knowledge.hazard import summary as hazard_summary
from careloop.knowledge.ingest.blocks import Block, figures_in, parse_blocks, plain
from careloop.knowledge.ingest.procedure import read_procedure

PieceKind = Literal["text", "table_row", "table", "procedure", "step_list", "figure"]

MAX_WIDTH = 1300
"""Longest text piece, in half-width columns; a Chinese character counts two."""

_QUESTION = re.compile(
    r"^\W*(?:q|问|問|question|frage|pregunta|вопрос)\s*\d*\s*[:：.、]", re.IGNORECASE
)


@dataclass(slots=True)
class Piece:
    """What becomes a passage. `context` is searched like the section but not shown; `page` is
    where it begins; `figures` name the pictures that are shown with it."""

    kind: PieceKind
    section: str
    section_ordinal: int
    text: str
    context: str = ""
    hazard: dict[str, Any] | None = None
    data: dict[str, Any] = field(default_factory=dict)
    page: int | None = None
    figures: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Article:
    """The pieces of one Markdown body and the title of its first heading of level 1."""

    title: str
    pieces: list[Piece]
    warnings: list[str]


def width(text: str) -> int:
    """Columns of a text: wide characters count two."""
    return len(text) + sum(ord(letter) > 0x2E7F for letter in text)


def read_markdown(body: str, title: str, doc_type: str) -> Article:
    """Cut a body into pieces. The order is that of the source; no text is lost or doubled,
    except that a table stands both whole and as one piece for each row."""
    blocks = parse_blocks(body)
    heading = next(
        (block.text for block in blocks if block.kind == "heading" and block.level == 1), ""
    )
    cutter = _Cutter(title or heading, doc_type)
    for block in blocks:
        cutter.take(block)
    cutter.finish()
    return Article(heading, cutter.pieces, cutter.warnings)


class _Cutter:
    """Walks the blocks once and keeps what belongs together in one piece."""

    def __init__(self, title: str, doc_type: str) -> None:
        self.title, self.doc_type = title, doc_type
        self.pieces: list[Piece] = []
        self.warnings: list[str] = []
        self._path: list[tuple[int, str]] = []
        self._section_ordinal = 0
        self._buffer: list[str] = []
        self._figures: list[str] = []
        self._page: int | None = None
        self._hazards: list[Hazard] = []
        self._lists: list[tuple[Block, list[Hazard]]] = []
        self._between: list[str] = []

    @property
    def _section(self) -> str:
        return " > ".join(text for _, text in self._path)

    def take(self, block: Block) -> None:
        if not (self._buffer or self._lists or self._hazards):
            self._page = block.page
        if block.kind == "heading":
            self._heading(block)
            self._page = block.page
        elif block.kind == "figure":
            self._figure(block)
        elif block.kind == "quote":
            self._quote(block)
        elif block.kind == "ordered" and (len(block.items) > 1 or self._continues(block)):
            self._ordered(block)
        elif block.kind == "table":
            self._flush_procedure()
            self._table(block)
        elif block.kind == "bullets" and _splits(block):
            self._flush_procedure()
            self._flush_text()
            for item in block.items:
                self._page = item[0].page if item else block.page
                self._buffer = ["\n".join(plain(child) for child in item)]
                self._figures += figures_in(item)
                self._flush_text()
        else:
            self._text(block)

    def finish(self) -> None:
        self._flush_procedure()
        self._flush_text()

    def _heading(self, block: Block) -> None:
        self.finish()
        while self._path and self._path[-1][0] >= block.level:
            self._path.pop()
        if not (block.level == 1 and not self.pieces) and block.text:
            self._path.append((block.level, block.text))
        self._section_ordinal += 1

    def _quote(self, block: Block) -> None:
        if is_hazard_note(block.text) or needs_engineer(block.text):
            # It binds what follows: text before it is complete.
            if not self._lists:
                self._flush_text()
            self._hazards.append(classify(block.text))
        else:
            self._text(Block("paragraph", block.text, page=block.page, figures=block.figures))

    def _continues(self, block: Block) -> bool:
        if not self._lists:
            return False
        last = self._lists[-1][0]
        return block.start == last.start + len(last.items)

    def _ordered(self, block: Block) -> None:
        if self._lists and not self._continues(block):
            self._flush_procedure()
        if not self._lists and self._buffer and not _is_lead(self._buffer[-1]):
            self._flush_text()
        if self._lists and self._between:
            # A paragraph between two numbered parts belongs to the step before it.
            last = self._lists[-1][0]
            last.items[-1].extend(Block("paragraph", text) for text in self._between)
            self._between = []
        if not self._lists and not self._buffer and not self._hazards:
            self._page = block.page
        self._lists.append((block, self._hazards))
        self._hazards = []

    def _figure(self, block: Block) -> None:
        """A picture is a piece of its own, found by its caption and the text beside it, and is
        shown with the text or the steps before it."""
        self._figures += block.figures
        beside = self._buffer[-1] if self._buffer else ""
        if block.text:
            self.pieces.append(
                Piece(
                    "figure", self._section, self._section_ordinal, block.text,
                    "" if width(beside) > MAX_WIDTH // 2 else beside,
                    page=block.page, figures=list(block.figures),
                )
            )  # fmt: skip

    def _text(self, block: Block) -> None:
        text = plain(block)
        self._figures += figures_in([block])
        if self._lists:
            self._between.append(text)
            return
        if _QUESTION.match(text) or (
            self._buffer and width("\n".join(self._buffer)) + width(text) > MAX_WIDTH
        ):
            self._flush_text()
        for part in _long_parts(text):
            if self._buffer and width("\n".join(self._buffer)) + width(part) > MAX_WIDTH:
                self._flush_text()
            if not self._buffer and not self._hazards:
                self._page = block.page
            self._buffer.append(part)

    def _flush_text(self) -> None:
        lines = [hazard.note for hazard in self._hazards] + self._buffer
        if not lines:
            return
        text = "\n".join(lines)
        hazards = list(self._hazards) or [h for h in [read_hazard(text)] if h]
        self._add("text", text, hazard=hazard_summary(hazards))
        self._hazards, self._buffer = [], []

    def _flush_procedure(self) -> None:
        if not self._lists:
            return
        after, self._between = self._between, []
        procedure = read_procedure(self._path[-1][1] if self._path else self.title, self._lists)
        self.warnings += [f"{self._section or self.title}: {p}" for p in procedure.problems]
        hazards = [*procedure.hazards, *(h for step in procedure.steps for h in step.hazards)]
        steps = (
            self.doc_type in ("procedure", "troubleshooting", "") or hazards or procedure.branching
        )
        lines = [*self._buffer, *(hazard.note for hazard in procedure.hazards)]
        for block, before in self._lists:
            if lines and block is not self._lists[0][0]:
                lines += [hazard.note for hazard in before]
            lines.append(plain(block))
        trailing = self._hazards
        self._figures += figures_in(block for block, _ in self._lists)
        self._buffer, self._lists, self._hazards = [], [], []
        self._add(
            "procedure" if steps else "step_list", "\n".join(lines),
            hazard=hazard_summary(hazards), data={"procedure": procedure.as_dict()},
        )  # fmt: skip
        self._hazards = trailing
        self._buffer = after

    def _table(self, block: Block) -> None:
        caption = ""
        if self._buffer and width(self._buffer[-1]) <= 160 and "\n" not in self._buffer[-1]:
            caption = self._buffer.pop()
        self._flush_text()
        self._page = block.page
        rows = [_fit(row, len(block.headers)) for row in block.rows]
        whole = "\n".join(_row_text(block.headers, row) for row in rows)
        self._add(
            "table", f"{caption}\n{whole}".strip(),
            hazard=hazard_summary([h for h in [read_hazard(caption + "\n" + whole)] if h]),
            data={"caption": caption, "headers": block.headers, "rows": rows},
        )  # fmt: skip
        for row, page in zip(rows, block.row_pages, strict=True):
            text = _row_text(block.headers, row)
            self._page = page
            if text:
                hazards = [h for h in [read_hazard(text)] if h]
                self._add(
                    "table_row", text, context=caption, hazard=hazard_summary(hazards),
                    data={"caption": caption, "headers": block.headers, "cells": row},
                )  # fmt: skip

    def _add(
        self, kind: PieceKind, text: str, context: str = "",
        hazard: dict[str, Any] | None = None, data: dict[str, Any] | None = None,
    ) -> None:  # fmt: skip
        if text.strip():
            shown = list(dict.fromkeys(self._figures))
            self._figures = []
            self.pieces.append(
                Piece(
                    kind, self._section, self._section_ordinal, text.strip(), context, hazard,
                    data or {}, self._page, shown,
                )
            )  # fmt: skip


def _row_text(headers: list[str], cells: list[str]) -> str:
    parts = [
        f"{header}: {cell}" if header else cell
        for header, cell in zip(headers, cells, strict=True)
        if cell.strip()
    ]
    return "; ".join(parts)


def _fit(cells: list[str], size: int) -> list[str]:
    return (cells + [""] * size)[:size]


def _is_lead(text: str) -> bool:
    return width(text) <= 200 and text.rstrip().endswith((":", "："))


def _splits(block: Block) -> bool:
    """Whether each bullet stands for itself: bold questions, or a list too long for one piece."""
    leads = [item[0].strong_lead for item in block.items if item]
    long_enough = all(width(plain(item[0])) >= 40 for item in block.items if item)
    return len(leads) > 1 and ((all(leads) and long_enough) or width(plain(block)) > MAX_WIDTH)


def _long_parts(text: str) -> list[str]:
    """A text longer than a piece, cut at sentence ends."""
    if width(text) <= MAX_WIDTH:
        return [text]
    parts, current = [], ""
    for sentence in re.split(r"(?<=[。！？!?])|(?<=[.;；])\s|\n", text):
        if current and width(current) + width(sentence) > MAX_WIDTH:
            parts.append(current.strip())
            current = ""
        current += sentence if not current or ord(current[-1]) > 0x2E7F else " " + sentence
    return [*parts, current.strip()] if current.strip() else parts
