"""A row of the stock file: how many good pieces of a part lie at a location, all lots together."""

from __future__ import annotations

from careloop.crm_core.intake.books import Books
from careloop.crm_core.intake.errors import BadRow
from careloop.crm_core.intake.ledger import CREATED, UNCHANGED, UPDATED, Row
from careloop.crm_core.intake.reading import Record
from careloop.crm_core.intake.rows.stock_ledger import (
    GOOD,
    BalanceLedger,
    Shelves,
    balances_of,
    check_levels,
    levels_of,
)  # fmt: skip
from careloop.crm_core.inventory.opening import Pair


class StockTaker:
    """Takes rows of stock."""

    def __init__(self) -> None:
        self._shelves = Shelves()

    def __call__(self, books: Books, record: Record) -> str:
        """Count a part at a location, set its levels, and make the location where it is new."""
        part = books.part(record)
        self._shelves.check(record)
        quantity, values = record.must("quantity"), levels_of(record)
        balances = balances_of(books)
        location = self._shelves.find(books, record)
        pair = (location["id"] if location else "", part["id"])
        stored = balances.find((*pair, "", GOOD))
        check_levels(values, stored)
        _check_quantity(quantity, balances, pair)
        location, moved = self._shelves.put(books, record)
        pair = (location["id"], part["id"])
        balances.speak("stock", pair, record.place(), "part")
        outcome = self._put(balances, pair, values, stored)
        if outcome == UNCHANGED and (moved == UPDATED or quantity != balances.held.get(pair, 0)):
            outcome = UPDATED
        balances.counts.totals[pair] = quantity
        return outcome

    def _put(self, balances: BalanceLedger, pair: Pair, values: Row, stored: Row | None) -> str:
        """Levels stand on the row of good pieces without a lot; where there are lots alone and
        nothing to say, no such row is made."""
        if stored is not None:
            return balances.change(stored, values)
        if pair in balances.lots and not any(level is not None for level in values.values()):
            return UNCHANGED
        ids = {"location_id": pair[0], "part_id": pair[1]}
        balances.create((*pair, "", GOOD), values | ids)
        balances.lots.add(pair)
        return CREATED


def _check_quantity(quantity: int, balances: BalanceLedger, pair: Pair) -> None:
    reserved = balances.reserved.get(pair, 0)
    if quantity < reserved:
        raise BadRow("quantity", f"is below the {reserved} pieces that are reserved")
    listed = balances.counts.listed_good[pair]
    if quantity < listed:
        raise BadRow("quantity", f"is below the {listed} pieces that are listed lot by lot")
    named = balances.counts.named_good[pair]
    if quantity < named:
        raise BadRow("quantity", f"is below the {named} pieces known there by serial number")
