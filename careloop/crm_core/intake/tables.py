"""Files as read: cells and where they stand, before anything is known about their meaning."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

Cell = str | int | float | bool | datetime | date | time | timedelta | None

MAX_FILE_BYTES = 200_000_000
MAX_ROWS = 200_000
MAX_COLUMNS = 200


@dataclass(frozen=True)
class Fault:
    """A fault found while reading, and the rows it costs; `row` 0 is the file as a whole."""

    row: int
    reason: str
    rows: int = 1


@dataclass(frozen=True)
class Table:
    """One file: its rows that are not blank, each with its number in the file (first is 1)."""

    file: str
    kind: str
    encoding: str
    rows: list[tuple[int, list[Cell]]]
    faults: list[Fault] = field(default_factory=list)


@dataclass(frozen=True)
class Sources:
    """What a folder holds: tables of known kinds, and (name, reason) of every other file."""

    tables: list[Table]
    unknown_files: list[tuple[str, str]] = field(default_factory=list)

    def of(self, kind: str) -> list[Table]:
        """The tables of one kind, in order of file name."""
        return [table for table in self.tables if table.kind == kind]


@dataclass(frozen=True)
class Home:
    """What a file leaves unsaid.

    `time_zone` is that of times written without one; `country` (ISO 3166-1) is for phone numbers
    without `+` where the row has no country; `currency` (ISO 4217) is for prices without one.
    """

    time_zone: str = "UTC"
    country: str = ""
    currency: str = ""


def is_empty(cell: Cell) -> bool:
    """Whether nothing stands in the cell."""
    return cell is None or (isinstance(cell, str) and not cell.strip())
