"""A row of the staff file: an account with the password given for the whole import."""

from __future__ import annotations

from careloop.crm_core.accounts.models import User
from careloop.crm_core.accounts.passwords import hash_password
from careloop.crm_core.intake.books import Books
from careloop.crm_core.intake.ledger import CREATED, UNCHANGED
from careloop.crm_core.intake.reading import Record


class StaffTaker:
    """Makes accounts. One that exists is left alone: an import gives nobody another role."""

    def __init__(self, password: str) -> None:
        self._password = password

    def __call__(self, books: Books, record: Record) -> str:
        """Create the account of a new mail address."""
        email = record.must("email")
        ledger = books.ledger(User)
        found = ledger.find(email)
        if found is not None:
            ledger.claim(found, record.place(), "email")
            return UNCHANGED
        row = ledger.create(email, {
            "email": email, "name": record.must("name"), "role": record.must("role"),
            "language": record.get("language") or "en",
            "password_hash": hash_password(self._password), "active": True,
        })  # fmt: skip
        ledger.claim(row, record.place(), "email")
        return CREATED
