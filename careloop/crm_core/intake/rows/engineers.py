"""A row of the engineers file."""

from __future__ import annotations

from careloop.crm_core.accounts.models import User
from careloop.crm_core.intake.books import Books
from careloop.crm_core.intake.folding import fold_key
from careloop.crm_core.intake.reading import Record
from careloop.crm_core.intake.rows.dialled import dialled
from careloop.crm_core.workforce.models import Engineer


def take_engineer(books: Books, record: Record) -> str:
    """Create or change an engineer, joined to the login that has the same mail address."""
    key = fold_key(record.must("code"))
    ledger = books.ledger(Engineer)
    stored = ledger.find(key)
    values = dict(record.values)
    if stored is not None:
        values.pop("code")
    if "phone" in values:
        values["phone"] = dialled(books, record, "phone", "")
    login = books.ledger(User).find(values.get("email") or "")
    if login is not None:
        values["user_id"] = login["id"]
    return ledger.put(key, values, record.place(), "code")[1]
