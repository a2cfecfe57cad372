"""Why a cell or a row cannot be taken; caught per row, never seen by callers of the import."""

from __future__ import annotations


class BadCell(ValueError):
    """The text of one cell does not fit its column; the message completes "<value> ..."."""


class BadRow(ValueError):
    """A row that fits by itself does not fit the books; `column` is our name of the culprit."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(reason)
        self.column = column
        self.reason = reason
