"""A row of the contacts file, and how contacts are recognised."""

from __future__ import annotations

from collections import defaultdict

from careloop.crm_core.customers.models import ChannelIdentity, Contact
from careloop.crm_core.intake.books import Books
from careloop.crm_core.intake.errors import BadRow
from careloop.crm_core.intake.folding import fold_key
from careloop.crm_core.intake.ledger import CREATED, UNCHANGED, UPDATED, Row
from careloop.crm_core.intake.own_fields import merged
from careloop.crm_core.intake.reading import Record
from careloop.crm_core.intake.rows.dialled import dialled
from careloop.kit.ids import new_id

_Key = tuple[str, str, str]


class ContactIndex:
    """Contacts of customers by mail address, phone number and name."""

    def __init__(self, books: Books) -> None:
        self._found: dict[_Key, dict[str, Row]] = defaultdict(dict)
        self._mails: dict[str, dict[str, Row]] = defaultdict(dict)
        for row in books.ledger(Contact).rows.values():
            if row["customer_id"]:
                self.add(row)

    def add(self, row: Row) -> None:
        """Let a contact be found by what it holds now; finding it twice does no harm."""
        for kind in ("email", "phone", "name"):
            value = _folded(kind, row[kind])
            if value:
                self._found[row["customer_id"], kind, value][row["id"]] = row
        if row["email"]:
            self._mails[fold_key(row["email"])][row["id"]] = row

    def same_person(self, customer_id: str, email: str, phone: str, name: str) -> Row | None:
        """The contact a row speaks of: by mail address, else phone number, else name.

        A phone number shared by people of different names, where one of the two has a mail
        address, does not make them one; a name alone does only where the other side has neither.
        """
        for row in self._of(customer_id, "email", email):
            return row
        for row in self._of(customer_id, "phone", phone):
            alike = fold_key(row["name"]) == fold_key(name) or not (row["name"] and name)
            if (not row["email"] and not email) or (alike and not (row["email"] and email)):
                return row
        for row in self._of(customer_id, "name", name):
            if not (row["email"] or row["phone"]) or not (email or phone):
                return row
        return None

    def named(self, customer_id: str | None, written: str) -> Row | None:
        """The contact a ticket names by mail address, E.164 number or name."""
        for kind in ("email", "phone", "name"):
            for row in self._of(customer_id, kind, written):
                return row
        everywhere = list(self._mails.get(fold_key(written), {}).values())
        return everywhere[0] if len(everywhere) == 1 else None

    def _of(self, customer_id: str | None, kind: str, written: str) -> list[Row]:
        value = _folded(kind, written)
        found = self._found.get((customer_id or "", kind, value), {}) if value else {}
        # A contact changed by this import may still be filed under what it held before.
        return [row for row in found.values() if _folded(kind, row[kind]) == value]


def _folded(kind: str, value: str) -> str:
    return value if kind == "phone" else fold_key(value)


class ContactTaker:
    """Takes rows of contacts; keeps the index that recognises them."""

    def __init__(self, books: Books) -> None:
        self._books = books
        self._index = ContactIndex(books)

    def __call__(self, books: Books, record: Record) -> str:
        """Create or change a contact, and link it to its identities on channels."""
        record.must("customer")
        customer = books.customer(record)
        assert customer is not None
        values = record.pick("name", "email", "language", "role")
        if "phone" in record.values:
            values["phone"] = dialled(books, record, "phone", customer["country"])
        whatsapp = dialled(books, record, "whatsapp", customer["country"]).lstrip("+")
        known = [values.get(kind, "") for kind in ("email", "phone", "name")]
        if not any(known):
            raise BadRow("name", "is missing; a contact needs an e-mail, a phone or a name")
        row, outcome = self._put(record, customer["id"], values, *known)
        linked = [
            self._link(record, row, channel, external)
            for channel, external in (("wechat", record.get("wechat")), ("whatsapp", whatsapp))
        ]
        return UPDATED if outcome == UNCHANGED and any(linked) else outcome

    def _put(
        self, record: Record, customer_id: str, values: Row, email: str, phone: str, name: str
    ) -> tuple[Row, str]:
        ledger = self._books.ledger(Contact)
        column = "email" if email else "phone" if phone else "name"
        row = self._index.same_person(customer_id, email, phone, name)
        values = values | merged(record.own, row)
        if row is not None:
            ledger.claim(row, record.place(), column)
            outcome = ledger.change(row, values)
        else:
            row_id = new_id()
            row = ledger.create(row_id, {"id": row_id, "customer_id": customer_id, **values})
            ledger.claim(row, record.place(), column)
            outcome = CREATED
        if outcome != UNCHANGED:
            self._index.add(row)
        return row, outcome

    def _link(self, record: Record, contact: Row, channel: str, external_id: str | None) -> bool:
        """Make the identity known; one that is another contact's stays theirs and is reported."""
        if not external_id:
            return False
        ledger = self._books.ledger(ChannelIdentity)
        key = (channel, "default", external_id)
        found = ledger.find(key)
        if found is None:
            ledger.create(key, {
                "contact_id": contact["id"], "channel": channel, "account": "default",
                "external_id": external_id,
            })  # fmt: skip
            return True
        if found["contact_id"] != contact["id"]:
            reason = "belongs to another contact and is not linked to this one"
            self._books.warn(record, channel, external_id, reason)
        return False
