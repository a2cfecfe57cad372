"""A row of the contracts file."""

from __future__ import annotations

from careloop.crm_core.contracts.models import ServiceContract
from careloop.crm_core.intake.books import Books
from careloop.crm_core.intake.errors import BadRow
from careloop.crm_core.intake.folding import fold_key
from careloop.crm_core.intake.reading import Record


def take_contract(books: Books, record: Record) -> str:
    """Create or change a service contract; it may not end before it starts."""
    key = fold_key(record.must("number"))
    record.must("customer")
    customer = books.customer(record)
    assert customer is not None
    values = {name: value for name, value in record.values.items() if name != "customer"}
    values["customer_id"] = customer["id"]
    ledger = books.ledger(ServiceContract)
    stored = ledger.find(key)
    if stored is not None:
        values.pop("number")
    starts = values.get("starts_on", stored and stored["starts_on"])
    ends = values.get("ends_on", stored and stored["ends_on"])
    if starts and ends and ends < starts:
        raise BadRow("ends_on", f"is before the start, {starts}")
    return ledger.put(key, values, record.place(), "number")[1]
