"""From a table to records: headers found, cells read, faults reported row by row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from careloop.crm_core.custom.schemas import FieldView
from careloop.crm_core.intake.errors import BadCell, BadRow
from careloop.crm_core.intake.folding import fold_name, in_brackets
from careloop.crm_core.intake.headers import FORMS, Column, Form
from careloop.crm_core.intake.mapping import ColumnMap
from careloop.crm_core.intake.matching import column_of_header
from careloop.crm_core.intake.own_fields import read_cell
from careloop.crm_core.intake.places import time_zone
from careloop.crm_core.intake.report import FileReport, ImportReport, Unread
from careloop.crm_core.intake.shapes import MOMENT
from careloop.crm_core.intake.tables import Cell, Home, Table, is_empty
from careloop.crm_core.intake.values import as_text

HEADER_SEARCH_ROWS = 10


@dataclass
class Record:
    """One row in our columns: `values` holds those that the file has, empty ones as nothing.

    `headers` maps our columns to the file's own headers; `own` holds the maker's own fields.
    """

    file: str
    row: int
    values: dict[str, Any]
    headers: dict[str, str]
    own: dict[str, Any] = field(default_factory=dict)

    def get(self, column: str) -> Any:
        return self.values.get(column)

    def must(self, column: str) -> Any:
        """A value the row cannot do without; `BadRow` if it is missing."""
        value = self.values.get(column)
        if value in (None, ""):
            raise BadRow(column, "is missing")
        return value

    def pick(self, *columns: str) -> dict[str, Any]:
        """Those of the columns that the file has, with their values."""
        return {name: self.values[name] for name in columns if name in self.values}

    def place(self) -> str:
        return f"row {self.row} of {self.file}"


@dataclass(frozen=True)
class _Layout:
    """Where each of our columns stands: position in the row, and the file's own header."""

    columns: tuple[tuple[Column, int, str, Home], ...]
    width: int
    header_row: int
    own: tuple[tuple[FieldView, int, str], ...] = ()

    @property
    def headers(self) -> dict[str, str]:
        return {column.name: header for column, _, header, _ in self.columns}


def records(
    table: Table, column_map: ColumnMap, home: Home, report: ImportReport, counts: FileReport,
    own: Mapping[str, FieldView] | None = None,
) -> Iterator[Record]:  # fmt: skip
    """The rows of a table that can be read; all others are reported and counted as rejected.

    `own` are the maker's own fields by folded header.
    """
    for fault in table.faults:
        report.add_error(table.file, fault.row, "", None, fault.reason)
        counts.rows += fault.rows
        counts.rejected += fault.rows
    form = FORMS[table.kind]
    layout = _layout(table, form, column_map, home, report, own or {})
    if layout is None:
        lost = max(len(table.rows) - 1, 0)
        counts.rows += lost
        counts.rejected += lost
        return
    headers = layout.headers
    for row, cells in table.rows:
        if row <= layout.header_row:
            continue
        values = _values(table.file, row, cells, layout, report)
        mine = _own_values(table.file, row, cells, layout, home, report)
        if values is None or mine is None:
            counts.count("rejected")
        else:
            yield Record(table.file, row, values, headers, mine)


def _layout(
    table: Table, form: Form, column_map: ColumnMap, home: Home, report: ImportReport,
    own: Mapping[str, FieldView],
) -> _Layout | None:  # fmt: skip
    """The first of the top rows that has all required columns, else the top row's faults."""
    mapped = column_map.of(table.file, table.kind)
    tops = table.rows[:HEADER_SEARCH_ROWS]
    for row, cells in tops:
        found = _assign(form, cells, mapped)
        if not _missing(form, found):
            return _accepted(table, row, cells, found, mapped, home, report, own)
    if tops:
        row, cells = tops[0]
        found = _assign(form, cells, mapped)
        _report_unread(table, cells, found, mapped, report, set())
        for column in _missing(form, found):
            reason = f"The column {column.name} is missing; the file is not read"
            report.add_error(table.file, row, column.name, None, reason)
    elif not table.faults:
        report.add_error(table.file, 0, "", None, "The file is empty")
    return None


def has_headers_of(form: Form, rows: Sequence[tuple[int, list[Cell]]]) -> bool:
    """Whether one of the top rows has all columns that the form cannot do without."""
    return any(not _missing(form, _assign(form, row, {})) for _, row in rows[:HEADER_SEARCH_ROWS])


def _assign(form: Form, cells: Sequence[Cell], mapped: dict[str, str]) -> dict[str, int]:
    """Our column to its position; of two headers for one column the surer wins."""
    best: dict[str, tuple[int, int]] = {}
    for position, cell in enumerate(cells):
        header = _header(cell)
        own = mapped.get(fold_name(header))
        match = (own, -1) if own is not None else column_of_header(form.kind, header)
        if not header or match is None or not match[0]:
            continue
        name, rank = match
        if name not in best or rank < best[name][0]:
            best[name] = (rank, position)
    return {name: position for name, (_, position) in best.items()}


def _header(cell: Cell) -> str:
    try:
        return " ".join(as_text(cell).split())[:200]
    except BadCell:
        return ""


def _missing(form: Form, found: dict[str, int]) -> list[Column]:
    return [column for column in form.columns if column.required and column.name not in found]


def _accepted(
    table: Table,
    row: int,
    cells: Sequence[Cell],
    found: dict[str, int],
    mapped: dict[str, str],
    home: Home,
    report: ImportReport,
    own: Mapping[str, FieldView],
) -> _Layout:
    mine = _own_columns(cells, found, mapped, own)
    _report_unread(table, cells, found, mapped, report, {position for _, position, _ in mine})
    form = FORMS[table.kind]
    columns = tuple(
        (column, found[column.name], header, _home_of(column, header, home))
        for column in form.columns
        if column.name in found
        for header in (_header(cells[found[column.name]]),)
    )
    return _Layout(columns, len(cells), row, mine)


def _own_columns(
    cells: Sequence[Cell], found: dict[str, int], mapped: dict[str, str],
    own: Mapping[str, FieldView],
) -> tuple[tuple[FieldView, int, str], ...]:  # fmt: skip
    """Columns that no form knows but the maker does; the first of several for one field."""
    taken: dict[str, tuple[FieldView, int, str]] = {}
    for position, cell in enumerate(cells):
        header = _header(cell)
        one = own.get(fold_name(header)) if header else None
        if one is None or position in found.values() or fold_name(header) in mapped:
            continue
        taken.setdefault(one.key, (one, position, header))
    return tuple(taken.values())


def _own_values(
    file: str, row: int, cells: Sequence[Cell], layout: _Layout, home: Home, report: ImportReport
) -> dict[str, Any] | None:
    """The own fields of one row, or None when a cell was reported."""
    good, values = True, dict[str, Any]()
    for one, position, header in layout.own:
        cell = _at(cells, position)
        try:
            values[one.key] = read_cell(one, cell, home)
        except BadCell as error:
            good = False
            report.add_error(file, row, header, cell, str(error))
    return values if good else None


def _home_of(column: Column, header: str, home: Home) -> Home:
    """The home of a column; that of a time may name its zone: `Created (Asia/Shanghai)`."""
    for remark in in_brackets(header) if column.shape is MOMENT else ():
        try:
            return replace(home, time_zone=time_zone(remark.strip()))
        except BadCell:
            continue
    return home


def _report_unread(
    table: Table,
    cells: Sequence[Cell],
    found: dict[str, int],
    mapped: dict[str, str],
    report: ImportReport,
    own: set[int],
) -> None:
    """List the columns that are not read, with the reason; `own` are read as own fields."""
    read = set(found.values()) | own
    for position, cell in enumerate(cells):
        header = _header(cell)
        if position in read or mapped.get(fold_name(header)) == "":
            continue
        match = column_of_header(table.kind, header)
        reason = "no column of this name is known"
        if not header:
            if all(is_empty(_at(row, position)) for _, row in table.rows):
                continue
            header, reason = f"({position + 1})", "the column has no header"
        elif match and match[0] in found:
            reason = f"{match[0]} is read from {_header(cells[found[match[0]]])!r}"
        report.unknown_columns.append(Unread(file=table.file, column=header, reason=reason))


def _values(
    file: str, row: int, cells: Sequence[Cell], layout: _Layout, report: ImportReport
) -> dict[str, Any] | None:
    """The values of one row, or None when a cell was reported."""
    good = True
    values: dict[str, Any] = {}
    for column, position, header, home in layout.columns:
        cell = _at(cells, position)
        try:
            value = column.shape.value(cell, home)
            if column.required and value in (None, ""):
                raise BadCell("is missing")
            values[column.name] = value
        except BadCell as error:
            good = False
            report.add_error(file, row, header, cell, str(error))
    extra = [cell for cell in cells[layout.width :] if not is_empty(cell)]
    if extra:
        report.add_error(file, row, "", extra[0], "stands beyond the last column of the header")
    return values if good and not extra else None


def _at(cells: Sequence[Cell], position: int) -> Cell:
    return cells[position] if position < len(cells) else None
