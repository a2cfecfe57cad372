"""Which ticket hangs under which, and which became a part of which, once all are read."""

from __future__ import annotations

from collections import Counter

from careloop.crm_core.intake.books import Books
from careloop.crm_core.intake.folding import fold_key
from careloop.crm_core.intake.ledger import Row
from careloop.crm_core.intake.reading import Record
from careloop.crm_core.tickets.models import Ticket, TicketState

_LINKS = (
    ("parent", "parent_id", "parent", "children_count"),
    ("merged_into", "merged_into_id", "merged_into", "merged_count"),
)  # fmt: skip


class Families:
    """Joins tickets by the numbers in their rows; a ticket may stand after the ones below it.

    What names no ticket, or would run in a circle, is left out and reported. A ticket that was
    merged into nothing is closed.
    """

    def __init__(self, books: Books) -> None:
        self._books = books
        self._noted: list[tuple[Record, Row]] = []
        self._ids: dict[str, Row] = {}

    def note(self, record: Record, row: Row) -> None:
        """Keep a row whose file says under what it hangs, or whose state says it was merged."""
        if record.values.keys() & {"parent", "merged_into"} or row["state"] == TicketState.MERGED:
            self._noted.append((record, row))

    def join(self) -> None:
        """Put the tickets below one another and count those below each."""
        if not self._noted:
            return
        ledger = self._books.ledger(Ticket)
        self._ids = {row["id"]: row for row in ledger.rows.values()}
        for column, id_column, name_column, count_column in _LINKS:
            touched = set()
            for record, row in self._noted:
                if column in record.values:
                    touched.add(row[id_column])
                    target = self._target(record, row, column, id_column)
                    ledger.change(row, {
                        id_column: target["id"] if target else None,
                        name_column: target["number"] if target else "",
                    })  # fmt: skip
                    touched.add(row[id_column])
            counts = Counter(row[id_column] for row in ledger.rows.values())
            for ticket_id in touched & self._ids.keys():
                ledger.change(self._ids[ticket_id], {count_column: counts[ticket_id]})
        for record, row in self._noted:
            self._check_merged(record, row)

    def depth(self, row: Row) -> int:
        """How many tickets stand above one, by either kind of link."""
        above = (self._ids.get(row[id_column]) for _, id_column, _, _ in _LINKS)
        return max((self.depth(other) + 1 for other in above if other is not None), default=0)

    def _target(self, record: Record, row: Row, column: str, id_column: str) -> Row | None:
        written = record.get(column)
        if not written:
            return None
        found = self._books.ledger(Ticket).find(fold_key(written))
        if found is None:
            reason = "is no ticket on file or in the tickets file; the ticket is loaded without it"
        elif self._below(found, row):
            reason, found = "runs in a circle; the ticket is loaded without it", None
        else:
            return found
        self._books.warn(record, column, written, reason)
        return None

    def _below(self, found: Row, row: Row) -> bool:
        """Whether `found` is the ticket itself or hangs below it, by either kind of link."""
        waiting, seen = [found], set[str]()
        while waiting:
            other = waiting.pop()
            if other["id"] == row["id"]:
                return True
            if other["id"] not in seen:
                seen.add(other["id"])
                above = (self._ids.get(other[id_column]) for _, id_column, _, _ in _LINKS)
                waiting += [one for one in above if one is not None]
        return False

    def _check_merged(self, record: Record, row: Row) -> None:
        """The state `merged` and the ticket merged into belong together."""
        ledger = self._books.ledger(Ticket)
        if row["state"] == TicketState.MERGED and not row["merged_into_id"]:
            reason = "names no ticket it was merged into; it is loaded as closed"
            self._books.warn(record, "state", TicketState.MERGED.value, reason)
            ledger.change(row, {"state": TicketState.CLOSED.value})
        elif row["merged_into_id"] and row["state"] != TicketState.MERGED:
            ledger.change(row, {"state": TicketState.MERGED.value})
