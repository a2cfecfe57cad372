"""Sheets of an .xlsx workbook, read as a stream and within limits."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from itertools import zip_longest
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from careloop.crm_core.intake.csv_file import too_many
from careloop.crm_core.intake.errors import BadCell
from careloop.crm_core.intake.tables import MAX_COLUMNS, MAX_ROWS, Cell, Fault, is_empty

MAX_UNPACKED_BYTES = 600_000_000
SHEET_ROWS = 1_048_576
_FORMULA = re.compile(rb"<f[ >/]")
_UNREADABLE = "is not a readable .xlsx workbook; save it again in Excel"
_BROKEN = (
    zipfile.BadZipFile, zlib.error, InvalidFileException, ParseError, KeyError, ValueError,
    TypeError, AttributeError, IndexError, EOFError, OSError, NotImplementedError, RuntimeError,
)  # fmt: skip


def sheet_names(data: bytes) -> list[str]:
    """The titles of the sheets with cells; `BadCell` for what is no workbook or is too large."""
    try:
        _check_archive(data)
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
        try:
            return [sheet.title for sheet in book.worksheets]
        finally:
            book.close()
    except _BROKEN as error:
        if isinstance(error, BadCell):
            raise
        raise BadCell(_UNREADABLE) from None


def read_xlsx(data: bytes, sheet: int = 0) -> tuple[list[tuple[int, list[Cell]]], list[Fault], str]:
    """Rows of a sheet (the first) with their numbers in it, faults, and `xlsx`.

    A formula gives its stored result; one that was never calculated gives its own text, so that
    it is reported where a number or date is wanted and never vanishes. Raises `BadCell` for what
    is no workbook or would unpack to more than `MAX_UNPACKED_BYTES`.
    """
    try:
        formulas = _check_archive(data)
        rows, faults = _rows(data, formulas, sheet)
    except _BROKEN as error:
        if isinstance(error, BadCell):
            raise
        # openpyxl answers damaged parts with any of these; for the user they are one thing.
        raise BadCell(_UNREADABLE) from None
    return rows, faults, "xlsx"


def _check_archive(data: bytes) -> bool:
    """Refuse a zip bomb by its declared sizes (zipfile never reads beyond them).

    Tells whether a sheet holds formulas.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        if sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
            raise BadCell(f"unpacks to more than {MAX_UNPACKED_BYTES // 1_000_000} MB")
        sheets = [part for part in parts if part.filename.startswith("xl/worksheets/")]
        return any(_holds_formula(archive, sheet) for sheet in sheets if not sheet.is_dir())


def _holds_formula(archive: zipfile.ZipFile, sheet: zipfile.ZipInfo) -> bool:
    tail = b""
    with archive.open(sheet) as stream:
        while block := stream.read(1 << 20):
            if _FORMULA.search(tail + block):
                return True
            tail = block[-2:]
    return False


def _rows(data: bytes, formulas: bool, at: int) -> tuple[list[tuple[int, list[Cell]]], list[Fault]]:
    rows: list[tuple[int, list[Cell]]] = []
    left_off = 0
    written = _cells(data, at, results=False) if formulas else None
    for number, cells in enumerate(_cells(data, at, results=True), start=1):
        if written is not None:
            cells = _with_formulas(cells, next(written, []))
        if all(is_empty(cell) for cell in cells):
            continue
        if len(rows) > MAX_ROWS:
            left_off += 1
        else:
            rows.append((number, cells))
    faults = [too_many(rows[-1][0] + 1, left_off)] if left_off else []
    return rows, faults


def _cells(data: bytes, at: int, results: bool) -> Iterator[list[Cell]]:
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=results)
    try:
        sheet: Any = book.worksheets[at]
        # Some programs write a wrong sheet size; without it the rows themselves tell.
        sheet.reset_dimensions()
        for cells in sheet.iter_rows(max_row=SHEET_ROWS, max_col=MAX_COLUMNS, values_only=True):
            filled = len(cells)
            while filled and cells[filled - 1] is None:
                filled -= 1
            yield list(cells[:filled])
    finally:
        book.close()


def _with_formulas(cells: list[Cell], written: list[Cell]) -> list[Cell]:
    """The results, and the text of each formula that has none."""
    return [
        formula if cell is None and isinstance(formula, str) else cell
        for cell, formula in zip_longest(cells, written)
    ]
