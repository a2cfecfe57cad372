"""What an import answers: counts per file, and every row, column and file it could not use."""

from __future__ import annotations

from pydantic import BaseModel, Field

MAX_ERRORS = 10_000
SHOWN_VALUE_CHARS = 200


class RowError(BaseModel):
    """One fault. `row` counts the file's first row as 1; 0 is the file as a whole."""

    file: str
    row: int
    column: str
    value: str
    reason: str


class FileReport(BaseModel):
    """Counts of one file: `rows` is the sum of the four others."""

    file: str
    kind: str
    encoding: str
    rows: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0

    def count(self, outcome: str) -> None:
        """Count one row as created, updated, unchanged or rejected."""
        self.rows += 1
        setattr(self, outcome, getattr(self, outcome) + 1)


class Unread(BaseModel):
    """A file, or a column of a file, that was left aside, and why."""

    file: str
    column: str = ""
    reason: str


class ImportReport(BaseModel):
    """The answer to an import; a dry run gives the same answer and writes nothing.

    A row in `errors` was not loaded. A row in `warnings` was loaded without the value named.
    At most `MAX_ERRORS` errors are listed; `errors_left_off` counts the others.
    """

    dry_run: bool
    files: list[FileReport] = Field(default_factory=list)
    errors: list[RowError] = Field(default_factory=list)
    errors_left_off: int = 0
    warnings: list[RowError] = Field(default_factory=list)
    unknown_files: list[Unread] = Field(default_factory=list)
    unknown_columns: list[Unread] = Field(default_factory=list)
    skipped_files: list[Unread] = Field(default_factory=list)

    def total(self, outcome: str) -> int:
        """Sum over all files of `rows`, `created`, `updated`, `unchanged` or `rejected`."""
        return sum(getattr(file, outcome) for file in self.files)

    def add_error(self, file: str, row: int, column: str, value: object, reason: str) -> None:
        """List an error, or count it where the list is full."""
        if len(self.errors) >= MAX_ERRORS:
            self.errors_left_off += 1
        else:
            self.errors.append(_line(file, row, column, value, reason))

    def add_warning(self, file: str, row: int, column: str, value: object, reason: str) -> None:
        """List a value that was left out of a row that was loaded."""
        if len(self.warnings) < MAX_ERRORS:
            self.warnings.append(_line(file, row, column, value, reason))


def _line(file: str, row: int, column: str, value: object, reason: str) -> RowError:
    shown = "" if value is None else str(value)[:SHOWN_VALUE_CHARS]
    return RowError(file=file, row=row, column=column, value=shown, reason=reason)
