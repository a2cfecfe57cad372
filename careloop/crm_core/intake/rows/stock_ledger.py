"""The balances of an import: what the rows say lies where, until it is posted.

A quantity is never written into a balance. Once all rows are read, the difference to the books is
posted as a count against adjustment, so that the ledger explains every piece.
"""

from __future__ import annotations

from collections.abc import Hashable

from sqlalchemy.orm import Session

from careloop.crm_core.intake.books import Books
from careloop.crm_core.intake.counting import Counts, count_stock
from careloop.crm_core.intake.errors import BadRow
from careloop.crm_core.intake.folding import fold_key
from careloop.crm_core.intake.ledger import UNCHANGED, UPDATED, Ledger, Row
from careloop.crm_core.intake.reading import Record
from careloop.crm_core.inventory.models import ACCOUNTS, StockBalance, StockLocation, StockSerial
from careloop.crm_core.inventory.opening import Pair
from careloop.crm_core.inventory.schemas import Condition

DEFAULT_LEVEL = "depot"
GOOD = Condition.GOOD.value


def balance_key(row: Row) -> Hashable:
    """Location, part, lot and condition of a balance."""
    return (row["location_id"], row["part_id"], row["lot"], row["condition"])


class BalanceLedger(Ledger):
    """Balances of an import: levels are written as rows, quantities as moves once rows stand."""

    def __init__(self, books: Books) -> None:
        tenant_id = books.actor.tenant_id
        super().__init__(books.session, tenant_id, StockBalance, balance_key, books.now)
        self._actor = books.actor
        self.counts = Counts()
        self.held: dict[Pair, int] = {}
        self.reserved: dict[Pair, int] = {}
        self.lots: set[Pair] = set()
        self._spoken: dict[tuple[str, Hashable], str] = {}
        for row in self.rows.values():
            pair = (row["location_id"], row["part_id"])
            if row["condition"] == GOOD:
                self.held[pair] = self.held.get(pair, 0) + row["on_hand"]
                self.reserved[pair] = self.reserved.get(pair, 0) + row["reserved"]
                self.lots.add(pair)
        for piece in books.ledger(StockSerial).rows.values():
            if piece["location_id"]:
                key = (piece["location_id"], piece["part_id"], piece["lot"], piece["condition"])
                self.counts.know(key)

    def speak(self, kind: str, key: Hashable, place: str, column: str) -> None:
        """Note which row of a kind of file counts this; the second to do so is a duplicate."""
        first = self._spoken.setdefault((kind, key), place)
        if first != place:
            raise BadRow(column, f"stands in {first} already")

    def write(self, session: Session) -> None:
        """Write levels, then post the differences."""
        super().write(session)
        count_stock(session, self._actor, self.counts)


def balances_of(books: Books) -> BalanceLedger:
    """The balances of an import, opened the first time."""
    return books.ledger_as(StockBalance, BalanceLedger, lambda: BalanceLedger(books))


class Shelves:
    """The locations that rows of stock name; a location has one level in all rows of an import."""

    def __init__(self) -> None:
        self._levels: dict[str, tuple[str, str]] = {}

    def check(self, record: Record) -> None:
        """Refuse accounts of the ledger, and a second level for the same location."""
        code, level = record.must("location"), record.get("level")
        if code.strip().lower() in ACCOUNTS:
            raise BadRow("location", "is the name of an account of the ledger, not of a location")
        if level:
            first, where = self._levels.setdefault(fold_key(code), (level, record.place()))
            if first != level:
                raise BadRow("level", f"differs from {first} in {where}")

    def find(self, books: Books, record: Record) -> Row | None:
        """The location that is on file."""
        return books.ledger(StockLocation).find(fold_key(record.must("location")))

    def put(self, books: Books, record: Record) -> tuple[Row, str]:
        """The location, made where it is new, with its level; and what happened to it."""
        ledger = books.ledger(StockLocation)
        code, level = record.must("location"), record.get("level")
        found = ledger.find(fold_key(code))
        if found is None:
            level = level or DEFAULT_LEVEL
            return ledger.create(fold_key(code), {"code": code, "level": level}), UPDATED
        return found, ledger.change(found, {"level": level}) if level else UNCHANGED


def levels_of(record: Record) -> Row:
    """Least and most of a part at a location, where the row says them."""
    values: Row = {}
    for ours, column in (("minimum", "min"), ("maximum", "max")):
        if column in record.values:
            values[ours] = record.get(column)
    return values


def check_levels(values: Row, stored: Row | None) -> None:
    """Refuse a most that is below the least."""
    low = values.get("minimum", stored and stored["minimum"])
    high = values.get("maximum", stored and stored["maximum"])
    if low is not None and high is not None and high < low:
        raise BadRow("max", f"is below the minimum, {low}")
