"""The tables on a sheet: blocks of cells set apart by blank rows and columns."""

from __future__ import annotations

from dataclasses import dataclass, field

from careloop.knowledge.ingest.formats.grid import Cell, Grid, Row, cell_text
from careloop.knowledge.ingest.formats.sheet.workbook import Sheet

MAX_ROWS = 5_000
"""Rows of one table; a longer one goes on in a further table under the same header."""

WARN_ROWS = 50_000
_MERGE_LIMIT = 20_000


@dataclass(slots=True)
class Region:
    """A block of cells: a table, or lines of text when it is one column wide."""

    row: int
    column: int
    rows: list[Row]
    lines: list[str] = field(default_factory=list)

    def grid(self) -> Grid:
        return Grid(self.rows)


def find_regions(sheet: Sheet) -> list[Region]:
    """The blocks of a sheet from top to bottom, then from left to right."""
    cells = _expanded(sheet)
    regions: list[Region] = []
    for band in _runs(sorted(cells)):
        columns = sorted({column for number in band for column in cells[number]})
        for span in _runs(columns):
            first, last = span[0], span[-1]
            numbers = [
                number for number in band
                if any(first <= column <= last for column in cells[number])
            ]  # fmt: skip
            regions += [_region(cells, rows, first, last) for rows in _runs(numbers)]
    return _titled(sorted(regions, key=lambda region: (region.row, region.column)))


def _runs(numbers: list[int]) -> list[list[int]]:
    """Numbers that follow one another, in groups."""
    groups: list[list[int]] = []
    for number in numbers:
        if groups and number == groups[-1][-1] + 1:
            groups[-1].append(number)
        else:
            groups.append([number])
    return groups


def _expanded(sheet: Sheet) -> dict[int, dict[int, Cell]]:
    cells = {
        number: {
            column: Cell(cell_text(text.splitlines()), (number, column) in sheet.bold)
            for column, text in row.items()
        }
        for number, row in sheet.cells.items()
    }
    for top, left, bottom, right in sheet.merged:
        cell = cells.get(top, {}).get(left)
        if cell is None or (bottom - top + 1) * (right - left + 1) > _MERGE_LIMIT:
            continue
        for number in range(top, bottom + 1):
            for column in range(left, right + 1):
                if number in cells or number <= bottom:
                    cells.setdefault(number, {})[column] = cell
    return cells


def _region(cells: dict[int, dict[int, Cell]], numbers: list[int], first: int, last: int) -> Region:
    rows = [
        [cells[number].get(column) or Cell("") for column in range(first, last + 1)]
        for number in numbers
    ]
    region = Region(numbers[0], first, rows)
    words = [list({id(cell): cell for cell in row if cell.text}.values()) for row in rows]
    if all(len(row) == 1 for row in words) and not (
        len(rows) > 2 and first == last and _listed(rows)
    ):
        region.lines = [row[0].text for row in words]
    return region


def _listed(rows: list[Row]) -> bool:
    """Whether one column of cells is a list under a header rather than running text."""
    return rows[0][0].header and not rows[1][0].header


def _titled(regions: list[Region]) -> list[Region]:
    """A lone line above the header inside a block is a title: take it out as a line of text."""
    found: list[Region] = []
    for region in regions:
        while not region.lines and len(region.rows) > 2 and len(region.rows[0]) > 1:
            words = list({id(cell): cell for cell in region.rows[0] if cell.text}.values())
            below = list({id(cell): cell for cell in region.rows[1] if cell.text}.values())
            if len(words) != 1 or len(below) < 2 or not region.rows[0][0].text:
                break
            found.append(Region(region.row, region.column, [], [words[0].text]))
            region = Region(region.row + 1, region.column, region.rows[1:])
        found.append(region)
    return found
