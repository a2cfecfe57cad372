"""Rows of the stock by lot and of the serial numbers in stock."""

from __future__ import annotations

from careloop.crm_core.intake.books import Books
from careloop.crm_core.intake.errors import BadRow
from careloop.crm_core.intake.folding import fold_key
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
from careloop.crm_core.inventory.models import StockLocation, StockLot, StockSerial


class LotTaker:
    """Takes rows of stock by lot: each counts one lot in one condition at one location."""

    def __init__(self) -> None:
        self._shelves = Shelves()

    def __call__(self, books: Books, record: Record) -> str:
        """Count a lot, note its last day of use, and make the location where it is new."""
        part = books.part(record)
        self._shelves.check(record)
        quantity = record.must("quantity")
        lot, condition = record.get("lot") or "", record.get("condition") or GOOD
        balances, values = balances_of(books), levels_of(record) | record.pick("bin")
        if (lot or condition != GOOD) and any(value is not None for value in levels_of(record)):
            values = _without_levels(values)
        location = self._shelves.find(books, record)
        key = (location["id"] if location else "", part["id"], lot, condition)
        stored = balances.find(key)
        check_levels(values, stored)
        _check_quantity(quantity, balances, stored)
        changed = _take_lot(books, record, part, lot)
        location, moved = self._shelves.put(books, record)
        key = (location["id"], *key[1:])
        balances.speak("stock_balances", key, record.place(), "part")
        outcome = CREATED
        if stored is not None:
            outcome = balances.change(stored, values)
            if moved == UPDATED or changed or quantity != stored["on_hand"]:
                outcome = UPDATED
        else:
            names = ("location_id", "part_id", "lot", "condition")
            balances.create(key, values | dict(zip(names, key, strict=True)))
        if condition == GOOD:
            balances.lots.add(key[:2])
        balances.counts.count(key, quantity)
        return outcome


class PieceTaker:
    """Takes serial numbers: each names a piece that lies somewhere; none is moved by it."""

    def __call__(self, books: Books, record: Record) -> str:
        """Name a piece; where fewer are counted there, it adds one."""
        part = books.part(record)
        serial = record.must("serial")
        lot, condition = record.get("lot") or "", record.get("condition") or GOOD
        location = books.ledger(StockLocation).find(fold_key(record.must("location")))
        if location is None:
            raise BadRow("location", "is no stock location on file or in this import")
        balances = balances_of(books)
        balances.speak("stock_serials", (part["id"], serial), record.place(), "serial")
        key = (location["id"], part["id"], lot, condition)
        known = books.ledger(StockSerial).find((part["id"], serial))
        if known is not None:
            _check_place(books, known, key)
            return UNCHANGED
        _check_room(balances, key)
        balances.counts.name(key, serial)
        return CREATED


def _without_levels(values: Row) -> Row:
    """A part has its levels on the row of good pieces without a lot alone."""
    filled = [name for name in ("minimum", "maximum") if values.get(name) is not None]
    if filled:
        column = "min" if filled[0] == "minimum" else "max"
        raise BadRow(column, "belongs to the row of good pieces without a lot")
    return {name: value for name, value in values.items() if name == "bin"}


def _check_quantity(quantity: int, balances: BalanceLedger, stored: Row | None) -> None:
    if stored is None:
        return
    if quantity < stored["reserved"]:
        raise BadRow("quantity", f"is below the {stored['reserved']} pieces that are reserved")
    key = (stored["location_id"], stored["part_id"], stored["lot"], stored["condition"])
    named = balances.counts.named[key]
    if quantity < named:
        raise BadRow("quantity", f"is below the {named} pieces known there by serial number")


def _take_lot(books: Books, record: Record, part: Row, lot: str) -> bool:
    """Note a lot and its last day of use; whether that is new. Another day is refused."""
    day = record.get("expires_on")
    if not lot:
        if day is not None:
            raise BadRow("expires_on", "needs a lot that it belongs to")
        return False
    ledger = books.ledger(StockLot)
    stored = ledger.find((part["id"], lot))
    if stored is None:
        ledger.create((part["id"], lot), {"part_id": part["id"], "lot": lot, "expires_on": day})
        return True
    if day is not None and stored["expires_on"] not in (None, day):
        raise BadRow("expires_on", f"differs from {stored['expires_on']}, which is on file")
    return day is not None and ledger.change(stored, {"expires_on": day}) == UPDATED


def _check_place(books: Books, known: Row, key: tuple[str, str, str, str]) -> None:
    """A piece that is on file must be where, and as, the row says."""
    if (known["location_id"], known["part_id"]) != key[:2]:
        rows = books.ledger(StockLocation).rows.values()
        codes = (row["code"] for row in rows if row["id"] == known["location_id"])
        place = next(codes, None) or known["account"]
        raise BadRow("serial", f"is in {place} by the books; an import moves no piece")
    for column, on_file, given in (
        ("lot", known["lot"], key[2]), ("condition", known["condition"], key[3]),
    ):  # fmt: skip
        if on_file != given:
            raise BadRow(column, f"differs from {on_file or 'no lot'!r}, which is on file")


def _check_room(balances: BalanceLedger, key: tuple[str, str, str, str]) -> None:
    counts, pair = balances.counts, (key[0], key[1])
    counted, named = counts.listed.get(key), counts.named[key]
    if counted is None and key[3] == GOOD:
        counted, named = counts.totals.get(pair), counts.named_good[pair]
    if counted is not None and named >= counted:
        raise BadRow("serial", f"is one more than the {counted} pieces counted there")
