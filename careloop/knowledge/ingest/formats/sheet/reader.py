"""Workbooks and delimited text to manuscripts: a section for each sheet, its tables one by one."""

from __future__ import annotations

import re

from careloop.knowledge.ingest.formats.docx.names import local
from careloop.knowledge.ingest.formats.draft import Draft
from careloop.knowledge.ingest.formats.grid import Grid, Row, guess_header, tables, units_row
from careloop.knowledge.ingest.formats.pictures import Pictures
from careloop.knowledge.ingest.formats.sheet.delimited import read_rows
from careloop.knowledge.ingest.formats.sheet.regions import (
    MAX_ROWS,
    WARN_ROWS,
    Region,
    find_regions,
)
from careloop.knowledge.ingest.formats.sheet.workbook import Sheet, Workbook, open_workbook
from careloop.knowledge.ingest.formats.typed_steps import find_typed_lists
from careloop.knowledge.ingest.manuscript import Manuscript
from careloop.knowledge.ingest.source import SourceFile

_DEFAULT_NAME = re.compile(
    r"^(?:sheet|工作表|tabelle|hoja|feuil|feuille|planilha|лист)\s*\d+$", re.I
)


def read(source: SourceFile) -> Manuscript:
    """A workbook. Hidden sheets, rows and columns are left out and named in the warnings."""
    book = open_workbook(source)
    draft, warnings = Draft(), list[str]()
    if book.hidden:
        warnings.append(f"hidden sheets left out: {', '.join(book.hidden)}")
    pictures = Pictures()
    for sheet in book.sheets:
        warnings += _warnings(sheet)
        if len(book.sheets) > 1 or not _DEFAULT_NAME.match(sheet.name):
            draft.heading(sheet.name, 2)
        _sheet(draft, sheet)
        _pictures(draft, book, sheet, pictures)
    draft.entries = find_typed_lists(draft.entries)
    return Manuscript(draft.markdown(), book.matter, figures=draft.figures, warnings=warnings)


def read_csv(source: SourceFile) -> Manuscript:
    """Delimited text: one table. Columns without a name are numbered."""
    rows, warnings = read_rows(source)
    draft = Draft()
    size = sum(map(len, rows))
    if len(rows) > WARN_ROWS:
        warnings.append(f"{len(rows)} rows: consider loading them as a catalogue, not as text")
    if size:
        _table(draft, Region(0, 0, rows), "")
    return Manuscript(draft.markdown(), warnings=warnings)


def _warnings(sheet: Sheet) -> list[str]:
    found = []
    if sheet.hidden_rows:
        found.append(f"{sheet.name}: {sheet.hidden_rows} hidden rows left out")
    if sheet.hidden_columns:
        found.append(f"{sheet.name}: {sheet.hidden_columns} hidden columns left out")
    if sheet.cut:
        found.append(f"{sheet.name}: too many cells; the end of the sheet is left out")
    if len(sheet.cells) > WARN_ROWS:
        found.append(f"{sheet.name}: {len(sheet.cells)} rows: consider loading them as a catalogue")
    return found


def _sheet(draft: Draft, sheet: Sheet) -> None:
    regions = find_regions(sheet)
    for place, region in enumerate(regions):
        if not region.lines:
            above = regions[place - 1] if place else None
            lone = above is not None and len(above.lines) == 1
            caption = draft.entries.pop().text if lone and draft.entries else ""
            _table(draft, region, caption)
        else:
            for line in region.lines:
                draft.add("paragraph", line)


def _table(draft: Draft, region: Region, caption: str) -> None:
    rows = region.rows
    top = guess_header(rows) if len(rows) <= MAX_ROWS else guess_header(rows[:200])
    if 0 < top < len(rows) - 1 and units_row(rows[top], rows[top - 1]):
        top += 1
    header: list[Row] = rows[:top]
    for start in range(top, max(len(rows), top + 1), MAX_ROWS):
        part = Grid([*header, *rows[start : start + MAX_ROWS]], top, caption)
        for title, table in tables(part):
            draft.add("paragraph", title)
            draft.add("table", table)


def _pictures(draft: Draft, book: Workbook, sheet: Sheet, pictures: Pictures) -> None:
    """The pictures that lie on a sheet, after its tables."""
    drawings = [
        part for kind, part in book.package.relations(sheet.part).values() if kind == "drawing"
    ]
    for drawing in drawings:
        relations = book.package.relations(drawing)
        root = book.package.xml(drawing)
        for frame in (
            (node for node in root.iter() if local(node) == "pic") if root is not None else ()
        ):
            alt = next(
                (node.get("descr") or "" for node in frame.iter() if local(node) == "cNvPr"), ""
            )
            keys = [
                value for node in frame.iter() if local(node) == "blip" for value in node.values()
            ]
            part = next((relations[key][1] for key in keys if key in relations), "")
            data = book.package.read(part) if part else None
            figure = pictures.figure(data, alt) if data else None
            if figure is not None:
                draft.figure(figure)
