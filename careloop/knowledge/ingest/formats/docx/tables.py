"""Word tables as grids: spans by `gridSpan` and `vMerge`, header rows, tables in tables."""

from __future__ import annotations

import re
from typing import Any

from careloop.knowledge.ingest.formats.docx.names import child, local, number, switched_on, value
from careloop.knowledge.ingest.formats.docx.runs import read_runs
from careloop.knowledge.ingest.formats.grid import MAX_CELLS, Cell, Grid, Row, cell_text
from careloop.knowledge.ingest.formats.signal_words import read_signal

_MAX_COLUMNS = 200


class Text:
    """Reads the text of cells and keeps the pictures and footnotes found in them."""

    def __init__(self, notes: dict[tuple[str, str], str]) -> None:
        self._notes = notes
        self.pictures: list[tuple[str, str]] = []
        self.footnotes: list[str] = []
        self.bold = True

    def lines(self, cell: Any) -> list[str]:
        """The paragraphs of a cell; a table inside gives one line a row."""
        found: list[str] = []
        for node in cell:
            match local(node):
                case "p":
                    found += self._paragraph(node)
                case "tbl":
                    for row in (item for item in node if local(item) == "tr"):
                        cells = [cell_text(self.lines(c)) for c in _cells(row)]
                        found.append(" | ".join(text for text in cells if text))
                case "sdt":
                    content = child(node, "sdtContent")
                    found += self.lines(content) if content is not None else []
                case "ins" | "moveTo" | "customXml":
                    found += self.lines(node)
        return found

    def _paragraph(self, node: Any) -> list[str]:
        runs = read_runs(node)
        self.pictures += [(picture.relation, picture.alt) for picture in runs.pictures]
        for key in runs.notes:
            if self._notes.get(key):
                self.footnotes.append(f"[{key[1]}] {self._notes[key]}")
        if runs.text.strip() and not runs.all_bold:
            self.bold = False
        lines = [re.sub(r"\s+", " ", line).strip() for line in runs.text.split("\n")]
        for box in runs.boxes:
            lines += self.lines(box)
        return [line for line in lines if line]


def is_box(table: Any) -> bool:
    """Whether a table only frames text: one cell, or a sign or signal word beside one."""
    rows = [row for row in table if local(row) == "tr"]
    cells = [cell for row in rows for cell in _cells(row)]
    if len(cells) == 1:
        return True
    if len(cells) != 2:
        return False
    first, second = (cell_text(Text({}).lines(cell)) for cell in cells)
    joined = f"{first}\n{second}"
    signal = read_signal(joined, boxed=False)
    return (
        bool(second) and len(first) <= 16 and (signal is not None or (not first and len(rows) == 1))
    )


def read_grid(table: Any, text: Text, page: int | None) -> Grid:
    """The table; with `page`, that on which it begins, rows know their pages."""
    rows: list[Row] = []
    pages: dict[int, int] = {}
    header_rows, leading = 0, True
    for node in _rows(table):
        if page is not None:
            breaks = sum(local(item) == "lastRenderedPageBreak" for item in node.iter())
            if breaks:
                page += 1
                pages[len(rows)] = page
        row = _row(node, text, rows[-1] if rows else [])
        if sum(map(len, rows)) + len(row) > MAX_CELLS:
            break
        properties = child(node, "trPr")
        marked = properties is not None and switched_on(child(properties, "tblHeader"))
        leading = leading and marked
        header_rows += leading
        rows.append(row)
    size = max(map(len, rows), default=0)
    padded = [row + [Cell("") for _ in range(size - len(row))] for row in rows]
    return Grid(padded, header_rows or None, pages=pages)


def _rows(table: Any) -> list[Any]:
    found = []
    for node in table:
        match local(node):
            case "tr":
                properties = child(node, "trPr")
                if properties is None or child(properties, "del") is None:
                    found.append(node)
            case "sdt":
                content = child(node, "sdtContent")
                found += _rows(content) if content is not None else []
            case "ins" | "customXml":
                found += _rows(node)
    return found


def _cells(row: Any) -> list[Any]:
    found = []
    for node in row:
        match local(node):
            case "tc":
                found.append(node)
            case "sdt":
                content = child(node, "sdtContent")
                found += _cells(content) if content is not None else []
            case "customXml":
                found += _cells(node)
    return found


def _row(node: Any, text: Text, above: Row) -> Row:
    row: Row = []
    skipped = number(value(child(node, "trPr", "gridBefore"))) or 0
    row += [Cell("") for _ in range(min(skipped, _MAX_COLUMNS))]
    for item in _cells(node):
        properties = child(item, "tcPr")
        wide, merged = 1, None
        if properties is not None:
            wide = number(value(child(properties, "gridSpan"))) or 1
            merge = child(properties, "vMerge")
            merged = None if merge is None else value(merge) or "continue"
        if merged == "continue" and len(row) < len(above):
            cell = above[len(row)]
        else:
            text.bold = True
            lines = text.lines(item)
            cell = Cell(cell_text(lines), header=bool(lines) and text.bold)
        row += [cell] * min(max(wide, 1), _MAX_COLUMNS)
    return row
