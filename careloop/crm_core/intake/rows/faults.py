"""A row of the faults file."""

from __future__ import annotations

from careloop.crm_core.faults.models import SLOTS, Fault, FaultState
from careloop.crm_core.intake.books import Books
from careloop.crm_core.intake.errors import BadRow
from careloop.crm_core.intake.folding import fold_key
from careloop.crm_core.intake.ledger import UNCHANGED, Row
from careloop.crm_core.intake.reading import Record

_PLAIN = ("state", "models", "error_codes", "firmware", "note")


def take_fault(books: Books, record: Record) -> str:
    """Create or change a fault, known by its number; its words are matched to the termbase later.

    What was merged into another stays as it is.
    """
    number = record.must("number").upper()
    key = fold_key(number)
    ledger = books.ledger(Fault)
    stored = ledger.find(key)
    values = {name: record.get(name) for name in _PLAIN if name in record.values}
    for slot in SLOTS:
        values |= _slot(record, slot)
    if stored is not None and stored["state"] == FaultState.MERGED:
        ledger.claim(stored, record.place(), "number")
        return UNCHANGED
    if values.get("state") == FaultState.MERGED:
        raise BadRow("state", "is merged, but there is no such fault on file to have been merged")
    if stored is None:
        values |= {"number": number, "origin": "import"}
    if not _tells(values, stored):
        raise BadRow("component", "is empty, and so is the symptom; one of them must be told")
    if stored is None or any(stored[name] != value for name, value in values.items()):
        words = [str(values.get(f"{slot}_text") or "") for slot in SLOTS]
        values |= {"resolved": False, "search": "\n".join([number, *words]).casefold()}
    return ledger.put(key, values, record.place(), "number")[1]


def _slot(record: Record, slot: str) -> Row:
    """The slot's columns in our table, as far as the file has them."""
    names = {slot: f"{slot}_text", f"{slot}_concept": slot, f"{slot}_language": f"{slot}_lang"}
    return {ours: record.get(name) or "" for name, ours in names.items() if name in record.values}


def _tells(values: Row, stored: Row | None) -> bool:
    known = {**(stored or {}), **values}
    return any(known.get(name) for slot in SLOTS[:2] for name in (slot, f"{slot}_text"))
