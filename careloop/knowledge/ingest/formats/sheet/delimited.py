"""Delimited text: which sign parts the columns, whether there is a header, quoted line breaks."""

from __future__ import annotations

import csv
import io
import re

from careloop.knowledge.errors import UnreadableSource
from careloop.knowledge.ingest.formats.grid import MAX_CELLS, Cell, Row, cell_text, guess_header
from careloop.knowledge.ingest.source import SourceFile, decode
from careloop.knowledge.language.detect import detect

_DELIMITERS = ",;\t|，"
_LONGEST_FIELD = 1_000_000
_VALUE = re.compile(
    r"^[\s+\-−]*(?:\d[\d.,:/\s-]*\s*[%°]?\S{0,4}|true|false|n/?a|-)$", re.IGNORECASE
)
_CODE = re.compile(r"^(?=.*\d)[A-Z0-9][\w\-./#]{1,20}$")


def read_rows(source: SourceFile) -> tuple[list[Row], list[str]]:
    """Rows with a header in the first, and warnings; `UnreadableSource` for what is no text."""
    try:
        text, encoding = decode(source.content)
    except ValueError as error:
        raise UnreadableSource(f"{source.path}: {error}") from None
    warnings = [f"not UTF-8; read as {encoding}"] if encoding else []
    rows = parse(text)
    if not rows:
        return [], warnings
    size = max(map(len, rows))
    if sum(map(len, rows)) > MAX_CELLS or size * len(rows) > MAX_CELLS * 4:
        raise UnreadableSource(f"{source.path}: the table has too many cells; cut it into parts")
    grid = [
        [Cell(text) for text in row] + [Cell("") for _ in range(size - len(row))] for row in rows
    ]
    named = _has_header(grid)
    if not named:
        grid.insert(0, [Cell("", header=True) for _ in range(size)])
    word = "列" if detect(text[:4000]).code == "zh" else "Column "
    for number, cell in enumerate(grid[0], 1):
        used = any(row[number - 1].text for row in grid[1:])
        cell.text = cell.text or (f"{word}{number}" if used else "")
        cell.header = True
    return grid, warnings


def parse(text: str) -> list[list[str]]:
    """The records of delimited text; empty ones are dropped, cells are one line."""
    text = text.replace("\x00", "")
    declared = re.match(r"sep=(.)\r?\n", text)
    delimiter = declared[1] if declared else sniff(text)
    if declared:
        text = text[declared.end() :]
    records = _records(text, delimiter)
    rows = [[cell_text(cell.splitlines()) for cell in record] for record in records]
    return [row for row in rows if any(row)]


def _records(text: str, delimiter: str) -> list[list[str]]:
    csv.field_size_limit(_LONGEST_FIELD)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        # A quote that is never closed: every line is a record.
        return [line.split(delimiter) for line in text.splitlines()]


def sniff(text: str) -> str:
    """The delimiter that parts most records into the same number of columns, more than one."""
    sample = text[:60_000]
    if len(text) > len(sample) and "\n" in sample:
        sample = sample.rsplit("\n", 1)[0]
    best, mark = (0.0, 0), ","
    for delimiter in _DELIMITERS:
        sizes = [len(record) for record in _records(sample, delimiter) if any(record)][:400]
        if not sizes:
            continue
        usual = max(set(sizes), key=lambda size: (sizes.count(size), size))
        share = sizes.count(usual) / len(sizes)
        # A decimal comma parts every record alike, too; the true delimiter gives more even rows.
        if usual > 1 and (round(share, 1), usual if delimiter != "," else usual - 0.5) > best:
            best, mark = (round(share, 1), usual), delimiter
    return mark


def _has_header(rows: list[Row]) -> bool:
    if len(rows) < 2:
        return not any(_VALUE.match(cell.text) for cell in rows[0] if cell.text)
    first = [cell.text for cell in rows[0]]
    if any(_VALUE.match(text) for text in first if text):
        return False
    if guess_header(rows[:50]):
        # A first record like all others is data: codes above codes.
        codes = [n for n, text in enumerate(first) if _CODE.match(text)]
        return not any(
            sum(bool(_CODE.match(row[n].text)) for row in rows[1:50]) * 2 > len(rows[1:50])
            for n in codes
        )
    alike = [
        n for n, text in enumerate(first)
        if text and any(_VALUE.match(row[n].text) for row in rows[1:50])
    ]  # fmt: skip
    filled = [text for text in first if text]
    return bool(alike) or (len(set(filled)) == len(filled) and all(len(t) < 30 for t in filled))
