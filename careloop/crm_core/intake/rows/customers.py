"""A row of the customers file."""

from __future__ import annotations

from careloop.crm_core.customers.models import Customer
from careloop.crm_core.intake.books import Books
from careloop.crm_core.intake.folding import fold_key
from careloop.crm_core.intake.own_fields import merged
from careloop.crm_core.intake.reading import Record


def take_customer(books: Books, record: Record) -> str:
    """Create or change a customer, known by its number."""
    key = fold_key(record.must("number"))
    ledger = books.ledger(Customer)
    values = {**record.values, **merged(record.own, ledger.find(key))}
    if ledger.find(key):
        # The number stays as first written; `c-1` and `C-1` are one customer.
        values.pop("number")
    return ledger.put(key, values, record.place(), "number")[1]
