"""A row of the locations file."""

from __future__ import annotations

from careloop.crm_core.intake.books import Books
from careloop.crm_core.intake.errors import BadRow
from careloop.crm_core.intake.folding import fold_key
from careloop.crm_core.intake.reading import Record
from careloop.crm_core.intake.rows.stock_ledger import DEFAULT_LEVEL
from careloop.crm_core.inventory.models import ACCOUNTS, StockLocation


def take_location(books: Books, record: Record) -> str:
    """Create or change a stock location, known by its code."""
    code = record.must("code")
    key = fold_key(code)
    if key in ACCOUNTS:
        raise BadRow("code", "is the name of an account of the ledger, not of a location")
    ledger = books.ledger(StockLocation)
    values = record.pick("name", "engineer", "active")
    if record.get("level"):
        values["level"] = record.get("level")
    if "parent" in record.values:
        values["parent_code"] = _parent(books, record, key)
    if ledger.find(key) is None:
        values = {"code": code, "level": DEFAULT_LEVEL, **values}
    return ledger.put(key, values, record.place(), "code")[1]


def _parent(books: Books, record: Record, key: str) -> str:
    """The parent's code as it is on file; it may come later in the same file."""
    written: str = record.get("parent") or ""
    if not written:
        return ""
    if fold_key(written) == key:
        raise BadRow("parent", "is the location itself")
    found = books.ledger(StockLocation).find(fold_key(written))
    return str(found["code"]) if found else written
