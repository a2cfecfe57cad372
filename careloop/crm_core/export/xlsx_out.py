"""Workbooks: one sheet, typed cells, a frozen header, written row by row to a temporary file."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from careloop.crm_core.export.cells import neutral, xlsx_value

MAX_ROWS = 1_000_000
"""Rows without the header; a sheet ends at 1,048,576."""
CHUNK_BYTES = 65_536
_WIDTHS = {"text": 24, "moment": 20, "day": 12}


def xlsx_bytes(
    title: str, header: Sequence[str], kinds: Sequence[str], rows: Iterable[Sequence[Any]],
    zone: ZoneInfo,
) -> Iterator[bytes]:  # fmt: skip
    """A workbook in pieces. Rows go to disk as they come, so memory stays the same for a
    million of them."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    for at, kind in enumerate(kinds, start=1):
        sheet.column_dimensions[get_column_letter(at)].width = _WIDTHS.get(kind, 14)
    bold = Font(bold=True)
    sheet.append([_bold(sheet, name, bold) for name in header])
    for row in rows:
        sheet.append([_cell(sheet, xlsx_value(value, zone)) for value in row])
    with tempfile.TemporaryFile() as file:
        book.save(file)
        file.seek(0)
        while piece := file.read(CHUNK_BYTES):
            yield piece


def _bold(sheet: Any, text: str, font: Font) -> Any:
    cell = WriteOnlyCell(sheet, text)
    cell.font = font
    return cell


def _cell(sheet: Any, value: Any) -> Any:
    """A bare value where its type says all; a text that looks like a formula stays a text, also
    after somebody has edited the cell (`quotePrefix`)."""
    if value is None or value == "":
        return None
    if isinstance(value, datetime | date):
        cell: Any = WriteOnlyCell(sheet)
        cell.value = value
        cell.number_format = "yyyy-mm-dd hh:mm:ss" if isinstance(value, datetime) else "yyyy-mm-dd"
        return cell
    if not isinstance(value, str):
        return value if isinstance(value, int | float | Decimal) else str(value)
    if neutral(value) == value:
        return value
    cell = WriteOnlyCell(sheet, value)
    cell.data_type = "s"
    cell.quotePrefix = True
    return cell
